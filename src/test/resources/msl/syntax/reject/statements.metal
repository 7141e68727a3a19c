kernel void k(device int* out [[buffer(0)]]) {
    if out[0] { } // error: expected '(' after 'if'
    while (true { } // error: expected ')'
    for (int i = 0, i < 3; i++) { } // error: expected ';' at end of declaration // error: expected ';' in 'for' statement specifier
    do { } (true); // error: expected 'while' in do/while loop
    else { } // error: expected expression
    switch (out[0]) { case 1 out[1] = 2; default out[2] = 3; } // error: expected ':' after 'case' // error: expected ':' after 'default'
    break // error: expected ';' after break statement
    }
