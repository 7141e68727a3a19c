int counter = 0;  // error: program scope variable must reside in constant address space
