// kernel: complex_math
// grid: 1 threads: 1
// buffer 0: float[6] = 0
// expect 0: float[6] = -5 10 4 6 5 1
#include <metal_stdlib>
using namespace metal;
struct Complex {
    float re;
    float im;
    Complex(float r, float i) thread : re(r), im(i) {}
    Complex(float r) thread : Complex(r, 0) {}
    Complex operator+(Complex o) const { return Complex(re + o.re, im + o.im); }
    thread Complex& operator+=(Complex o) {
        re += o.re;
        im += o.im;
        return *this;
    }
    float magnitude() const { return sqrt(re * re + im * im); }
    explicit operator bool() const { return re != 0 || im != 0; }
};
Complex operator*(Complex a, Complex b) {
    return Complex(a.re * b.re - a.im * b.im, a.re * b.im + a.im * b.re);
}
kernel void complex_math(device float* out [[buffer(0)]]) {
    Complex a(1, 2);
    Complex b(3, 4);
    Complex product = a * b;
    out[0] = product.re;
    out[1] = product.im;
    a += b;
    out[2] = a.re;
    out[3] = (Complex(1, 2) + b).im;
    out[4] = b.magnitude();
    Complex zero = 0;
    out[5] = zero ? 0 : 1;
}
