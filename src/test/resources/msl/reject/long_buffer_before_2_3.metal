// version: 2.2
kernel void k(device long* out) { }  // error: 'long' in a buffer requires Metal language standard macos-metal2.3 or higher
