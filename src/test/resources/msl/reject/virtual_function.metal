struct S {
    virtual int f() { return 1; }  // error: 'virtual' functions are not supported in Metal
};
