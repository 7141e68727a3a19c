template <typename T> struct Box {
    T value;
};
template <int length> struct Row {
    int cells[length];
};
template <typename T> T larger(T a, T b) { return a > b ? a : b; }
template <typename T> int blind() { return 1; }
template <> struct Missing<int> {};        // error: explicit specialization of undeclared template struct 'Missing'
kernel void k(device int* out) {
    Box a;                                 // error: use of class template 'Box' requires template arguments
    Box<int, float> b;                     // error: too many template arguments
    Row<int> c;                            // error: template argument for non-type template parameter must be an expression
    int n = 3;
    Row<n> d;                              // error: non-type template argument is not a constant expression
    out[0] = larger(1, 1.0f);              // error: no matching function for call to 'larger'
    out[1] = blind();                      // error: no matching function for call to 'blind'
    template <typename T> struct Inner {}; // error: templates can only be declared in namespace or class scope
}
