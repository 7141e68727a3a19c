constant int table[2] = {1, 2};
const device int* same(const device int* p) { return p; }
void write(device int* p) { *p = 1; }
struct Fixed {
    int value;
    int other() { return value; }
    void set() const { value = 1; }     // error: read-only variable is not assignable
};
kernel void k(const device int* in, device int* out, constant int& c, threadgroup const int* t,
              const uint i [[thread_position_in_grid]]) {
    table[0] = 3;                       // error: read-only variable is not assignable
    *same(out) = 1;                     // error: read-only variable is not assignable
    write(in);                          // error: no matching function for call to 'write'
    c++;                                // error: read-only variable is not assignable
    t[0] = 1;                           // error: read-only variable is not assignable
    i = 1;                              // error: cannot assign to variable 'i' with const-qualified type 'const uint'
    const int numbers[2] = {1, 2};
    numbers[0] = 2;                     // error: read-only variable is not assignable
    const int one = 1;
    thread int& r = one;                // error: drops 'const' qualifier
    for (const thread auto& x : numbers) {
        x = 2;                          // error: read-only variable is not assignable
    }
    const Fixed fixed = {1};
    out[0] = fixed.other();             // error: no matching member function for call to 'other'
    *const_cast<device float*>(in) = 1; // error: const_cast from 'const device int *' to 'device float *' is not allowed
}
