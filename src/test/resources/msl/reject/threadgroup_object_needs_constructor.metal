struct Point {
    float x;
    Point() thread : x(0) {}
};
kernel void k(device float* out) {
    threadgroup Point points[4];  // error: it has no default constructor for the threadgroup address space
}
