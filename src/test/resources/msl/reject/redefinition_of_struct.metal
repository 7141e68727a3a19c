struct S { int x; };
struct S { int y; };  // error: redefinition of 'S'
