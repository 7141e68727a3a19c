struct Derived : Nothing {  // error: unknown type name 'Nothing'
    int a;
};
enum Kind { first = nothing, second };  // error: use of undeclared identifier 'nothing'
template <typename T> T call(T t) {
    return nothing(t);  // error: use of undeclared identifier 'nothing'
}
struct Member {
    int a = nothing;  // error: use of undeclared identifier 'nothing'
};
kernel void k(device int* out) {
    Derived d;
    out[0] = d.a + first + second;
    Kind kind = second;
    out[1] = call(1) + call(2u) + kind;
    Member one;
    Member other;
    out[2] = one.a;
}
