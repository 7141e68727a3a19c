const float pi = 3.0f;  // error: program scope variable must reside in constant address space
