kernel void k(device int* out) {
    device int* p = 5;  // error: cannot initialize a variable of type 'device int *' with an rvalue of type 'int'
}
