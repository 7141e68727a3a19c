template <typename T, int n> struct Box { T x[n]; };
kernel void k(device int* out) {
    Box<3, 3> b;  // error: template argument for template type parameter must be a type
}
