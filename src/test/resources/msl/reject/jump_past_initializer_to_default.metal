kernel void k(device int* out) {
    switch (out[0]) {
        int x = 1;
        default:  // error: cannot jump from switch statement to this case label
            out[1] = x;
    }
}
