constant int known = 3;

template <typename T>
T unused(T x) {
    int sum = known;
    for (int i = 0; i < 3; i++) {
        sum += i + missing;  // error: use of undeclared identifier 'missing'
    }
    auto twice = [&](int y) { return 2 * y + x; };
    return T(twice(sum) + later(x) + N);  // error: use of undeclared identifier 'N'
}

template <int N>
int counted(thread int (&cells)[N]) {
    enum { FIRST };
    return cells[FIRST] + N + x;  // error: use of undeclared identifier 'x'
}

kernel void k(device int* out [[buffer(0)]]) {
    out[0] = 1;
}
