constant int size [[function_constant(0)]] = 4;  // error: function constant 'size' cannot have an initializer
