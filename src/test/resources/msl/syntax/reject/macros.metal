#define ADD(a, b) ((a) + (b))
constant int x = ADD(1); // error: too few arguments provided to function-like macro invocation
constant int y = ADD(1, 2, 3); // error: too many arguments provided to function-like macro invocation
#define CAT(a, b) a ## b
constant int z = CAT(+, 3); // error: pasting formed '+3', an invalid preprocessing token
constant int w = ADD(3, nothing +); // error: expected expression
@ // error: unexpected character '@'
#if defined // error: macro name must be an identifier
#endif
#if 1
#else
#else // error: #else after #else
#endif
constant int u = ADD(1, 2 // error: unterminated function-like macro invocation // error: expected ';' after top level declarator
