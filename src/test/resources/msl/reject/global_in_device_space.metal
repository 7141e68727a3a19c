device float x;  // error: program scope variable must reside in constant address space
