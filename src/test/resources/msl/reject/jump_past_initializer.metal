kernel void k(device int* out) {
    switch (out[0]) {
        case 0:
            int x = 1;
            out[1] = x;
            break;
        case 1:  // error: cannot jump from switch statement to this case label
            out[1] = 2;
    }
}
