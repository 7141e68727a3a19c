// grid: 1 threads: 1
// buffer 0: int[8] = 0
// expect 0: int[8] = 6 3 20 1 2 0 9 30
#include <metal_stdlib>
using namespace metal;
struct Table { int scale; int values[3]; };
constant int A[3] = {1, 2, 3};
constant int padded[6] = {1, 2};
constant Table table = {10, {2, 3, 4}};
int sum(constant int* from, constant int* to) {
    int s = 0;
    for (; from != to; ++from) { s += *from; }
    return s;
}
kernel void k(device int* o [[buffer(0)]]) {
    for (int v : A) { o[0] += v; }
    constant int* p = A;
    o[1] = int(A + 3 - p);
    o[2] = table.scale * *table.values;
    o[3] = p[0];
    o[4] = *(p + 1);
    for (int i = 2; i < 6; i++) { o[5] += padded[i]; }
    o[6] = sum(table.values, table.values + 3);
    constant Table& t = table;
    o[7] = t.scale * t.values[1];
}
