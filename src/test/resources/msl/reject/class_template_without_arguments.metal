template <typename T> struct Box { T x; };
kernel void k(device int* out) {
    Box b;  // error: use of class template 'Box' requires template arguments
}
