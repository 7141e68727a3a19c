struct S {
    static int : 3; // error: static member cannot be a bit-field
    static int a : 3; // error: static member cannot be a bit-field
    int b : 3;
};
struct Unknown<int> { int c; }; // error: explicit specialization of undeclared template struct 'Unknown'
void f(struct T { int d; } t); // error: 'T' cannot be defined in a type specifier
union U { int e } // error: expected ';' at end of declaration list // error: expected ';' after union
enum E { x } // error: expected ';' after enum
struct V { V() : a b {} int g; }; // error: expected '{' or '('
static_assert(1, "a"[0]); // error: expected string literal for diagnostic message in static_assert
int z = decltype(auto)::x; // error: 'decltype(auto)' cannot be used as a nested name specifier
