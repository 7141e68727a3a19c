// What namespace metal declares in MSL itself: type traits (metal_type_traits), limits (metal_limits), arrays
// (metal_array). Variables whose names begin with two underscores are questions that the compiler answers.

namespace metal {

template <typename T> constexpr constant bool __is_integral = false;
template <typename T> constexpr constant bool __is_floating_point = false;
template <typename T> constexpr constant bool __is_arithmetic = false;
template <typename T> constexpr constant bool __is_signed = false;
template <typename T> constexpr constant bool __is_unsigned = false;
template <typename T> constexpr constant bool __is_void = false;
template <typename T> constexpr constant bool __is_pointer = false;
template <typename T> constexpr constant bool __is_array = false;
template <typename T> constexpr constant bool __is_reference = false;
template <typename T> constexpr constant bool __is_enum = false;
template <typename T> constexpr constant bool __is_class = false;
template <typename T> constexpr constant bool __is_union = false;
template <typename T> constexpr constant bool __is_const = false;
template <typename T> constexpr constant bool __is_vector = false;
template <typename T> constexpr constant bool __is_matrix = false;
template <typename T> constexpr constant bool __is_empty = false;
template <typename B, typename D> constexpr constant bool __is_base_of = false;
template <typename F, typename T> constexpr constant bool __is_convertible = false;

template <typename T, T v> struct integral_constant {
    static constexpr constant T value = v;
    typedef T value_type;
    typedef integral_constant<T, v> type;
    constexpr operator T() const { return v; }
    constexpr T operator()() const { return v; }
};
template <bool b> using bool_constant = integral_constant<bool, b>;
typedef integral_constant<bool, true> true_type;
typedef integral_constant<bool, false> false_type;

template <typename A, typename B> struct is_same : false_type {};
template <typename A> struct is_same<A, A> : true_type {};
template <typename A, typename B> constexpr constant bool is_same_v = is_same<A, B>::value;

template <bool c, typename T = void> struct enable_if {};
template <typename T> struct enable_if<true, T> { typedef T type; };
template <bool c, typename T = void> using enable_if_t = typename enable_if<c, T>::type;

template <bool c, typename A, typename B> struct conditional { typedef A type; };
template <typename A, typename B> struct conditional<false, A, B> { typedef B type; };
template <bool c, typename A, typename B> using conditional_t = typename conditional<c, A, B>::type;

template <typename... Bs> struct conjunction : true_type {};
template <typename B> struct conjunction<B> : bool_constant<bool(B::value)> {};
template <typename B, typename... Bs> struct conjunction<B, Bs...>
    : conditional_t<bool(B::value), conjunction<Bs...>, false_type> {};
template <typename... Bs> constexpr constant bool conjunction_v = conjunction<Bs...>::value;

template <typename... Bs> struct disjunction : false_type {};
template <typename B> struct disjunction<B> : bool_constant<bool(B::value)> {};
template <typename B, typename... Bs> struct disjunction<B, Bs...>
    : conditional_t<bool(B::value), true_type, disjunction<Bs...>> {};
template <typename... Bs> constexpr constant bool disjunction_v = disjunction<Bs...>::value;

// As the headers of Metal name them.
template <typename... Bs> using _conjunction = conjunction<Bs...>;
template <typename... Bs> using _disjunction = disjunction<Bs...>;

template <typename B> struct negation : bool_constant<!bool(B::value)> {};
template <typename B> constexpr constant bool negation_v = negation<B>::value;

template <typename T> struct remove_const { typedef T type; };
template <typename T> struct remove_const<const T> { typedef T type; };
template <typename T> using remove_const_t = typename remove_const<T>::type;
template <typename T> struct remove_volatile { typedef T type; };
template <typename T> using remove_volatile_t = typename remove_volatile<T>::type;
template <typename T> struct remove_cv { typedef remove_const_t<T> type; };
template <typename T> using remove_cv_t = typename remove_cv<T>::type;

template <typename T> struct remove_reference { typedef T type; };
template <typename T> struct remove_reference<thread T&> { typedef thread T type; };
template <typename T> struct remove_reference<device T&> { typedef device T type; };
template <typename T> struct remove_reference<constant T&> { typedef constant T type; };
template <typename T> struct remove_reference<threadgroup T&> { typedef threadgroup T type; };
template <typename T> struct remove_reference<thread T&&> { typedef thread T type; };
template <typename T> using remove_reference_t = typename remove_reference<T>::type;

template <typename T> struct remove_addrspace { typedef T type; };
template <typename T> struct remove_addrspace<thread T> { typedef T type; };
template <typename T> struct remove_addrspace<device T> { typedef T type; };
template <typename T> struct remove_addrspace<constant T> { typedef T type; };
template <typename T> struct remove_addrspace<threadgroup T> { typedef T type; };
template <typename T> using remove_addrspace_t = typename remove_addrspace<T>::type;

template <typename T> using remove_cvref_t = remove_cv_t<remove_addrspace_t<remove_reference_t<T>>>;
template <typename T> struct remove_cvref { typedef remove_cvref_t<T> type; };

template <typename T> struct remove_pointer { typedef T type; };
template <typename T> struct remove_pointer<thread T*> { typedef thread T type; };
template <typename T> struct remove_pointer<device T*> { typedef device T type; };
template <typename T> struct remove_pointer<constant T*> { typedef constant T type; };
template <typename T> struct remove_pointer<threadgroup T*> { typedef threadgroup T type; };
template <typename T> using remove_pointer_t = typename remove_pointer<T>::type;

template <typename T> struct remove_extent { typedef T type; };
template <typename T, size_t n> struct remove_extent<T[n]> { typedef T type; };
template <typename T> using remove_extent_t = typename remove_extent<T>::type;
template <typename T> struct decay { typedef remove_cvref_t<T> type; };
template <typename T> using decay_t = typename decay<T>::type;
template <typename T> struct add_const { typedef const T type; };
template <typename T> using add_const_t = typename add_const<T>::type;
template <typename T> struct add_cv { typedef const T type; };
template <typename T> using add_cv_t = typename add_cv<T>::type;

template <typename T> struct is_integral : bool_constant<__is_integral<remove_cv_t<T>>> {};
template <typename T> constexpr constant bool is_integral_v = is_integral<T>::value;
template <typename T> struct is_floating_point : bool_constant<__is_floating_point<remove_cv_t<T>>> {};
template <typename T> constexpr constant bool is_floating_point_v = is_floating_point<T>::value;
template <typename T> struct is_arithmetic : bool_constant<__is_arithmetic<remove_cv_t<T>>> {};
template <typename T> constexpr constant bool is_arithmetic_v = is_arithmetic<T>::value;
template <typename T> struct is_fundamental : bool_constant<__is_arithmetic<remove_cv_t<T>> || __is_void<T>> {};
template <typename T> struct is_signed : bool_constant<__is_signed<remove_cv_t<T>>> {};
template <typename T> constexpr constant bool is_signed_v = is_signed<T>::value;
template <typename T> struct is_unsigned : bool_constant<__is_unsigned<remove_cv_t<T>>> {};
template <typename T> constexpr constant bool is_unsigned_v = is_unsigned<T>::value;
template <typename T> struct is_void : bool_constant<__is_void<T>> {};
template <typename T> constexpr constant bool is_void_v = is_void<T>::value;
template <typename T> struct is_pointer : bool_constant<__is_pointer<T>> {};
template <typename T> constexpr constant bool is_pointer_v = is_pointer<T>::value;
template <typename T> struct is_array : bool_constant<__is_array<T>> {};
template <typename T> constexpr constant bool is_array_v = is_array<T>::value;
template <typename T> struct is_reference : bool_constant<__is_reference<T>> {};
template <typename T> constexpr constant bool is_reference_v = is_reference<T>::value;
template <typename T> struct is_enum : bool_constant<__is_enum<T>> {};
template <typename T> constexpr constant bool is_enum_v = is_enum<T>::value;
template <typename T> struct is_class : bool_constant<__is_class<T>> {};
template <typename T> constexpr constant bool is_class_v = is_class<T>::value;
template <typename T> struct is_union : bool_constant<__is_union<T>> {};
template <typename T> constexpr constant bool is_union_v = is_union<T>::value;
template <typename T> struct is_const : bool_constant<__is_const<T>> {};
template <typename T> constexpr constant bool is_const_v = is_const<T>::value;
template <typename T> struct is_scalar
    : bool_constant<__is_arithmetic<remove_cv_t<T>> || __is_enum<T> || __is_pointer<T>> {};
template <typename T> constexpr constant bool is_scalar_v = is_scalar<T>::value;
template <typename T> struct is_vector : bool_constant<__is_vector<remove_cv_t<T>>> {};
template <typename T> constexpr constant bool is_vector_v = is_vector<T>::value;
template <typename T> struct is_matrix : bool_constant<__is_matrix<remove_cv_t<T>>> {};
template <typename T> constexpr constant bool is_matrix_v = is_matrix<T>::value;
template <typename B, typename D> struct is_base_of : bool_constant<__is_base_of<B, D>> {};
template <typename B, typename D> constexpr constant bool is_base_of_v = is_base_of<B, D>::value;
template <typename F, typename T> struct is_convertible : bool_constant<__is_convertible<F, T>> {};
template <typename F, typename T> constexpr constant bool is_convertible_v = is_convertible<F, T>::value;

template <typename T> struct make_signed { typedef T type; };
template <> struct make_signed<uchar> { typedef char type; };
template <> struct make_signed<ushort> { typedef short type; };
template <> struct make_signed<uint> { typedef int type; };
template <typename T> using make_signed_t = typename make_signed<T>::type;
template <typename T> struct make_unsigned { typedef T type; };
template <> struct make_unsigned<char> { typedef uchar type; };
template <> struct make_unsigned<short> { typedef ushort type; };
template <> struct make_unsigned<int> { typedef uint type; };
template <typename T> using make_unsigned_t = typename make_unsigned<T>::type;
template <typename T> struct make_scalar { typedef T type; };
template <typename T, int n> struct make_scalar<vec<T, n>> { typedef T type; };
template <typename T> using make_scalar_t = typename make_scalar<T>::type;
template <typename T> using vector_element_t = typename make_scalar<T>::type;

// What the functions of a SIMD-group take (MSL specification, section 6.9.2), as the headers of Metal name it.
template <typename T> struct __is_valid_simdgroup_type
    : bool_constant<__is_arithmetic<vector_element_t<T>> && !is_same<vector_element_t<T>, bool>::value
                    && !is_same<vector_element_t<T>, long>::value && !is_same<vector_element_t<T>, ulong>::value
                    && !is_same<vector_element_t<T>, bfloat>::value> {};
template <typename T> struct rank : integral_constant<size_t, 0> {};
template <typename T, size_t n> struct rank<T[n]> : integral_constant<size_t, 1> {};
template <typename A, typename... Bs> struct common_type { typedef A type; };
template <typename A, typename B> struct common_type<A, B> { typedef decltype(true ? A() : B()) type; };
template <typename... Ts> using common_type_t = typename common_type<Ts...>::type;

template <typename T, T... values> struct integer_sequence {
    typedef T value_type;
    static constexpr size_t size() { return sizeof...(values); }
};
template <size_t... values> using index_sequence = integer_sequence<size_t, values...>;

#define LIMITS(T, LEAST, LOWEST, GREATEST, SIGNED, INTEGER, DIGITS)                                                    \
    template <> struct _numeric_limits_impl<T> {                                                                       \
        static constexpr constant bool is_specialized = true;                                                          \
        static constexpr constant bool is_signed = SIGNED;                                                             \
        static constexpr constant bool is_integer = INTEGER;                                                           \
        static constexpr constant bool is_exact = INTEGER;                                                             \
        static constexpr constant bool has_infinity = !INTEGER;                                                        \
        static constexpr constant bool has_quiet_NaN = !INTEGER;                                                       \
        static constexpr constant int digits = DIGITS;                                                                 \
        static constexpr constant int radix = 2;                                                                       \
        static constexpr T min() { return LEAST; }                                                                     \
        static constexpr T lowest() { return LOWEST; }                                                                 \
        static constexpr T max() { return GREATEST; }
#define INTEGER_LIMITS(T, LEAST, GREATEST, SIGNED, DIGITS)                                                             \
    LIMITS(T, LEAST, LEAST, GREATEST, SIGNED, true, DIGITS)                                                            \
    static constexpr T epsilon() { return 0; }                                                                         \
    static constexpr T infinity() { return 0; }                                                                        \
    static constexpr T quiet_NaN() { return 0; }                                                                       \
    }
#define FLOAT_LIMITS(T, LEAST, GREATEST, DIGITS, EPSILON, U, INFINITE, NOT_A_NUMBER, DENORMAL)                         \
    LIMITS(T, LEAST, -GREATEST, GREATEST, true, false, DIGITS)                                                         \
    static constexpr T epsilon() { return EPSILON; }                                                                   \
    static constexpr T infinity() { return as_type<T>(U(INFINITE)); }                                                  \
    static constexpr T quiet_NaN() { return as_type<T>(U(NOT_A_NUMBER)); }                                             \
    static constexpr T signaling_NaN() { return as_type<T>(U(NOT_A_NUMBER)); }                                         \
    static constexpr T denorm_min() { return as_type<T>(U(DENORMAL)); }                                                \
    static constexpr T round_error() { return T(0.5f); }                                                               \
    }

template <typename T> struct _numeric_limits_impl {
    static constexpr constant bool is_specialized = false;
};
// Limits of each component of a vector.
template <typename T, int n> struct _numeric_limits_impl<vec<T, n>> {
    static constexpr constant bool is_specialized = true;
    static constexpr constant bool is_signed = _numeric_limits_impl<T>::is_signed;
    static constexpr constant bool is_integer = _numeric_limits_impl<T>::is_integer;
    static constexpr constant bool is_exact = _numeric_limits_impl<T>::is_exact;
    static constexpr constant bool has_infinity = _numeric_limits_impl<T>::has_infinity;
    static constexpr constant bool has_quiet_NaN = _numeric_limits_impl<T>::has_quiet_NaN;
    static constexpr constant int digits = _numeric_limits_impl<T>::digits;
    static constexpr constant int radix = 2;
    static constexpr vec<T, n> min() { return vec<T, n>(_numeric_limits_impl<T>::min()); }
    static constexpr vec<T, n> lowest() { return vec<T, n>(_numeric_limits_impl<T>::lowest()); }
    static constexpr vec<T, n> max() { return vec<T, n>(_numeric_limits_impl<T>::max()); }
    static constexpr vec<T, n> epsilon() { return vec<T, n>(_numeric_limits_impl<T>::epsilon()); }
    static constexpr vec<T, n> infinity() { return vec<T, n>(_numeric_limits_impl<T>::infinity()); }
    static constexpr vec<T, n> quiet_NaN() { return vec<T, n>(_numeric_limits_impl<T>::quiet_NaN()); }
};
// Shaders specialise what is below for types of their own.
template <typename T> struct numeric_limits : _numeric_limits_impl<T> {};
INTEGER_LIMITS(bool, false, true, false, 1);
INTEGER_LIMITS(char, -128, 127, true, 7);
INTEGER_LIMITS(uchar, 0, 255, false, 8);
INTEGER_LIMITS(short, -32768, 32767, true, 15);
INTEGER_LIMITS(ushort, 0, 65535, false, 16);
INTEGER_LIMITS(int, -2147483647 - 1, 2147483647, true, 31);
INTEGER_LIMITS(uint, 0u, 4294967295u, false, 32);
#if __METAL_VERSION__ >= 220
INTEGER_LIMITS(long, -9223372036854775807L - 1, 9223372036854775807L, true, 63);
INTEGER_LIMITS(ulong, 0UL, 18446744073709551615UL, false, 64);
template <> struct make_signed<ulong> { typedef long type; };
template <> struct make_unsigned<long> { typedef ulong type; };
#endif
FLOAT_LIMITS(float, 1.17549435e-38f, 3.40282347e+38f, 24, 1.19209290e-7f, uint, 0x7f800000, 0x7fc00000, 1);
FLOAT_LIMITS(half, 6.103515625e-5h, 65504.0h, 11, 9.765625e-4h, ushort, 0x7c00, 0x7e00, 1);
#if __METAL_VERSION__ >= 310
FLOAT_LIMITS(bfloat, 1.17549435e-38bf, 3.38953139e+38bf, 8, 7.8125e-3bf, ushort, 0x7f80, 0x7fc0, 1);
#endif

template <typename T, size_t n> struct array {
    T __elements[n];

    constexpr size_t size() const { return n; }
    constexpr size_t size() const device { return n; }
    constexpr size_t size() const constant { return n; }
    constexpr size_t size() const threadgroup { return n; }
    constexpr bool empty() const { return false; }
    constexpr thread T& operator[](size_t i) { return __elements[i]; }
    constexpr const thread T& operator[](size_t i) const { return __elements[i]; }
    constexpr device T& operator[](size_t i) device { return __elements[i]; }
    constexpr const device T& operator[](size_t i) const device { return __elements[i]; }
    constexpr constant T& operator[](size_t i) const constant { return __elements[i]; }
    constexpr threadgroup T& operator[](size_t i) threadgroup { return __elements[i]; }
    constexpr const threadgroup T& operator[](size_t i) const threadgroup { return __elements[i]; }
    constexpr thread T& front() { return __elements[0]; }
    constexpr const thread T& front() const { return __elements[0]; }
    constexpr thread T& back() { return __elements[n - 1]; }
    constexpr const thread T& back() const { return __elements[n - 1]; }
    constexpr thread T* data() { return __elements; }
    constexpr const thread T* data() const { return __elements; }
    constexpr thread T* begin() { return __elements; }
    constexpr const thread T* begin() const { return __elements; }
    constexpr device T* begin() device { return __elements; }
    constexpr const device T* begin() const device { return __elements; }
    constexpr constant T* begin() const constant { return __elements; }
    constexpr threadgroup T* begin() threadgroup { return __elements; }
    constexpr thread T* end() { return __elements + n; }
    constexpr const thread T* end() const { return __elements + n; }
    constexpr device T* end() device { return __elements + n; }
    constexpr const device T* end() const device { return __elements + n; }
    constexpr constant T* end() const constant { return __elements + n; }
    constexpr threadgroup T* end() threadgroup { return __elements + n; }
};

template <typename T> class initializer_list {
    const thread T* __first;
    size_t __count;

public:
    typedef T value_type;
    constexpr initializer_list() : __first(nullptr), __count(0) {}
    constexpr size_t size() const { return __count; }
    constexpr const thread T* begin() const { return __first; }
    constexpr const thread T* end() const { return __first + __count; }
};
template <typename T> constexpr const thread T* begin(initializer_list<T> list) { return list.begin(); }
template <typename T> constexpr const thread T* end(initializer_list<T> list) { return list.end(); }

constexpr mem_flags operator|(mem_flags a, mem_flags b) { return mem_flags(int(a) | int(b)); }
constexpr mem_flags operator&(mem_flags a, mem_flags b) { return mem_flags(int(a) & int(b)); }

template <typename T> constexpr T make_uniform(T value) { return value; }
template <typename T> constexpr T forward(thread remove_reference_t<T>& value) { return static_cast<T>(value); }
template <typename T> void swap(thread T& a, thread T& b) {
    T kept = a;
    a = b;
    b = kept;
}

}

constexpr inline int __builtin_ctz(uint x) { return metal::ctz(x); }
constexpr inline int __builtin_clz(uint x) { return metal::clz(x); }
constexpr inline int __builtin_popcount(uint x) { return metal::popcount(x); }
