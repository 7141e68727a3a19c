kernel void k(device int* out) {
    switch (out[0]) {
        case 1: out[1] = 1; break;
        case 1: out[1] = 2; break;  // error: duplicate case value '1'
    }
}
