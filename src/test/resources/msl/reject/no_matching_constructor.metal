struct Point {
    float x;
    Point(float a) : x(a) {}
};
kernel void k(device float* out) {
    Point p;  // error: no matching constructor for initialization of 'Point'
}
