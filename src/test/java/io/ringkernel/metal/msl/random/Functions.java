package io.ringkernel.metal.msl.random;

import java.util.SplittableRandom;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The functions of a program, in MSL and in Java: with references, pointers and structs, inlined and not, recursive.
 */
final class Functions {
    private static final int BIG_LINES = 16;

    private final SplittableRandom random;
    private final Objects objects;
    private final Expressions expressions;

    Functions(SplittableRandom random, Objects objects, Expressions expressions) {
        this.random = random;
        this.objects = objects;
        this.expressions = expressions;
    }

    static String source() {
        return """
                enum Kind { KA = -3, KB, KC = 40, KD = KC * 2 + 1 };
                struct Parameters { uint n; int mask; };
                struct S {
                    int x; uint y; float z; int e[4]; int2 p;
                    int get(int i) const { return abs(e[i & 3]) + x; }
                    void add(int v) { x += v; e[v & 3] ^= v; }
                    thread int& at(int i) { return e[i & 3]; }
                };
                static int tweak(thread int& x, int y) {
                    x += y;
                    if ((x & 3) == 0) { x ^= 0x55; return y; }
                    return abs(x) - y;
                }
                static int sum(thread const int* p, int n) {
                    int t = 0;
                    for (int i = 0; i < n; i++) t = t * 3 + min(p[i], 1000);
                    return t;
                }
                static int walk(thread S& s, int n) {
                    for (int i = 0; i < (n & 7); i++) {
                        s.e[i & 3] += s.x ^ i;
                        s.p[i & 1] -= abs(s.e[n & 3]);
                    }
                    return max(s.e[n & 3], s.p.x);
                }
                static S make(int x, S from) {
                    from.x = x;
                    from.e[x & 3] = abs(from.e[(x + 1) & 3]);
                    from.p = int2(x, from.e[0]);
                    return from;
                }
                static int take(device int* d, int v) { int old = *d; *d = old + v; return max(*d, old); }
                static int depth(thread int* p, int n) {
                    if (n <= 0) return *p;
                    *p += n;
                    return depth(p, n - 1) ^ n;
                }
                static int big(thread S* s, int v) {
                %s    return s->x ^ v;
                }
                """.formatted(IntStream.range(0, BIG_LINES)
                .mapToObj(k -> ("    s->e[(v + %1$d) & 3] += v * %1$d + abs(s->x); "
                                + "if (s->e[%1$d & 3] > %2$d) { s->x -= %1$d; }\n")
                        .formatted(k, k * 100))
                .collect(Collectors.joining()));
    }

    static int enumerator(String name) {
        return switch (name) {
            case "KA" -> -3;
            case "KB" -> -2;
            case "KC" -> 40;
            default -> 81;
        };
    }

    /** A call that changes nothing. */
    Term pure(Term argument) {
        return switch (random.nextInt(4)) {
            case 0 -> Term.of("sum(a, 8)", s -> sum(s, Objects.ARRAY, 8));
            case 1 -> {
                var struct = objects.struct();
                yield Term.of("sum(" + struct.text() + "e, 4)", s -> sum(s, struct.cellIn(s) + Objects.E, 4));
            }
            case 2 -> {
                var at = expressions.below(4);
                yield Term.of("sum(&a[" + at.text() + "], 3)", s -> sum(s, Objects.ARRAY + at.in(s), 3));
            }
            default -> {
                var struct = objects.struct();
                yield new Term(
                        struct.text() + "get(" + argument.text() + ")",
                        s -> {
                            var i = argument.in(s);
                            var first = struct.cellIn(s);
                            return Math.abs(s.cells[first + Objects.E + (i & 3)]) + s.cells[first + Objects.X];
                        },
                        argument.hasEffects());
            }
        };
    }

    private static int sum(ThreadState s, int first, int count) {
        var total = 0;
        for (int i = 0; i < count; i++) {
            total = total * 3 + Math.min(s.cells[first + i], 1000);
        }
        return total;
    }

    /** A call that changes an object. */
    Term call(Term argument) {
        var place = objects.addressable(expressions);
        var struct = objects.struct();
        var name = struct.text().startsWith("ps") ? "*ps" : struct.text().substring(0, 2);
        return switch (random.nextInt(5)) {
            case 0 ->
                effect("tweak(" + place.text() + ", " + argument.text() + ")", s -> {
                    var cell = place.cellIn(s);
                    return tweak(s, cell, argument.in(s));
                });
            case 1 ->
                effect("walk(" + name + ", " + argument.text() + ")", s -> {
                    var first = struct.cellIn(s);
                    return walk(s, first, argument.in(s));
                });
            case 2 -> {
                var at = expressions.below(Objects.OWN_SIZE);
                yield effect("take(&own[" + at.text() + "], " + argument.text() + ")", s -> {
                    var cell = Objects.OWN + at.in(s);
                    var value = argument.in(s);
                    var old = s.cells[cell];
                    s.cells[cell] = old + value;
                    return Math.max(s.cells[cell], old);
                });
            }
            case 3 ->
                effect("depth(&" + place.text() + ", " + argument.text() + " & 3)", s -> {
                    var cell = place.cellIn(s);
                    return depth(s, cell, argument.in(s) & 3);
                });
            default -> {
                var target = name.equals("*ps") ? "ps" : "&" + name;
                yield effect("big(" + target + ", " + argument.text() + ")", s -> {
                    var first = struct.cellIn(s);
                    return big(s, first, argument.in(s));
                });
            }
        };
    }

    private static Term effect(String text, ToIntFunction<ThreadState> value) {
        return new Term(text, value, true);
    }

    private static int tweak(ThreadState s, int cell, int y) {
        s.cells[cell] += y;
        if ((s.cells[cell] & 3) == 0) {
            s.cells[cell] ^= 0x55;
            return y;
        }
        return Math.abs(s.cells[cell]) - y;
    }

    private static int walk(ThreadState s, int first, int n) {
        for (int i = 0; i < (n & 7); i++) {
            s.cells[first + Objects.E + (i & 3)] += s.cells[first + Objects.X] ^ i;
            s.cells[first + Objects.P + (i & 1)] -= Math.abs(s.cells[first + Objects.E + (n & 3)]);
        }
        return Math.max(s.cells[first + Objects.E + (n & 3)], s.cells[first + Objects.P]);
    }

    private static int depth(ThreadState s, int cell, int n) {
        if (n <= 0) {
            return s.cells[cell];
        }
        s.cells[cell] += n;
        return depth(s, cell, n - 1) ^ n;
    }

    private static int big(ThreadState s, int first, int v) {
        for (int k = 0; k < BIG_LINES; k++) {
            s.cells[first + Objects.E + (v + k & 3)] += v * k + Math.abs(s.cells[first + Objects.X]);
            if (s.cells[first + Objects.E + (k & 3)] > k * 100) {
                s.cells[first + Objects.X] -= k;
            }
        }
        return s.cells[first + Objects.X] ^ v;
    }

    /** {@code make(x, from)} as the cells of its result. */
    static int[] make(int x, int[] from) {
        var made = from.clone();
        made[Objects.X] = x;
        made[Objects.E + (x & 3)] = Math.abs(made[Objects.E + (x + 1 & 3)]);
        made[Objects.P] = x;
        made[Objects.P + 1] = made[Objects.E];
        return made;
    }
}
