kernel void k(uint i [[thread_position_in_grid]], uint j [[thread_position_in_grid]]) { }  // error: duplicate attribute 'thread_position_in_grid'
