struct Counter {
    int value;
    Counter() : value(1) {}
};
kernel void k(device int* out) {
    switch (out[0]) {
        case 0:
            Counter counter;
            out[1] = counter.value;
            break;
        case 1:  // error: cannot jump from switch statement to this case label
            out[1] = 2;
    }
}
