struct Once {
    int value;
    Once() : value(1) {}
    Once(thread const Once&) = delete;
};
kernel void k(device int* out) {
    Once a;
    Once b = a;  // error at 14: call to deleted function 'Once'
    out[0] = b.value;
}
