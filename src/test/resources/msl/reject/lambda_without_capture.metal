// version: 3.2
kernel void k(device int* out) {
    int local = 1;
    const int constant_local = 2;
    auto none = [](int x) { return x + constant_local; };
    auto all = [=](int x) { return x + local; };
    auto bad = [](int x) { return x + local; };  // error at 39: variable 'local' is used in a lambda expression that does not capture it
    out[0] = none(1) + all(1);
}
