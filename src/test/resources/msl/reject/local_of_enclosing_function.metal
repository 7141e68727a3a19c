kernel void k(device int* out) {
    int local = 1;
    struct Reader {
        int read() { return local; }  // error at 29: reference to local variable 'local' declared in enclosing function
    };
    Reader reader;
    out[0] = reader.read();
}
