struct Pointing {
    int& r;                                   // error: reference type must have explicit address space qualifier
};
int& f(device int* p) { return *p; }          // error: reference type must have explicit address space qualifier
typedef int* Pointer;                         // error: pointer type must have explicit address space qualifier
kernel void k(device int* out) {
    out[0] = *(int*)out;                      // error: pointer type must have explicit address space qualifier
    out[1] = *reinterpret_cast<int*>(out);    // error: pointer type must have explicit address space qualifier
    out[2] = sizeof(int*);                    // error: pointer type must have explicit address space qualifier
    device threadgroup int* both = nullptr;   // error: multiple address spaces specified for type
}
