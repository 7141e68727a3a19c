struct Number {
    int operator+(int a, int b) { return a; }      // error at 9: overloaded 'operator+' has the wrong number of parameters: 2
    int operator!(int a) { return a; }             // error at 9: overloaded 'operator!' has the wrong number of parameters: 1
    void operator new(int size) {}                 // error at 10: 'operator new' is not supported in Metal
    int Number() { return 1; }                     // error at 9: constructor cannot have a return type
    int operator()(int a, int b, int c) { return a; }
    int operator++(int) { return 1; }
};
bool operator==(Number a) { return true; }         // error at 6: overloaded 'operator==' has the wrong number of parameters: 1
kernel void k(device int* out) { out[0] = 1; }
