struct S {
    device float& x;
    S() {}  // error: constructor for 'S' must explicitly initialize the reference member 'x'
};
