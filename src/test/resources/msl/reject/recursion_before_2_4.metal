// version: 2.3
int f(int n) {
    return n == 0 ? 1 : n * f(n - 1);  // error: requires Metal language standard macos-metal2.4 or higher
}
