float f(float x) { return x; }
float f(float y) { return y; }  // error: redefinition of 'f'
