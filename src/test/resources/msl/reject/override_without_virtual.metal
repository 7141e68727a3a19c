struct A {
    int f() { return 1; }
};
struct B : A {
    int f() override { return 2; }  // error: only virtual member functions can be marked 'override'
};
