struct Other {
    int value;
};
struct Point {
    int value;
};
kernel void k(device int* out) {
    Point point;
    out[0] = point.Other::value;  // error: 'Other::value' is not a member of class 'Point'
}
