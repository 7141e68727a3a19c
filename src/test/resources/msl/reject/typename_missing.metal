template <typename T>
struct Cell {
    using Value = T;
    struct Node { T value; };
    Cell<T>::Node own;
};
template <typename T>
struct User : Cell<T> {
    Cell<T>::Value value;  // error: missing 'typename' prior to dependent type name 'Cell::Value'
    typename Cell<T>::Value right;
};
template <typename C>
int twice(int count) {
    C::Value value = count;  // error: missing 'typename' prior to dependent type name 'C::Value'
    typename C::Value right = count;
    return right;
}
kernel void k(device int* out) {
    User<int> user;
    Cell<int>::Value plain = 1;
    out[0] = twice<Cell<int>>(plain);
}
