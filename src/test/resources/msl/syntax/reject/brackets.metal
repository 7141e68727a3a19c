void f() { int a[3; int b = (1; } // error: expected ']' // error: expected ')'
} // error: extraneous closing brace ('}')
void g() {
    if (true) {
}
 // error: expected '}'