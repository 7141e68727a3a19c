int f(int a, int a) {  // error: redefinition of parameter 'a'
    return a;
}
