struct Point {
    int x;
};
struct Line {
    Point from;
    using ::Point;
};
kernel void k(device int* out) {
    Line line;
    out[0] = line. ::from.x;  // error: '::from' is not a member of class 'Line'
}
