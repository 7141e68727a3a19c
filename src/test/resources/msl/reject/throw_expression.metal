void f() {
    throw 1;  // error: cannot use 'throw' with exceptions disabled
}
