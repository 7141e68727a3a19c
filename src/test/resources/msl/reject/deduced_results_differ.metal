auto f(bool b) {
    if (b) {
        return 1;
    }
    return 2.0f;  // error: 'auto' in return type deduced as 'float' here but deduced as 'int' in earlier return statement
}
