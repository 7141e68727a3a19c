package io.ringkernel.metal.msl.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.ringkernel.metal.msl.run.Extent;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Kernels over arrays and images: sorts, transforms, filters, gather and scatter, against plain Java. */
final class ArrayProgramTest {
    private static final String SORTS = """
            kernel void bitonic(device int* data [[buffer(0)]], uint i [[thread_position_in_threadgroup]],
                                uint g [[threadgroup_position_in_grid]], uint n [[threads_per_threadgroup]]) {
                threadgroup int tile[256];
                tile[i] = data[g * n + i];
                threadgroup_barrier(mem_flags::mem_threadgroup);
                for (uint k = 2; k <= n; k <<= 1) {
                    for (uint j = k >> 1; j > 0; j >>= 1) {
                        uint other = i ^ j;
                        if (other > i && ((i & k) == 0) == (tile[i] > tile[other])) {
                            int kept = tile[i];
                            tile[i] = tile[other];
                            tile[other] = kept;
                        }
                        threadgroup_barrier(mem_flags::mem_threadgroup);
                    }
                }
                data[g * n + i] = tile[i];
            }

            // Sorts by four bits at a time: count, exclusive scan over digits and threads, stable scatter.
            kernel void radix(device uint* keys [[buffer(0)]], device uint* spare [[buffer(1)]],
                              uint i [[thread_position_in_threadgroup]], uint threads [[threads_per_threadgroup]],
                              constant uint& n [[buffer(2)]]) {
                threadgroup uint counts[16 * 32];
                device uint* from = keys;
                device uint* to = spare;
                const uint chunk = (n + threads - 1) / threads, begin = min(n, i * chunk), end = min(n, begin + chunk);
                for (uint shift = 0; shift < 32; shift += 4) {
                    for (uint d = 0; d < 16; d++) counts[d * threads + i] = 0;
                    for (uint k = begin; k < end; k++) counts[extract_bits(from[k], shift, 4) * threads + i]++;
                    threadgroup_barrier(mem_flags::mem_threadgroup);
                    if (i == 0) {
                        uint sum = 0;
                        for (uint k = 0; k < 16 * threads; k++) {
                            uint count = counts[k];
                            counts[k] = sum;
                            sum += count;
                        }
                    }
                    threadgroup_barrier(mem_flags::mem_threadgroup | mem_flags::mem_device);
                    for (uint k = begin; k < end; k++) {
                        uint key = from[k];
                        to[counts[extract_bits(key, shift, 4) * threads + i]++] = key;
                    }
                    threadgroup_barrier(mem_flags::mem_threadgroup | mem_flags::mem_device);
                    device uint* swapped = from;
                    from = to;
                    to = swapped;
                }
            }
            """;

    private static final String FFT = """
            struct Complex {
                float re, im;
            };
            Complex operator+(Complex a, Complex b) { return {a.re + b.re, a.im + b.im}; }
            Complex operator-(Complex a, Complex b) { return {a.re - b.re, a.im - b.im}; }
            Complex operator*(Complex a, Complex b) { return {a.re * b.re - a.im * b.im, a.re * b.im + a.im * b.re}; }
            template <int radix> void butterfly(thread Complex (&x)[radix]);
            template <> void butterfly(thread Complex (&x)[2]) {
                Complex t = x[1];
                x[1] = x[0] - t;
                x[0] = x[0] + t;
            }
            kernel void fft(device float2* data [[buffer(0)]], uint i [[thread_index_in_threadgroup]],
                            uint half_n [[threads_per_threadgroup]]) {
                threadgroup Complex tile[128];
                const uint n = half_n * 2, bits = 31 - clz(n);
                for (uint k : {i, i + half_n}) {
                    uint reversed = reverse_bits(k) >> (32 - bits);
                    tile[reversed] = {data[k].x, data[k].y};
                }
                threadgroup_barrier(mem_flags::mem_threadgroup);
                for (uint length = 1; length < n; length *= 2) {
                    uint j = i % length, at = i / length * 2 * length + j;
                    float angle = -M_PI_F * j / length, c, s = precise::sin(angle);
                    c = precise::cos(angle);
                    Complex x[2] = {tile[at], tile[at + length] * Complex{c, s}};
                    butterfly<2>(x);
                    tile[at] = x[0];
                    tile[at + length] = x[1];
                    threadgroup_barrier(mem_flags::mem_threadgroup);
                }
                for (uint k = i; k < n; k += half_n) data[k] = float2(tile[k].re, tile[k].im);
            }
            """;

    private static final String IMAGES = """
            struct Size { uint width, height; };

            template <typename T, int R, typename F> T folded(device const T* image, int2 at, Size size, F fold) {
                T result = 0;
                for (int dy = -R; dy <= R; dy++) {
                    for (int dx = -R; dx <= R; dx++) {
                        int2 p = clamp(at + int2(dx, dy), int2(0), int2(size.width, size.height) - 1);
                        result = fold(result, image[p.y * int(size.width) + p.x], dx, dy);
                    }
                }
                return result;
            }
            struct Blur {
                constant float* weights;
                float operator()(float sum, float pixel, int dx, int dy) const {
                    return fma(weights[(dy + 1) * 3 + dx + 1], pixel, sum);
                }
            };
            struct Highest {
                float operator()(float best, float pixel, int, int) const { return max(best, pixel); }
            };
            kernel void convolve(device const float* image [[buffer(0)]], device float* out [[buffer(1)]],
                                 constant float* weights [[buffer(2)]], constant Size& size [[buffer(3)]],
                                 uint2 gid [[thread_position_in_grid]]) {
                out[gid.y * size.width + gid.x] = folded<float, 1>(image, int2(gid), size, Blur{weights});
            }
            kernel void dilate(device const float* image [[buffer(0)]], device float* out [[buffer(1)]],
                               constant float* weights [[buffer(2)]], constant Size& size [[buffer(3)]],
                               uint2 gid [[thread_position_in_grid]]) {
                out[gid.y * size.width + gid.x] = folded<float, 2>(image, int2(gid), size, Highest());
            }
            kernel void life(device const uint* cells [[buffer(0)]], device uint* next [[buffer(1)]],
                             constant float* unused [[buffer(2)]], constant Size& size [[buffer(3)]],
                             uint2 gid [[thread_position_in_grid]]) {
                uint neighbours = 0;
                for (uint dy = size.height - 1; dy <= size.height + 1; dy++)
                    for (uint dx = size.width - 1; dx <= size.width + 1; dx++)
                        if (dx != size.width || dy != size.height)
                            neighbours += cells[(gid.y + dy) % size.height * size.width + (gid.x + dx) % size.width];
                const uint at = gid.y * size.width + gid.x;
                next[at] = neighbours == 3 || (neighbours == 2 && cells[at]) ? 1 : 0;
            }
            """;

    private static final String INDEXED = """
            kernel void histogram(device const uchar* pixels [[buffer(0)]], device atomic_uint* bins [[buffer(1)]],
                                  uint i [[thread_position_in_grid]], uint l [[thread_index_in_threadgroup]],
                                  uint n [[threads_per_threadgroup]]) {
                threadgroup atomic_uint local_bins[256];
                for (uint b = l; b < 256; b += n) atomic_store_explicit(&local_bins[b], 0, memory_order_relaxed);
                threadgroup_barrier(mem_flags::mem_threadgroup);
                atomic_fetch_add_explicit(&local_bins[pixels[i]], 1, memory_order_relaxed);
                threadgroup_barrier(mem_flags::mem_threadgroup);
                for (uint b = l; b < 256; b += n) {
                    uint count = atomic_load_explicit(&local_bins[b], memory_order_relaxed);
                    if (count) atomic_fetch_add_explicit(&bins[b], count, memory_order_relaxed);
                }
            }

            struct Sum { template <typename T> T operator()(T a, T b) const { return a + b; } };
            struct Assign { template <typename T> T operator()(T, T b) const { return b; } };

            template <typename T, typename I, typename Op, int ROW>
            [[kernel]] void gather_scatter(device const T* source [[buffer(0)]], device T* target [[buffer(1)]],
                                           constant I* indices [[buffer(2)]], constant int2& strides [[buffer(3)]],
                                           uint2 gid [[thread_position_in_grid]]) {
                const long from = long(indices[gid.y]) * strides.x + gid.x;
                device T& place = target[gid.y * ROW + gid.x * strides.y];
                place = Op()(place, source[from]);
            }
            #define INSTANTIATE(name, T, I, Op, ROW)                  \\
                template [[host_name(name)]] [[kernel]] decltype(gather_scatter<T, I, Op, ROW>) \\
                gather_scatter<T, I, Op, ROW>;
            INSTANTIATE("gather_sum_f32_i32", float, int, Sum, 8)
            INSTANTIATE("gather_assign_i32_u32", int, uint, Assign, 8)
            """;

    private static int[] bits(float[] values) {
        return IntStream.range(0, values.length)
                .map(i -> Float.floatToRawIntBits(values[i]))
                .toArray();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aBitonicSortOfEachThreadgroup(boolean fast) {
        var data = new Random(11).ints(4 * 256).toArray();
        var expected = data.clone();
        for (int g = 0; g < 4; g++) {
            Arrays.sort(expected, 256 * g, 256 * (g + 1));
        }
        new ProgramRun(SORTS, fast).run("bitonic", 1024, 256, data);
        assertThat(data).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aRadixSortByOneThreadgroup(boolean fast) {
        var keys = new Random(12).ints(1000).toArray();
        var expected = keys.clone();
        for (int i = 0; i < expected.length; i++) {
            expected[i] ^= Integer.MIN_VALUE;
        }
        Arrays.sort(expected);
        for (int i = 0; i < expected.length; i++) {
            expected[i] ^= Integer.MIN_VALUE;
        }
        new ProgramRun(SORTS, fast).run("radix", 32, 32, keys, new int[1000], new int[] {1000});
        assertThat(keys).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aFourierTransform(boolean fast) {
        int n = 128;
        var random = new Random(13);
        var values = new float[2 * n];
        for (int i = 0; i < values.length; i++) {
            values[i] = random.nextFloat() - 0.5f;
        }
        var data = bits(values);
        new ProgramRun(FFT, fast).run("fft", n / 2, n / 2, data);
        for (int k = 0; k < n; k++) {
            double re = 0;
            double im = 0;
            for (int j = 0; j < n; j++) {
                double angle = -2 * Math.PI * j * k / n;
                re += values[2 * j] * Math.cos(angle) - values[2 * j + 1] * Math.sin(angle);
                im += values[2 * j] * Math.sin(angle) + values[2 * j + 1] * Math.cos(angle);
            }
            assertThat((double) Float.intBitsToFloat(data[2 * k])).isCloseTo(re, within(1e-4));
            assertThat((double) Float.intBitsToFloat(data[2 * k + 1])).isCloseTo(im, within(1e-4));
        }
    }

    private static int at(int[] image, int x, int y, int width, int height) {
        return image[Math.clamp(y, 0, height - 1) * width + Math.clamp(x, 0, width - 1)];
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void filtersOverImagesInBuffers(boolean fast) {
        int width = 37;
        int height = 21;
        var random = new Random(14);
        var image = bits(random.doubles(width * height).mapToObj(d -> (float) d).toList());
        var weights = bits(new float[] {0.1f, 0.2f, 0.1f, -0.3f, 1.5f, 0.3f, 0.05f, 0.7f, -0.2f});
        for (var kernel : new String[] {"convolve", "dilate"}) {
            var out = new int[image.length];
            new ProgramRun(IMAGES, fast)
                    .run(kernel, new Extent(width, height, 1), new Extent(8, 4, 1), image, out, weights, new int[] {
                        width, height
                    });
            int radius = kernel.equals("convolve") ? 1 : 2;
            for (int i = 0; i < out.length; i++) {
                assertThat(Float.intBitsToFloat(out[i]))
                        .as("%s at %d", kernel, i)
                        .isEqualTo(filtered(image, weights, i % width, i / width, radius));
            }
        }
    }

    /** The convolution of radius 1, or the maximum of radius 2, at a pixel of the image of 37 by 21. */
    private static float filtered(int[] image, int[] weights, int x, int y, int radius) {
        int side = 2 * radius + 1;
        float result = 0;
        for (int i = 0; i < side * side; i++) {
            float pixel = Float.intBitsToFloat(at(image, x + i % side - radius, y + i / side - radius, 37, 21));
            result = radius == 1 ? Math.fma(Float.intBitsToFloat(weights[i]), pixel, result) : Math.max(result, pixel);
        }
        return result;
    }

    private static int[] bits(List<Float> values) {
        return values.stream().mapToInt(Float::floatToRawIntBits).toArray();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void conwaysGameOnATorus(boolean fast) {
        int width = 19;
        int height = 13;
        var cells = new Random(15).ints((long) width * height, 0, 2).toArray();
        var next = new int[cells.length];
        var sizes = new int[] {width, height};
        for (int step = 0; step < 4; step++) {
            var before = cells.clone();
            new ProgramRun(IMAGES, fast)
                    .run("life", new Extent(width, height, 1), new Extent(4, 4, 1), cells, next, new int[1], sizes);
            for (int i = 0; i < next.length; i++) {
                int alive = 0;
                for (int k = 0; k < 9; k++) {
                    int x = Math.floorMod(i % width + k % 3 - 1, width);
                    int y = Math.floorMod(i / width + k / 3 - 1, height);
                    alive += k == 4 ? 0 : before[y * width + x];
                }
                assertThat(next[i]).isEqualTo(alive == 3 || alive == 2 && before[i] == 1 ? 1 : 0);
            }
            cells = next.clone();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aHistogramOfBytes(boolean fast) {
        int words = 500;
        var pixels = new Random(16).ints(words).map(i -> i & 0x3f3f7fff).toArray();
        var expected = new int[256];
        for (int i = 0; i < 4 * words; i++) {
            expected[pixels[i / 4] >>> 8 * (i % 4) & 0xff]++;
        }
        var bins = new int[256];
        new ProgramRun(INDEXED, fast).run("histogram", 4 * words, 64, pixels, bins);
        assertThat(bins).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void gathersOfTemplatesWithHostNames(boolean fast) {
        var random = new Random(17);
        var source = bits(random.doubles(64).mapToObj(d -> (float) d).toList());
        var indices = random.ints(8, 0, 8).toArray();
        var target = new int[64];
        Arrays.fill(target, Float.floatToRawIntBits(1));
        var assigned = new int[64];
        var grid = new Extent(8, 8, 1);
        var run = new ProgramRun(INDEXED, fast);
        run.run("gather_sum_f32_i32", grid, new Extent(8, 1, 1), source, target, indices, new int[] {8, 1});
        run.run("gather_assign_i32_u32", grid, new Extent(8, 1, 1), source, assigned, indices, new int[] {8, 1});
        for (int i = 0; i < 64; i++) {
            int from = indices[i / 8] * 8 + i % 8;
            assertThat(Float.intBitsToFloat(target[i])).isEqualTo(1 + Float.intBitsToFloat(source[from]));
            assertThat(assigned[i]).isEqualTo(source[from]);
        }
    }
}
