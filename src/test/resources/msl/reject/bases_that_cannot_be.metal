struct Root {};
union Pun {
    int a;
};
struct Last final {};
struct Twice : Root, Root {};  // error at 22: base class 'Root' specified more than once as a direct base class
struct Punned : Pun {};        // error at 17: unions cannot be base classes
struct After : Last {};        // error at 16: base 'Last' is marked 'final'
kernel void k(device int* out) { out[0] = 1; }
