// version: 2.1
[[host_name("x")]] kernel void k(device float* out) { }  // error: 'host_name' attribute requires Metal language standard macos-metal2.2 or higher
