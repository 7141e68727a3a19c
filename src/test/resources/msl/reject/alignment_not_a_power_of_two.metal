struct alignas(12) S { int x; };  // error: requested alignment is not a power of 2
