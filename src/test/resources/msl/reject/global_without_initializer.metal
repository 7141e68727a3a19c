constant float scale;  // error: variable in constant address space must be initialized
