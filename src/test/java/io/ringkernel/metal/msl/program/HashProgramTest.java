package io.ringkernel.metal.msl.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Hashes in the style of password crackers and proof systems, against the JDK's. */
final class HashProgramTest {
    private static final int MESSAGES = 37;

    private static final String SHA_256 = """
            constant uint K[64] = {
                0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
                0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
                0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
                0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
                0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
                0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
                0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
                0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2};

            #define S0(x) (rotate((x), 25u) ^ rotate((x), 14u) ^ ((x) >> 3))
            #define S1(x) (rotate((x), 15u) ^ rotate((x), 13u) ^ ((x) >> 10))
            #define STEP(a, b, c, d, e, f, g, h, k, w)                                                    \\
                {                                                                                         \\
                    uint t1 = h + (rotate(e, 26u) ^ rotate(e, 21u) ^ rotate(e, 7u)) + (g ^ (e & (f ^ g))) + k + w; \\
                    d += t1;                                                                              \\
                    h = t1 + (rotate(a, 30u) ^ rotate(a, 19u) ^ rotate(a, 10u)) + ((a & b) | (c & (a | b))); \\
                }

            struct Context {
                uint state[8];
                uint block[16];
            };

            static void transform(thread Context& c) {
                uint w[64];
                for (int i = 0; i < 16; i++) w[i] = c.block[i];
                #pragma unroll
                for (int i = 16; i < 64; i++) w[i] = S1(w[i - 2]) + w[i - 7] + S0(w[i - 15]) + w[i - 16];
                uint v[8];
                for (int i = 0; i < 8; i++) v[i] = c.state[i];
                for (int i = 0; i < 64; i += 8) {
                    STEP(v[0], v[1], v[2], v[3], v[4], v[5], v[6], v[7], K[i], w[i]);
                    STEP(v[7], v[0], v[1], v[2], v[3], v[4], v[5], v[6], K[i + 1], w[i + 1]);
                    STEP(v[6], v[7], v[0], v[1], v[2], v[3], v[4], v[5], K[i + 2], w[i + 2]);
                    STEP(v[5], v[6], v[7], v[0], v[1], v[2], v[3], v[4], K[i + 3], w[i + 3]);
                    STEP(v[4], v[5], v[6], v[7], v[0], v[1], v[2], v[3], K[i + 4], w[i + 4]);
                    STEP(v[3], v[4], v[5], v[6], v[7], v[0], v[1], v[2], K[i + 5], w[i + 5]);
                    STEP(v[2], v[3], v[4], v[5], v[6], v[7], v[0], v[1], K[i + 6], w[i + 6]);
                    STEP(v[1], v[2], v[3], v[4], v[5], v[6], v[7], v[0], K[i + 7], w[i + 7]);
                }
                for (int i = 0; i < 8; i++) c.state[i] += v[i];
            }

            kernel void hash(device uint* digests [[buffer(0)]], uint id [[thread_position_in_grid]]) {
                Context c = {{0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab,
                              0x5be0cd19}, {id, id * 2654435761u, 0x80000000}};
                c.block[15] = 64;
                transform(c);
                for (int i = 0; i < 8; i++) digests[8 * id + i] = c.state[i];
            }
            """;

    private static final String MD5 = """
            constant uchar shifts[4][4] = {{7, 12, 17, 22}, {5, 9, 14, 20}, {4, 11, 16, 23}, {6, 10, 15, 21}};

            struct State {
                uint4 v;
                uint m[16];
                uint round(int i, constant uint* table) thread {
                    uint f, g;
                    switch (i / 16) {
                        case 0: f = (v.y & v.z) | (~v.y & v.w); g = i; break;
                        case 1: f = (v.w & v.y) | (~v.w & v.z); g = (5 * i + 1) % 16; break;
                        case 2: f = v.y ^ v.z ^ v.w; g = (3 * i + 5) % 16; break;
                        default: f = v.z ^ (v.y | ~v.w); g = (7 * i) % 16;
                    }
                    f += v.x + table[i] + m[g];
                    v.x = v.w;
                    v.w = v.z;
                    v.z = v.y;
                    v.y += rotate(f, uint(shifts[i / 16][i % 4]));
                    return f;
                }
            };

            kernel void hash(device uint4* digests [[buffer(0)]], constant uint* table [[buffer(1)]],
                             uint id [[thread_position_in_grid]]) {
                State s = {uint4(0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476), {id, id ^ 0xdeadbeef, 0x80}};
                s.m[14] = 64;
                const uint4 start = s.v;
                for (int i = 0; i < 64; i++) (void)s.round(i, table);
                digests[id] = start + s.v;
            }
            """;

    private static byte[] digest(String algorithm, ByteBuffer message) {
        try {
            return MessageDigest.getInstance(algorithm).digest(message.array());
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void sha256(boolean fast) {
        var digests = new int[8 * MESSAGES];
        new ProgramRun(SHA_256, fast).run("hash", MESSAGES, 16, digests);
        for (int id = 0; id < MESSAGES; id++) {
            var message = ByteBuffer.allocate(8).putInt(id).putInt(id * 0x9e3779b1);
            var expected = ByteBuffer.wrap(digest("SHA-256", message));
            for (int i = 0; i < 8; i++) {
                assertThat(digests[8 * id + i]).as("%d of %d", i, id).isEqualTo(expected.getInt());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void md5(boolean fast) {
        var table = new int[64];
        for (int i = 0; i < 64; i++) {
            table[i] = (int) (long) Math.floor(Math.abs(Math.sin(i + 1)) * 0x1p32);
        }
        var digests = new int[4 * MESSAGES];
        new ProgramRun(MD5, fast).run("hash", MESSAGES, 8, digests, table);
        for (int id = 0; id < MESSAGES; id++) {
            var message = ByteBuffer.allocate(8)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putInt(id)
                    .putInt(id ^ 0xdeadbeef);
            var expected = ByteBuffer.wrap(digest("MD5", message)).order(ByteOrder.LITTLE_ENDIAN);
            for (int i = 0; i < 4; i++) {
                assertThat(digests[4 * id + i]).as("%d of %d", i, id).isEqualTo(expected.getInt());
            }
        }
    }
}
