struct S;
void f() {
    S s;  // error: variable has incomplete type 'S'
}
