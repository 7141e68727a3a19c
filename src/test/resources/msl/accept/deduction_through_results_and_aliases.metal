// kernel: k
// grid: 1 threads: 1
// buffer 0: float[14] = 0
// expect 0: float[14] = 1 2 3 8 1 4 6 7 2 3 4 9 12 6
template <typename T> T pick();
template <> float pick() {
    return 1.0f;
}
template <> int pick() {
    return 2;
}
template <typename T, typename U> T convert(U v) {
    return T(v);
}
template <> half convert(float v) {
    return half(v) + 1.0h;
}
template <> uchar convert(float v) {
    return uchar(v * 4);
}
template <typename T> using two = vec<T, 2>;
template <typename T, int N> using many = vec<T, N>;
template <typename T> struct Box {
    T value;
};
template <typename T> using box_of = Box<T>;
template <typename T> using pointer_to = device T*;
template <typename T> using same = T;
template <typename... T> struct Counted {
    int count;
};
template <typename... T> using counted = Counted<T...>;
template <typename T> T first(two<T> v) {
    return v.x;
}
template <typename T, int N> T last(many<T, N> v) {
    return v[N - 1];
}
template <typename T> T opened(box_of<T> box) {
    return box.value;
}
template <typename T> T deep(thread box_of<two<T>>& box) {
    return box.value.y;
}
template <typename T> T at(pointer_to<T> p) {
    return p[0];
}
template <typename T> T itself(const thread same<T>& v) {
    return v;
}
template <typename... T> int arguments(counted<T...> c) {
    return sizeof...(T) + c.count;
}
template <typename T> T second(T cells[4]) {
    return cells[1];
}
template <typename T> T third(thread T cells[4]) {
    return cells[2];
}
template <typename T, int N> T end(thread T (&cells)[N]) {
    return cells[N - 1];
}
template <typename T> T corner(thread T cells[2][3]) {
    return cells[1][2];
}
float twice(float x) {
    return 2 * x;
}
template <typename T> T apply(T (*f)(T), T x) {
    return f(x);
}
kernel void k(device float* out) {
    out[0] = pick<float>();
    out[1] = pick<int>();
    out[2] = convert<half>(2.0f);
    out[3] = convert<uchar>(2.0f);
    out[4] = first(float2(1, 2));
    out[5] = last(int3(2, 3, 4));
    Box<float> box{6};
    out[6] = opened(box);
    Box<float2> pair{float2(6, 7)};
    out[7] = deep(pair);
    float cells[4] = {1, 2, 3, 4};
    out[8] = second(cells);
    out[9] = third(cells);
    out[10] = end(cells);
    float table[2][3] = {{1, 2, 3}, {4, 5, 9}};
    out[11] = corner(table);
    out[12] = at(out + 11) + itself(3.0f);
    Counted<int, float> c{4};
    out[13] = arguments(c);
}
