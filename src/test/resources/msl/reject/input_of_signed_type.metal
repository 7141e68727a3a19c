kernel void k(device float* out, int i [[thread_position_in_grid]]) { }  // error: type 'int' is not valid for attribute 'thread_position_in_grid'
