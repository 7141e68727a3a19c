kernel void k(device float* out, uint4 i [[thread_position_in_grid]]) { }  // error: is not valid for attribute 'thread_position_in_grid'
