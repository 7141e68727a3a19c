kernel void k(uint3 i [[thread_position_in_grid]], uint2 n [[thread_position_in_threadgroup]]) { }  // error: attributes of thread positions and sizes must have the same number of components
