enum Color { RED, GREEN };
kernel void k(device int* out) {
    Color c = 1;  // error: cannot initialize a variable of type 'Color' with an rvalue of type 'int'
}
