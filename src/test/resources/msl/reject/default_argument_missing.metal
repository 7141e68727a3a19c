int f(int a = 1, int b) {  // error: missing default argument on parameter 'b'
    return a + b;
}
struct S {
    int g(int a = 1, int b) { return a + b; }  // error: missing default argument on parameter 'b'
};
