struct S { int x; };
constant S s [[function_constant(0)]];  // error: 'function_constant' attribute only applies to scalar and vector types, not 'S'
