// kernel: complex_math
// grid: 1 threads: 1
// buffer 0: float[6] = 0
// expect 0: float[6] = -5 10 4 6 5 1
#include <metal_stdlib>
using namespace metal;
struct complex {
    float re;
    float im;
    complex(float r, float i) thread : re(r), im(i) {}
    complex(float r) thread : complex(r, 0) {}
    complex operator+(complex o) const { return complex(re + o.re, im + o.im); }
    thread complex& operator+=(complex o) {
        re += o.re;
        im += o.im;
        return *this;
    }
    float magnitude() const { return sqrt(re * re + im * im); }
    explicit operator bool() const { return re != 0 || im != 0; }
};
complex operator*(complex a, complex b) {
    return complex(a.re * b.re - a.im * b.im, a.re * b.im + a.im * b.re);
}
kernel void complex_math(device float* out [[buffer(0)]]) {
    complex a(1, 2);
    complex b(3, 4);
    complex product = a * b;
    out[0] = product.re;
    out[1] = product.im;
    a += b;
    out[2] = a.re;
    out[3] = (complex(1, 2) + b).im;
    out[4] = b.magnitude();
    complex zero = 0;
    out[5] = zero ? 0 : 1;
}
