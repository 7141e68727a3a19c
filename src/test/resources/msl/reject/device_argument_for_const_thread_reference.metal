struct S { float x; };
constant float two = 2;
float get(thread const float& x) { return x; }
float part(thread const S& s) { return s.x; }
kernel void k(device float* out [[buffer(0)]], device S* s [[buffer(1)]], constant float& c [[buffer(2)]]) {
    out[0] = get(out[1]);  // error: no matching function for call to 'get'
    out[1] = part(s[0]);  // error: no matching function for call to 'part'
    out[2] = get(c);  // error: no matching function for call to 'get'
    out[3] = get(two);  // error: no matching function for call to 'get'
    thread const float& r = out[0];  // error: cannot
}
