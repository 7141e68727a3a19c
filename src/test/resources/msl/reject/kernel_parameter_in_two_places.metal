kernel void a(device int* out [[buffer(0)]] [[buffer(1)]]) {  // error at 47: parameter has a place already: 'buffer'
    out[0] = 1;
}
kernel void b(device int* out [[buffer(0), buffer(0)]]) {  // error at 44: parameter has a place already: 'buffer'
    out[0] = 1;
}
kernel void c(device int* out, threadgroup int* s [[threadgroup(0)]] [[buffer(1)]]) {  // error at 72: a place already: 'threadgroup'
    out[0] = s[0];
}
