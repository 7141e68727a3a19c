// grid: 1 threads: 1
// buffer 0: float[7] = 0
// expect 0: float[7] = 1 5 3 2 9 4 4
#include <metal_stdlib>
using namespace metal;

// Metal has a function for each type: those are better than a template.
template <typename T>
T clamp(T x, T least, T most) { return T(9); }

struct Wave { float amplitude; };
float abs(Wave wave) { return wave.amplitude; }

int max(int a, int b, int c, int d) { return 3; }
int min(bool a, bool b) { return 2; }
float cbrt(float x) { return 8; }

namespace own {
float sqrt(float x) { return 9; }
float hidden() { return sqrt(16.0f); }
}

float sqrt(float x) { return 4; }

kernel void functions(device float* out [[buffer(0)]]) {
    out[0] = clamp(3.0f, 0.0f, 1.0f);
    Wave wave = {5};
    out[1] = abs(wave);
    out[2] = max(1, 2, 3, 4);
    out[3] = min(true, false);
    out[4] = own::hidden();
    out[5] = ::sqrt(25.0f);
    out[6] = metal::sqrt(16.0f);
}
