// kernel: k
// grid: 1 threads: 1
// buffer 0: float[12] = 0
// expect 0: float[12] = 3 12 5 6 4.5 4 12 2 1.5 9 7 8
template <typename T, int N> T sum(thread T* p, T start = T(N) - N);
template <typename U, int M> U sum(thread U* p, U start) {
    U s = start;
    for (int i = 0; i < M; i++) {
        s += p[i];
    }
    return s;
}
template <typename Pointer, typename Named> Pointer add(Pointer p, Named n);
template <typename A, typename B> A add(A p, B n) {
    return p + n;
}
template <typename Named> int kind(Named n) {
    return 1;
}
template <typename Pointer> int kind(thread Pointer* p) {
    return 2;
}
template <template <typename, int> class V> int size_of(V<float, 2> v);
template <template <typename, int> class W> int size_of(W<float, 2> v) {
    return sizeof(v);
}
struct Plain {
    int v;
    template <typename T> T get(T x);
    template <typename T> Plain(T x, int y);
    template <typename T> operator vec<T, 2>() const;
    struct Inner {
        template <int N> int times(int x) const;
    };
};
template <typename T> T Plain::get(T x) {
    return x + T(v);
}
template <typename U> Plain::Plain(U x, int y) : v(int(x) + y) {}
template <typename U> Plain::operator vec<U, 2>() const {
    return vec<U, 2>(U(v));
}
template <int M> int Plain::Inner::times(int x) const {
    return x * M;
}
template <typename T> struct Holder {
    T v;
    template <typename U> U convert(U u) const;
    template <int N> T nth() thread;
    static T make(T x);
    template <typename U> static U same(U x);
    struct Part {
        T w;
        T twice() const;
        template <typename U> U plus(U u) const;
    };
};
template <typename V> template <typename W> W Holder<V>::convert(W u) const {
    return u + W(this->v);
}
template <typename T> template <int N> T Holder<T>::nth() thread {
    return v * N;
}
template <typename T> T Holder<T>::make(T x) {
    return x;
}
template <typename T> template <typename U> U Holder<T>::same(U x) {
    return x;
}
template <typename A> A Holder<A>::Part::twice() const {
    return w * 2;
}
template <typename A> template <typename B> B Holder<A>::Part::plus(B b) const {
    return b + w;
}
namespace inner {
template <typename T> T half_of(T x);
}
template <typename R> R inner::half_of(R x) {
    return x / 2;
}
kernel void k(device float* out) {
    float a[2] = {1, 2};
    out[0] = sum<float, 2>(a);
    out[1] = sum<float, 2>(a, 9);
    out[2] = add(2.0f, 3);
    Plain plain(1.5f, 2);
    out[3] = plain.get(3.0f);
    Holder<int> holder;
    holder.v = 3;
    out[4] = holder.convert(1.5f);
    out[5] = Holder<float>::make(4);
    out[6] = holder.nth<4>();
    int x = 0;
    out[7] = kind(&x) * kind(x);
    out[8] = Holder<int>::same(1.5f);
    float2 both = plain;
    out[9] = both.x + Plain::Inner().times<2>(3);
    Holder<int>::Part part;
    part.w = 2;
    out[10] = part.twice() + part.plus(1.0f);
    out[11] = inner::half_of(16) * (size_of(float2(1)) / 8);
}
