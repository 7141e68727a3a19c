// metal_simdgroup_matrix (MSL specification, sections 2.4 and 6.7). Each of the 32 lanes of a SIMD-group holds two
// elements of a matrix that are beside each other in a row; which ones is not in the specification, but the same on
// every GPU of Apple, and shaders count on it.

#if __METAL_VERSION__ >= 230

namespace metal {

// The column (x) and row (y) of the first of a lane's elements.
inline ulong2 __simdgroup_matrix_place() {
    uint lane = __thread_index_in_simdgroup();
    return ulong2(((lane >> 1) & 4) | ((lane << 1) & 2), ((lane >> 2) & 4) | ((lane >> 1) & 3));
}

template <typename T, int Cols, int Rows = Cols> struct simdgroup_matrix {
    static_assert(Cols == 8 && Rows == 8, "a simdgroup_matrix has 8 columns and 8 rows");
    static_assert(is_floating_point<T>::value, "the elements of a simdgroup_matrix are half, bfloat or float");

    vec<T, 2> __elements;

    simdgroup_matrix() = default;
    simdgroup_matrix(T dval) {
        ulong2 place = __simdgroup_matrix_place();
        __elements = vec<T, 2>(place.x == place.y ? dval : T(0), place.x + 1 == place.y ? dval : T(0));
    }
    thread vec<T, 2>& thread_elements() { return __elements; }
    const thread vec<T, 2>& thread_elements() const { return __elements; }
};

typedef simdgroup_matrix<half, 8, 8> simdgroup_half8x8;
typedef simdgroup_matrix<float, 8, 8> simdgroup_float8x8;
#if __METAL_VERSION__ >= 310
typedef simdgroup_matrix<bfloat, 8, 8> simdgroup_bfloat8x8;
#endif

template <typename T, int Cols, int Rows = Cols> simdgroup_matrix<T, Cols, Rows> make_filled_simdgroup_matrix(T value) {
    simdgroup_matrix<T, Cols, Rows> filled;
    filled.__elements = vec<T, 2>(value);
    return filled;
}

template <typename T, int Cols, int Rows = Cols> simdgroup_matrix<T, Cols, Rows> make_diagonal_simdgroup_matrix(T value) {
    return simdgroup_matrix<T, Cols, Rows>(value);
}

#define ACCESS(SPACE)                                                                                                  \
    template <typename T, int Cols, int Rows>                                                                          \
    void simdgroup_load(thread simdgroup_matrix<T, Cols, Rows>& d, const SPACE T* src, ulong elements_per_row = Cols,  \
                        ulong2 matrix_origin = 0, bool transpose_matrix = false) {                                     \
        __simdgroup_matrix();                                                                                          \
        ulong2 place = __simdgroup_matrix_place();                                                                     \
        ulong at = matrix_origin.y * elements_per_row + matrix_origin.x;                                               \
        if (transpose_matrix) {                                                                                        \
            at += place.x * elements_per_row + place.y;                                                                \
            d.__elements = vec<T, 2>(src[at], src[at + elements_per_row]);                                             \
        } else {                                                                                                       \
            at += place.y * elements_per_row + place.x;                                                                \
            d.__elements = vec<T, 2>(src[at], src[at + 1]);                                                            \
        }                                                                                                              \
    }                                                                                                                  \
    template <typename T, int Cols, int Rows>                                                                          \
    void simdgroup_store(simdgroup_matrix<T, Cols, Rows> a, SPACE T* dst, ulong elements_per_row = Cols,               \
                         ulong2 matrix_origin = 0, bool transpose_matrix = false) {                                    \
        __simdgroup_matrix();                                                                                          \
        ulong2 place = __simdgroup_matrix_place();                                                                     \
        ulong at = matrix_origin.y * elements_per_row + matrix_origin.x;                                               \
        if (transpose_matrix) {                                                                                        \
            at += place.x * elements_per_row + place.y;                                                                \
            dst[at] = a.__elements.x;                                                                                  \
            dst[at + elements_per_row] = a.__elements.y;                                                               \
        } else {                                                                                                       \
            at += place.y * elements_per_row + place.x;                                                                \
            dst[at] = a.__elements.x;                                                                                  \
            dst[at + 1] = a.__elements.y;                                                                              \
        }                                                                                                              \
    }
ACCESS(device)
ACCESS(threadgroup)
#undef ACCESS

template <typename D, typename A, typename B, typename C, int Cols, int Rows, int K>
void simdgroup_multiply_accumulate(thread simdgroup_matrix<D, Cols, Rows>& d, simdgroup_matrix<A, K, Rows> a,
                                   simdgroup_matrix<B, Cols, K> b, simdgroup_matrix<C, Cols, Rows> c) {
    d.__elements = vec<D, 2>(
        __simdgroup_multiply_accumulate(float2(a.__elements), float2(b.__elements), float2(c.__elements)));
}

template <typename D, typename A, typename B, int Cols, int Rows, int K>
void simdgroup_multiply(thread simdgroup_matrix<D, Cols, Rows>& d, simdgroup_matrix<A, K, Rows> a,
                        simdgroup_matrix<B, Cols, K> b) {
    d.__elements = vec<D, 2>(__simdgroup_multiply(float2(a.__elements), float2(b.__elements)));
}

template <typename T, int Cols, int Rows, int K>
simdgroup_matrix<T, Cols, Rows> operator*(simdgroup_matrix<T, K, Rows> a, simdgroup_matrix<T, Cols, K> b) {
    simdgroup_matrix<T, Cols, Rows> product;
    simdgroup_multiply(product, a, b);
    return product;
}

}

#endif
