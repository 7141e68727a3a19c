void take(thread int* p) { *p = 1; }
struct Counter {
    int value;
    int get() { return value; }
};
kernel void k(device int* d, constant int* c, threadgroup int* t, device Counter* counters) {
    int local;
    device int* a = &local;             // error: cannot initialize a variable of type 'device int *'
    device const int* b = c;            // error at 27: cannot initialize a variable of type 'const device int *'
    constant int* e = d;                // error at 23: cannot initialize a variable of type 'constant int *'
    t = d;                              // error at 7: assigning to 'threadgroup int *' from incompatible type 'device int *'
    if (d == t) d[0] = 1;               // error at 11: comparison of distinct pointer types ('device int *' and 'threadgroup int *')
    d[0] = d - t;                       // error at 14: invalid operands to binary expression
    auto f = d[0] ? d : t;              // error at 19: incompatible operand types ('device int *' and 'threadgroup int *')
    take(d);                            // error at 5: no matching function for call to 'take'
    device int* g = (device int*)t;     // error: C-style cast from 'threadgroup int *' to 'device int *' converts between mismatching address spaces
    const device int& h = 1;            // error: cannot bind to a temporary of type 'int'
    d[1] = counters->get();             // error: no matching member function for call to 'get'
}
