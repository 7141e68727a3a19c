// version: 2.3
int odd(int x);
int even(int x) {
    return x ? odd(x - 1) : 1;  // error: recursive call of 'odd'
}
int odd(int x) {
    return x ? even(x - 1) : 0;
}
kernel void k(device int* out [[buffer(0)]]) {
    out[0] = even(4);
}
