int f() {
    return;  // error: non-void function 'f' should return a value
}
