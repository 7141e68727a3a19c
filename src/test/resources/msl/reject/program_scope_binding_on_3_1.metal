// version: 3.1
device int* constant p [[buffer(0)]];  // error: requires Metal language standard macos-metal3.2 or higher
