namespace { int a } // error: expected ';' after top level declarator
namespace b::c = d; // warning: nested namespace definition is a C++17 extension; define each namespace separately // error: expected '{'
using T; // error: using declaration requires a qualified name
using namespace; // error: expected namespace name
template <typename T, int> void f(; // error: expected expression
template <typename T struct S {}; // error: expected ',' or '>' in template-parameter-list
template <typename> requires true void g(); // error: concepts are not supported in Metal
enum E { a, b c }; // error: expected '}'
enum { , }; // error: expected identifier
struct S { int x; private int y; S( ; int z; }; // error: expected a type // error: expected unqualified-id
struct S final : { }; // error: expected class name
struct B { void f() const = 1; virtual void g() = 0; }; // error: initializer on function does not look like a pure-specifier
void h(int a = ) { } // error: expected expression
void i(int a,) { } // error: expected parameter declarator
int j() = delete // error: expected ';' after function declaration
int k() { return 1; }
asm("nop"); // error: 'asm' is not supported in Metal
