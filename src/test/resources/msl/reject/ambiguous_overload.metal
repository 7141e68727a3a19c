void f(int a, float b) { }
void f(float a, int b) { }
kernel void k() {
    f(1, 1);  // error: call to 'f' is ambiguous
}
