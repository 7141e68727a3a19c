struct S { int a; };
enum S { A };  // error: redefinition of 'S'
enum E { B };
struct E { int a; };  // error: redefinition of 'E' as different kind of symbol
enum E { C };  // error: redefinition of 'E'
enum class F { X, X };  // error: redefinition of enumerator 'X'
