kernel void k(device int* out) {
    asm("nop");                        // error: 'asm' is not supported in Metal
    case 1: out[0] = 1;                // error: 'case' statement not in switch statement
    switch (out[0]) {
    default: break;
    default: break;                    // error: multiple default labels in one switch
    }
    here: out[1] = 1;                  // error: labels are not supported in Metal
    int a, a;                          // error: redefinition of 'a'
    for (int i : out) {}               // error: invalid range expression of type 'device int *'
    const int b;                       // error: default initialization of an object of const type 'const int'
    device int& c;                     // error: declaration of reference variable 'c' requires an initializer
    int d[] = {};                      // error: zero-length arrays are not permitted in C++
    thread int& e[2];                  // error: array of references cannot be declared
    void f[2];                         // error: array has incomplete element type 'void'
    wchar_t g = 0;                     // error: 'wchar_t' is not supported in Metal
}
