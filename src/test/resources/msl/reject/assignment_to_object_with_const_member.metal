struct Fixed {
    const int value;
};
struct Referring {
    thread int& value;
};
struct Holder {
    Fixed inner;
};
kernel void k(device int* out) {
    int x = 1;
    Fixed a = {1}, b = {2};
    a = b;  // error at 7: its copy assignment operator is implicitly deleted: member 'value' is const
    Referring c = {x}, d = {x};
    c = d;  // error at 7: its copy assignment operator is implicitly deleted: member 'value' is a reference
    Holder e = {{1}}, f = {{2}};
    e = f;  // error at 7: object of type 'Holder' cannot be assigned
    out[0] = a.value;
}
