// Gaussian blur, rows then columns, and the Sobel edge filter.
//
// A pixel is Java's int 0xAARRGGBB, which in memory is uchar4(blue, green, red, alpha). Beyond the border the nearest
// pixel of the picture counts. Each kernel handles the rows from area.firstRow on, one thread a pixel, so that a long
// run can be split into dispatches.
#include <metal_stdlib>
using namespace metal;

struct Area {
    uint2 size;
    uint firstRow;
};

static int2 pixelOf(uint2 thread_position, constant Area& area) {
    return int2(thread_position.x, thread_position.y + area.firstRow);
}

// Where the pixel lies in memory; a place outside is moved to the border.
static int indexOf(int2 pixel, constant Area& area) {
    int2 inside = clamp(pixel, int2(0), int2(area.size) - 1);
    return inside.y * int(area.size.x) + inside.x;
}

kernel void blur_rows(device const uchar4* source [[buffer(0)]],
                      device float4* blurred [[buffer(1)]],
                      constant Area& area [[buffer(2)]],
                      constant float* weights [[buffer(3)]],
                      constant int& radius [[buffer(4)]],
                      uint2 position [[thread_position_in_grid]]) {
    int2 pixel = pixelOf(position, area);
    float4 sum = 0.0f;
    for (int i = -radius; i <= radius; i++) {
        sum += weights[i + radius] * float4(source[indexOf(pixel + int2(i, 0), area)]);
    }
    blurred[indexOf(pixel, area)] = sum;
}

kernel void blur_columns(device const float4* source [[buffer(0)]],
                         device uchar4* blurred [[buffer(1)]],
                         constant Area& area [[buffer(2)]],
                         constant float* weights [[buffer(3)]],
                         constant int& radius [[buffer(4)]],
                         uint2 position [[thread_position_in_grid]]) {
    int2 pixel = pixelOf(position, area);
    float4 sum = 0.0f;
    for (int i = -radius; i <= radius; i++) {
        sum += weights[i + radius] * source[indexOf(pixel + int2(0, i), area)];
    }
    blurred[indexOf(pixel, area)] = uchar4(rint(sum));
}

// Rec. 601 luma, 0..255.
static float brightness(device const uchar4* source, int2 pixel, constant Area& area) {
    float4 colour = float4(source[indexOf(pixel, area)]);
    return dot(colour.zyx, float3(0.299f, 0.587f, 0.114f));
}

kernel void sobel(device const uchar4* source [[buffer(0)]],
                  device uchar4* edges [[buffer(1)]],
                  constant Area& area [[buffer(2)]],
                  uint2 position [[thread_position_in_grid]]) {
    int2 pixel = pixelOf(position, area);
    float2 gradient = 0.0f;
    for (int i = -1; i <= 1; i++) {
        float weight = i == 0 ? 2.0f : 1.0f;
        float right = brightness(source, pixel + int2(1, i), area);
        float left = brightness(source, pixel + int2(-1, i), area);
        float below = brightness(source, pixel + int2(i, 1), area);
        float above = brightness(source, pixel + int2(i, -1), area);
        gradient += weight * float2(right - left, below - above);
    }
    uchar value = uchar(min(255.0f, rint(length(gradient))));
    edges[indexOf(pixel, area)] = uchar4(value, value, value, 255);
}
