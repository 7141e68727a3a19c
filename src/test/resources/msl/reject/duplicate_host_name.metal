[[host_name("same")]] kernel void a(device int* out) { }
[[host_name("same")]] kernel void b(device int* out) { }  // error: a kernel named 'same' exists already
