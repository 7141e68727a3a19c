template <int n> struct Step {  // error at 25: recursive template instantiation exceeded maximum depth of 1024
    int run() { return Step<n + 1>().run(); }
};
kernel void k(device int* out) { out[0] = Step<0>().run(); }
