// Tables of functions (MSL specification, section 2.15). A table is memory: how many entries it has, and an entry for
// each, which is 0 or the number of a visible function among those of its program, from 1.

namespace metal {

template <typename S> struct __function_pointer;
template <typename R, typename... A> struct __function_pointer<R(A...)> {
    ulong __number;
    // The checker gives it its body: it knows which functions there are.
    R operator()(A... arguments) const;
    explicit operator bool() const { return __number != 0; }
    bool operator==(nullptr_t) const { return __number == 0; }
    bool operator!=(nullptr_t) const { return __number != 0; }
};

template <typename S> struct visible_function_table {
    constant ulong* __table;
    uint size() const { return uint(__table[0]); }
    uint size() const constant { return uint(__table[0]); }
    uint size() const device { return uint(__table[0]); }
    bool empty() const { return __table[0] == 0; }
    bool empty() const constant { return __table[0] == 0; }
    bool empty() const device { return __table[0] == 0; }
    __function_pointer<S> operator[](uint i) const { return {__table[1 + i]}; }
    __function_pointer<S> operator[](uint i) const constant { return {__table[1 + i]}; }
    __function_pointer<S> operator[](uint i) const device { return {__table[1 + i]}; }
};

template <typename S> bool is_null_visible_function_table(visible_function_table<S> table) {
    return table.__table == nullptr;
}

}
