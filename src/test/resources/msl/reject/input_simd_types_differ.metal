kernel void k(uint lane [[thread_index_in_simdgroup]], ushort group [[simdgroup_index_in_threadgroup]]) { }  // error: does not match type 'uint' of 'thread_index_in_simdgroup'
