void main() { }  // error: 'main' is not allowed as the name of a function in Metal
