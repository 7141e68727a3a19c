int f(int a = 1);
int f(int a = 2) {  // error: redefinition of default argument
    return a;
}
