kernel void k(device float* out) {
    thread_local int x = 1;  // error: thread-local storage is not supported for the current target
}
