struct S {
    device float x;  // error: field may not be qualified with an address space
};
