class Counter {
    int count;
};
kernel void k(device int* out) {
    Counter c;
    out[0] = c.count;  // error: 'count' is a private or protected member of 'Counter'
}
