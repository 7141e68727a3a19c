package io.ringkernel.metal.msl;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A random kernel whose threads all go through the same nested loops: private variables of every scalar type live
 * across them, loads are of one address, of neighbours, of strides, or of anywhere. Buffers: 0 floats, 1 ints, both
 * {@link #ELEMENTS} long and only read; 2 floats and 3 ints, one per thread, written.
 */
final class RandomLoops {
    static final int WIDTH = 53;
    static final int ELEMENTS = 4096;

    private static final List<String> FLOATS = List.of("f0", "f1", "f2");
    private static final List<String> INTS = List.of("i0", "i1", "u0");

    private final SplittableRandom random;
    private final boolean onlyVectors;
    private final List<String> counters = new ArrayList<>();
    private int loops;

    private RandomLoops(SplittableRandom random, boolean onlyVectors) {
        this.random = random;
        this.onlyVectors = onlyVectors;
    }

    /** With {@code onlyVectors}, nothing stands in loops that processors have no vector instructions for. */
    static String source(long seed, boolean onlyVectors) {
        return new RandomLoops(new SplittableRandom(seed), onlyVectors).kernel();
    }

    private String kernel() {
        return """
                kernel void k(const device float* a [[buffer(0)]], const device int* b [[buffer(1)]],
                              device float* out [[buffer(2)]], device int* ints [[buffer(3)]],
                              constant uint& n [[buffer(4)]],
                              uint2 at [[thread_position_in_grid]], uint2 size [[threads_per_grid]]) {
                    %s
                    float f0 = a[at.x], f1 = a[at.x * 4 + 1], f2 = 0.25f;
                    int i0 = b[at.x], i1 = 3;
                    uint u0 = at.x;
                    long l0 = long(at.y) + 1;
                    half h0 = half(0.5f);
                    short s0 = short(at.x);
                    uchar c0 = uchar(7);
                    bool q0 = at.x > 9;
                    %s
                    uint place = at.y * size.x + at.x;
                    out[place] = f0 + f1 * 2.0f - f2 + %s;
                    ints[place] = i0 ^ i1 * 3 ^ int(u0) %s;
                }
                """.formatted(
                        random.nextBoolean() ? "if (at.x >= size.x - 2) return;" : "",
                        loops(2) + straight(1),
                        onlyVectors ? "0.5f" : "float(h0)",
                        onlyVectors ? "" : "^ int(l0) * 5 ^ int(s0) << 3 ^ int(c0) ^ (q0 ? 77 : 0)");
    }

    private String loops(int depth) {
        var counter = "k" + loops++;
        var count = random.nextInt(3) == 0 ? "n" : String.valueOf(1 + random.nextInt(9));
        counters.add(counter);
        var body = straight(2)
                + (depth > 1 && random.nextBoolean() ? loops(depth - 1) : "")
                + leave(counter)
                + straight(1);
        counters.removeLast();
        return switch (random.nextInt(3)) {
            case 0 -> "for (uint %1$s = 0; %1$s < %2$s; %1$s++) { %3$s }%n".formatted(counter, count, body);
            case 1 -> "for (int %1$s = 9; %1$s > 0; %1$s -= 2) { %2$s }%n".formatted(counter, body);
            default -> "{ uint %1$s = 0; do { %1$s++; %2$s } while (%1$s < 5u); }%n".formatted(counter, body);
        };
    }

    private String leave(String counter) {
        return switch (random.nextInt(onlyVectors ? 4 : 6)) {
            case 0 -> "if (%s == 4) break;%n".formatted(counter);
            case 1 -> "if (b[%s] > 50) continue;%n".formatted(counter);
            case 2 -> "if (n > %d) { %s } else { %s }%n".formatted(random.nextInt(9), straight(1), straight(1));
            case 4 -> "if (f0 > 8.0f) break;\n";
            case 5 -> "if (i0 > i1) { %s }%n".formatted(straight(1));
            default -> "";
        };
    }

    private String straight(int count) {
        return IntStream.range(0, count).mapToObj(_ -> assignment()).collect(Collectors.joining());
    }

    private String assignment() {
        return switch (random.nextInt(onlyVectors ? 6 : 11)) {
            case 0, 1, 2 -> {
                var target = pick(FLOATS);
                yield "%s = %s * 0.5f + %s;%n".formatted(target, target, floats(2));
            }
            case 3 -> "%s += %s;%n".formatted(pick(INTS), ints(2));
            case 4 -> "{ float t = %s; f1 = t * 0.25f + f2 * 0.5f; }%n".formatted(floats(2));
            case 5 -> "l0 += long(%s) & 0xffl;%n".formatted(onlyVectors ? "n" : ints(1));
            case 6 -> "h0 = h0 * half(0.5f) + half(%s & 15);%n".formatted(ints(1));
            case 7 -> "s0 += short(%s);%n".formatted(ints(1));
            case 8 -> "c0 ^= uchar(%s);%n".formatted(ints(1));
            case 9 -> "q0 = q0 != (%s > %s);%n".formatted(ints(1), ints(1));
            default -> "f2 = f2 > %s ? f2 * 0.5f : sin(f1);%n".formatted(floats(1));
        };
    }

    private String floats(int depth) {
        if (depth == 0) {
            return switch (random.nextInt(6)) {
                case 0 -> "a[%s]".formatted(index());
                case 1 -> "a[(at.y * 5 + %s) %% 64]".formatted(counter());
                case 2 -> "float(int(%s) & 31)".formatted(pick(INTS));
                case 3 -> random.nextInt(-8, 8) + ".5f";
                default -> pick(FLOATS);
            };
        }
        var left = floats(depth - 1);
        var right = floats(depth - 1);
        return switch (random.nextInt(6)) {
            case 0 -> "(%s - %s)".formatted(left, right);
            case 1 -> "(%s * 0.125f * %s)".formatted(left, right);
            case 2 -> "(%s / (fabs(%s) + 1.0f))".formatted(left, right);
            case 3 -> "sqrt(fabs(%s))".formatted(left);
            case 4 -> "fma(%s, 0.5f, %s)".formatted(left, right);
            default -> "(%s + %s)".formatted(left, right);
        };
    }

    private String ints(int depth) {
        if (depth == 0) {
            return switch (random.nextInt(6)) {
                case 0 -> "b[%s]".formatted(index());
                case 1 -> "int(%s)".formatted(counter());
                case 2 -> String.valueOf(random.nextInt(100));
                default -> "int(%s)".formatted(pick(INTS));
            };
        }
        var left = ints(depth - 1);
        var right = ints(depth - 1);
        return switch (random.nextInt(6)) {
            case 0 -> "(%s - %s)".formatted(left, right);
            case 1 -> "(%s * %s)".formatted(left, right);
            case 2 -> "(%s & %s)".formatted(left, right);
            case 3 -> "(%s ^ %s)".formatted(left, right);
            case 4 -> "(%s << %d)".formatted(left, random.nextInt(1, 5));
            default -> "(%s + %s)".formatted(left, right);
        };
    }

    /** Neighbours most of the time; the largest is below {@link #ELEMENTS} in a grid {@link #WIDTH} wide. */
    private String index() {
        return switch (random.nextInt(onlyVectors ? 4 : 7)) {
            case 0 -> "%s * size.x + at.x".formatted(counter());
            case 1 -> "at.x + %s + 1".formatted(counter());
            case 2 -> "(at.y + %s) * 64 + at.x".formatted(counter());
            case 3 -> "at.y * 7 + %s".formatted(counter());
            case 4 -> "at.x * 3 + %s".formatted(counter());
            case 5 -> "(u0 * 37 + %s) %% 4096u".formatted(counter());
            default -> "%s * 8 + 100 - at.x".formatted(counter());
        };
    }

    private String counter() {
        return counters.isEmpty() ? "n" : pick(counters);
    }

    private String pick(List<String> names) {
        return names.get(random.nextInt(names.size()));
    }
}
