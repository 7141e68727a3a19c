struct S {
    int count;
    float* data;  // error: pointer type must have explicit address space qualifier
};
