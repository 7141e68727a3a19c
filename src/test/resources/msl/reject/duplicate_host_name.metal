[[host_name("same")]] kernel void a(device int* out) { }
[[host_name("same")]] kernel void b(device int* out) { }  // error: a function named 'same' exists already
