struct Base {
    int a;
};
union Derived : Base {  // error at 17: unions cannot have base classes
    int b;
};
union Referring {
    device int& r;      // error at 17: union member 'r' has reference type 'device int &'
};
union Twice {
    int a = 1;
    int b = 2;          // error at 9: initializing multiple members of union
};
kernel void k(device int* out) { out[0] = 1; }
