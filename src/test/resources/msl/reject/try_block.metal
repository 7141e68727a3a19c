void f() {
    try { } catch (...) { }  // error: cannot use 'try' with exceptions disabled
}
