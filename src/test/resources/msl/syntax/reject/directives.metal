#define ADD(a, b) ((a) + (b))
#define ADD(a, b) ((a) + b) // warning: 'ADD' macro redefined
#define BAD(a, a) a // error: duplicate macro parameter name 'a'
#define HASH(a) #b // error: '#' is not followed by a macro parameter
#define PASTE ## x // error: '##' cannot appear at start of macro expansion
#define 3 // error: macro name must be an identifier
#if 1 + // error: expected value in expression
#endif
#if (1 // error: expected ')' in preprocessor expression
#endif
#if 1 / 0 // error: division by zero in preprocessor expression
#elif // error: expected value in expression
#endif
#ifdef // error: macro name missing
#endif
#else // error: #else without #if
#endif // error: #endif without #if
#elif 1 // error: #elif without #if
#foo // error: invalid preprocessing directive
#error this is wrong // error: this is wrong
#warning take care // warning: take care
#include foo // error: expected "FILENAME" or <FILENAME>
#line x // error: #line directive requires a positive integer argument
#undef // error: macro name missing
#pragma unknown stuff // warning: unknown pragma ignored
