int answer() { return 42; }
constant int x = answer();  // error: initializer element is not a compile-time constant
