static_assert(sizeof(float3) == 12, "float3 has padding");  // error: static_assert failed "float3 has padding"
