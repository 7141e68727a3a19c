kernel void k(device int* out [[buffer(0)]]) {
    out[0] = 1 + ; // error: expected expression
    out[1] = (1 + 2; // error: expected ')'
    out[2] = out[1; // error: expected ']'
    out[3] = * ; // error: expected expression
    out[4] = f(1, ); // error: expected expression
    out[5] = int; // error: expected '(' for function-style cast or type construction
    out[6] = a ? b; // error: expected ':'
    out[7] = 1 2; // error: expected ';' after expression
    out[8] = {1};
    out[9] = 3.0q + 0x + 08 + 1.5x; // error: invalid suffix 'q' on floating constant
    out[10] = static_cast(3); // error: expected '<' after 'static_cast'
    out[11] = static_cast<int>3; // error: expected '('
    out[12] = sizeof; // error: expected expression
    out[13] = ''; // error: empty character constant
    out[14] = alignof 3; // error: expected parentheses around type name in alignof expression
    out[15] = (out[1]]); // error: expected ')'
    out[16] = 1;
}
