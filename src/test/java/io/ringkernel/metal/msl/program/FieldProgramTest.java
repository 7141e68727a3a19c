package io.ringkernel.metal.msl.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Field arithmetic in the style of proof systems, against {@link BigInteger}. */
final class FieldProgramTest {
    private static final BigInteger GOLDILOCKS =
            BigInteger.ONE.shiftLeft(64).subtract(BigInteger.ONE.shiftLeft(32)).add(BigInteger.ONE);

    /** A prime of 254 bits (the scalar field of bn254), and -1/p modulo 2^32. */
    private static final BigInteger PRIME =
            new BigInteger("21888242871839275222246405745257275088548364400416034343698204186575808495617");

    private static final long BABY_BEAR = 2013265921L;

    private static final String NTT = """
            constant ulong P = 0xffffffff00000001UL;
            ulong add(ulong a, ulong b) {
                ulong sum = a + b;
                if (sum < a) sum += 0xffffffffUL;
                return sum >= P ? sum - P : sum;
            }
            ulong sub(ulong a, ulong b) { return a >= b ? a - b : a + (P - b); }
            ulong mul(ulong a, ulong b) {
                ulong low = a * b, high = mulhi(a, b);
                ulong top = high >> 32, middle = high & 0xffffffffUL;
                ulong t = low - top;
                if (low < top) t -= 0xffffffffUL;
                ulong product = (middle << 32) - middle;
                ulong result = t + product;
                if (result < t) result += 0xffffffffUL;
                return result >= P ? result - P : result;
            }
            kernel void ntt(device ulong* data [[buffer(0)]], constant ulong* roots [[buffer(1)]],
                            uint i [[thread_index_in_threadgroup]], uint n2 [[threads_per_threadgroup]]) {
                threadgroup ulong shared[64];
                uint n = 2 * n2, bits = ctz(n);
                for (uint k = i; k < n; k += n2) shared[reverse_bits(k) >> (32 - bits)] = data[k];
                threadgroup_barrier(mem_flags::mem_threadgroup);
                for (uint half_size = 1; half_size < n; half_size <<= 1) {
                    uint j = i & (half_size - 1), base = (i - j) * 2 + j;
                    ulong even = shared[base], odd = mul(shared[base + half_size], roots[j * (n2 / half_size)]);
                    shared[base] = add(even, odd);
                    shared[base + half_size] = sub(even, odd);
                    threadgroup_barrier(mem_flags::mem_threadgroup);
                }
                for (uint k = i; k < n; k += n2) data[k] = shared[k];
            }
            """;

    private static final String MONTGOMERY = """
            struct Big { uint limb[8]; };
            struct Field { Big prime; uint inverse; };

            static bool less(thread const Big& a, constant Big& b) {
                for (int i = 7; i >= 0; i--) {
                    if (a.limb[i] != b.limb[i]) return a.limb[i] < b.limb[i];
                }
                return false;
            }
            static Big reduced(Big a, constant Big& p) {
                if (less(a, p)) return a;
                ulong borrow = 0;
                for (int i = 0; i < 8; i++) {
                    ulong d = ulong(a.limb[i]) - p.limb[i] - borrow;
                    a.limb[i] = uint(d);
                    borrow = (d >> 32) & 1;
                }
                return a;
            }
            static Big multiplied(Big a, Big b, constant Field& f) {
                uint t[10] = {0};
                for (int i = 0; i < 8; i++) {
                    ulong carry = 0;
                    for (int j = 0; j < 8; j++) {
                        ulong cell = ulong(a.limb[j]) * b.limb[i] + t[j] + carry;
                        t[j] = uint(cell);
                        carry = cell >> 32;
                    }
                    ulong top = ulong(t[8]) + carry;
                    t[8] = uint(top);
                    t[9] = uint(top >> 32);
                    uint m = t[0] * f.inverse;
                    ulong cell = ulong(m) * f.prime.limb[0] + t[0];
                    carry = cell >> 32;
                    for (int j = 1; j < 8; j++) {
                        cell = ulong(m) * f.prime.limb[j] + t[j] + carry;
                        t[j - 1] = uint(cell);
                        carry = cell >> 32;
                    }
                    top = ulong(t[8]) + carry;
                    t[7] = uint(top);
                    t[8] = t[9] + uint(top >> 32);
                }
                Big r;
                for (int i = 0; i < 8; i++) r.limb[i] = t[i];
                return reduced(r, f.prime);
            }
            kernel void multiply(device const Big* a [[buffer(0)]], device const Big* b [[buffer(1)]],
                                 device Big* out [[buffer(2)]], constant Field& f [[buffer(3)]],
                                 uint i [[thread_position_in_grid]]) {
                out[i] = multiplied(a[i], b[i], f);
            }
            """;

    private static final String POSEIDON = """
            constant uint P = 2013265921u;
            struct Fp {
                uint v;
                Fp() = default;
                constexpr Fp(uint value) : v(value) {}
                friend Fp operator+(Fp a, Fp b) { uint s = a.v + b.v; return Fp(s >= P ? s - P : s); }
                friend Fp operator*(Fp a, Fp b) { return Fp(uint(ulong(a.v) * b.v % P)); }
            };
            template <int N> Fp power(Fp x) {
                return N == 1 ? x : N % 2 ? x * power<N - (N > 1)>(x) : power<(N + 1) / 2>(x * x);
            }
            template <> Fp power<1>(Fp x) { return x; }
            template <typename F, uint WIDTH> struct Permutation {
                F s[WIDTH];
                void mix(constant uint* matrix) thread {
                    F next[WIDTH];
                    for (uint i = 0; i < WIDTH; i++) {
                        F sum(0);
                        for (uint j = 0; j < WIDTH; j++) sum = sum + F(matrix[i * WIDTH + j]) * s[j];
                        next[i] = sum;
                    }
                    for (uint i = 0; i < WIDTH; i++) s[i] = next[i];
                }
                void round(constant uint* constants, bool full) thread {
                    for (uint i = 0; i < WIDTH; i++) s[i] = s[i] + F(constants[i]);
                    s[0] = power<7>(s[0]);
                    for (uint i = 1; full && i < WIDTH; i++) s[i] = power<7>(s[i]);
                }
            };
            kernel void permute(device uint* state [[buffer(0)]], constant uint* constants [[buffer(1)]],
                                constant uint* matrix [[buffer(2)]], uint id [[thread_position_in_grid]]) {
                Permutation<Fp, 4> p;
                for (uint i = 0; i < 4; i++) p.s[i] = Fp(state[4 * id + i]);
                for (uint r = 0; r < 12; r++) {
                    p.round(constants + 4 * r, r < 3 || r >= 9);
                    p.mix(matrix);
                }
                for (uint i = 0; i < 4; i++) state[4 * id + i] = p.s[i].v;
            }
            """;

    private static BigInteger at(int[] words, int first, int count) {
        var value = BigInteger.ZERO;
        for (int i = count - 1; i >= 0; i--) {
            value = value.shiftLeft(32).or(BigInteger.valueOf(Integer.toUnsignedLong(words[first + i])));
        }
        return value;
    }

    private static void put(BigInteger value, int[] words, int first, int count) {
        for (int i = 0; i < count; i++) {
            words[first + i] = value.shiftRight(32 * i).intValue();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aNumberTheoreticTransformOverGoldilocks(boolean fast) {
        int n = 64;
        var random = new Random(5);
        // 7 generates the field's multiplicative group.
        var root = BigInteger.valueOf(7)
                .modPow(GOLDILOCKS.subtract(BigInteger.ONE).divide(BigInteger.valueOf(n)), GOLDILOCKS);
        var data = new int[2 * n];
        var roots = new int[n];
        for (int i = 0; i < n; i++) {
            put(new BigInteger(64, random).mod(GOLDILOCKS), data, 2 * i, 2);
        }
        for (int i = 0; i < n / 2; i++) {
            put(root.modPow(BigInteger.valueOf(i), GOLDILOCKS), roots, 2 * i, 2);
        }
        var before = data.clone();
        new ProgramRun(NTT, fast).run("ntt", n / 2, n / 2, data, roots);
        for (int k = 0; k < n; k++) {
            var sum = BigInteger.ZERO;
            for (int j = 0; j < n; j++) {
                var factor = root.modPow(BigInteger.valueOf((long) j * k), GOLDILOCKS);
                sum = sum.add(at(before, 2 * j, 2).multiply(factor));
            }
            assertThat(at(data, 2 * k, 2)).as("%d", k).isEqualTo(sum.mod(GOLDILOCKS));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void montgomeryProductsOf256Bits(boolean fast) {
        int count = 40;
        var random = new Random(6);
        var a = new int[8 * count];
        var b = new int[8 * count];
        for (int i = 0; i < count; i++) {
            put(i == 0 ? PRIME.subtract(BigInteger.ONE) : new BigInteger(256, random).mod(PRIME), a, 8 * i, 8);
            put(i < 2 ? PRIME.subtract(BigInteger.TWO) : new BigInteger(256, random).mod(PRIME), b, 8 * i, 8);
        }
        var field = new int[9];
        put(PRIME, field, 0, 8);
        field[8] = PRIME.modInverse(BigInteger.ONE.shiftLeft(32)).negate().intValue();
        var out = new int[8 * count];
        new ProgramRun(MONTGOMERY, fast).run("multiply", count, 32, a, b, out, field);
        var inverse = BigInteger.ONE.shiftLeft(256).modInverse(PRIME);
        for (int i = 0; i < count; i++) {
            var expected =
                    at(a, 8 * i, 8).multiply(at(b, 8 * i, 8)).multiply(inverse).mod(PRIME);
            assertThat(at(out, 8 * i, 8)).as("%d", i).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aPoseidonLikePermutationOver31Bits(boolean fast) {
        var random = new Random(7);
        var state = random.ints(4 * 20, 0, (int) BABY_BEAR).toArray();
        var constants = random.ints(48, 0, (int) BABY_BEAR).toArray();
        var matrix = random.ints(16, 0, (int) BABY_BEAR).toArray();
        var expected = state.clone();
        for (int id = 0; id < 20; id++) {
            permute(expected, 4 * id, constants, matrix);
        }
        new ProgramRun(POSEIDON, fast).run("permute", 20, 20, state, constants, matrix);
        assertThat(state).isEqualTo(expected);
    }

    private static void permute(int[] state, int first, int[] constants, int[] matrix) {
        var prime = BigInteger.valueOf(BABY_BEAR);
        for (int r = 0; r < 12; r++) {
            var s = new BigInteger[4];
            for (int i = 0; i < 4; i++) {
                s[i] = BigInteger.valueOf(state[first + i]).add(BigInteger.valueOf(constants[4 * r + i]));
                if (i == 0 || r < 3 || r >= 9) {
                    s[i] = s[i].modPow(BigInteger.valueOf(7), prime);
                }
            }
            for (int i = 0; i < 4; i++) {
                var sum = BigInteger.ZERO;
                for (int j = 0; j < 4; j++) {
                    sum = sum.add(s[j].multiply(BigInteger.valueOf(matrix[4 * i + j])));
                }
                state[first + i] = sum.mod(prime).intValue();
            }
        }
    }
}
