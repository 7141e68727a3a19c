struct S {
    auto g();
};
int S::g() { return 1; }  // error: return type of out-of-line definition of 'g' differs from that in the declaration
