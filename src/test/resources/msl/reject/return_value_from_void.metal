void f() {
    return 1;  // error: void function 'f' should not return a value
}
