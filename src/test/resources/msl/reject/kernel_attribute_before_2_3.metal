// version: 2.2
[[kernel]] void k(device float* out) { }  // error: 'kernel' attribute requires Metal language standard macos-metal2.3 or higher
