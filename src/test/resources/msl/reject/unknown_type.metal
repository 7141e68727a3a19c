kernel void k(device float* out) {
    Vertex v;  // error: unknown type name 'Vertex'
}
