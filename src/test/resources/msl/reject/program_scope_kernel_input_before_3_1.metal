// version: 3.0
uint2 gid [[thread_position_in_grid]];  // error: program scope variable must reside in constant address space
