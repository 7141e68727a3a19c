constant int size [[function_constant(65536)]];  // error: 'function_constant' attribute parameter is out of bounds: must be between 0 and 65535
