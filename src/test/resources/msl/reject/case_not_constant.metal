kernel void k(device int* out) {
    switch (out[0]) {
        case out[1]: break;  // error: case value is not a constant expression
    }
}
