// version: 2.1
template <typename T> kernel void k(device T* out) { }  // error: kernel templates require Metal language standard macos-metal2.2 or higher
