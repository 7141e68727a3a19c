void f() {}
kernel void k(device int* out) {
    out[0] = 1 + f();  // error: invalid operands to binary expression ('int' and 'void')
    out[1] = f() << 1;  // error: invalid operands to binary expression ('void' and 'int')
    out[2] += f();  // error: invalid operands to binary expression ('int' and 'void')
    out[3] = int(f());  // error: cannot convert 'void' to 'int'
    int2 both = int2(1, f());  // error: cannot convert 'void' to 'int'
}
