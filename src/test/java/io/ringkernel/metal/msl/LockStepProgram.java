package io.ringkernel.metal.msl;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntBinaryOperator;
import java.util.stream.IntStream;

/**
 * A random program of one threadgroup: barriers where all threads are, SIMD-group functions anywhere, branches and
 * loops on conditions that threads share and on others. The interpreter keeps a mask of running threads.
 */
final class LockStepProgram {
    static final int THREADS = 40;

    private static final int SIMD_WIDTH = 32;
    private static final int VARIABLES = 3;

    /** All threads' variables, one uniform variable per nested loop, and which threads have left what. */
    private static final class State {
        private final int[][] variables = new int[VARIABLES][THREADS];
        private final int[] shared = new int[THREADS];
        private boolean[] broken = new boolean[THREADS];
        private boolean[] continued = new boolean[THREADS];
    }

    private interface Value {
        int[] of(State state, boolean[] running);
    }

    private interface Action {
        void run(State state, boolean[] running);
    }

    private record Expression(String text, Value value) {}

    private record Statement(String text, Action action) {}

    private final SplittableRandom random;
    private final List<Statement> statements = new ArrayList<>();
    private int loops;

    private LockStepProgram(SplittableRandom random) {
        this.random = random;
    }

    static LockStepProgram of(SplittableRandom random, int count) {
        var program = new LockStepProgram(random);
        for (int i = 0; i < count; i++) {
            program.statements.add(program.statement(3, true, false));
        }
        return program;
    }

    String source() {
        var text = new StringBuilder("""
                static uint vote(uint a) {
                    if ((a & 1) != 0) return simd_sum(a & 15);
                    if (a % 3 == 0) { a += 5; return a; }
                    return simd_max(a) ^ a;
                }
                kernel void k(device uint* out [[buffer(0)]], constant uint& three [[buffer(1)]],
                              uint lid [[thread_index_in_threadgroup]]) {
                    threadgroup uint s[40];
                    uint v0 = lid * 7 + 1, v1 = lid, v2 = 5;
                """);
        statements.forEach(s -> text.append("    ").append(s.text).append('\n'));
        return text.append("    out[lid] = v0 ^ v1 * 3 ^ v2 * 5;\n}\n").toString();
    }

    int[] evaluate() {
        var state = new State();
        var all = new boolean[THREADS];
        for (int i = 0; i < THREADS; i++) {
            all[i] = true;
            state.variables[0][i] = i * 7 + 1;
            state.variables[1][i] = i;
            state.variables[2][i] = 5;
        }
        statements.forEach(s -> s.action.run(state, all));
        var v = state.variables;
        var out = new int[THREADS];
        for (int i = 0; i < THREADS; i++) {
            out[i] = v[0][i] ^ v[1][i] * 3 ^ v[2][i] * 5;
        }
        return out;
    }

    /**
     * {@code together}: all threads run; {@code inLoop}: the innermost loop is one that threads leave by themselves.
     */
    private Statement statement(int depth, boolean together, boolean inLoop) {
        if (depth == 0) {
            return random.nextInt(4) == 0 && inLoop ? leave() : assignment();
        }
        return switch (random.nextInt(together ? 9 : 7)) {
            case 0, 1 -> branch(depth, inLoop);
            case 2 -> divergentLoop(depth);
            case 3 -> select(depth);
            case 4 -> inLoop ? leave() : assignment();
            case 7 -> exchange();
            case 8 -> uniformLoop(depth);
            default -> assignment();
        };
    }

    private Statement assignment() {
        var target = random.nextInt(VARIABLES);
        var value = expression(2);
        return new Statement("v" + target + " = " + value.text + ";", (state, running) -> {
            var values = value.value.of(state, running);
            assign(state.variables[target], values, running);
        });
    }

    private static void assign(int[] target, int[] values, boolean[] running) {
        for (int i = 0; i < THREADS; i++) {
            if (running[i]) {
                target[i] = values[i];
            }
        }
    }

    private Statement exchange() {
        var value = expression(1);
        var target = random.nextInt(VARIABLES);
        var distance = random.nextInt(THREADS);
        var text = "s[lid] = %s; threadgroup_barrier(mem_flags::mem_threadgroup); v%d = s[(lid + %d) %% 40]; "
                + "threadgroup_barrier(mem_flags::mem_threadgroup);";
        return new Statement(text.formatted(value.text, target, distance), (state, running) -> {
            assign(state.shared, value.value.of(state, running), running);
            for (int i = 0; i < THREADS; i++) {
                state.variables[target][i] = state.shared[(i + distance) % THREADS];
            }
        });
    }

    private Statement leave() {
        var condition = expression(1);
        var isBreak = random.nextBoolean();
        var text = "if (%s %% 3 == 0) { %s; }".formatted(condition.text, isBreak ? "break" : "continue");
        return new Statement(text, (state, running) -> {
            var values = condition.value.of(state, running);
            for (int i = 0; i < THREADS; i++) {
                if (running[i] && Integer.remainderUnsigned(values[i], 3) == 0) {
                    (isBreak ? state.broken : state.continued)[i] = true;
                }
            }
        });
    }

    private Statement branch(int depth, boolean inLoop) {
        var condition = expression(1);
        var then = block(depth - 1, inLoop);
        var other = block(depth - 1, inLoop);
        var text = "if ((%s & 2) == 0) { %s } else { %s }".formatted(condition.text, then.text, other.text);
        return new Statement(text, (state, running) -> {
            var values = condition.value.of(state, running);
            var takes = new boolean[THREADS];
            var rest = new boolean[THREADS];
            for (int i = 0; i < THREADS; i++) {
                takes[i] = running[i] && (values[i] & 2) == 0;
                rest[i] = running[i] && !takes[i];
            }
            then.action.run(state, takes);
            other.action.run(state, rest);
        });
    }

    private Statement select(int depth) {
        var selector = expression(1);
        var first = assignment();
        var second = block(depth - 1, false);
        var third = assignment();
        var text = "switch (%s %% 4) { case 0: %s case 1: { %s } break; default: %s }"
                .formatted(selector.text, first.text, second.text, third.text);
        return new Statement(text, (state, running) -> {
            var values = selector.value.of(state, running);
            var zero = new boolean[THREADS];
            var one = new boolean[THREADS];
            var more = new boolean[THREADS];
            for (int i = 0; i < THREADS; i++) {
                var choice = Integer.remainderUnsigned(values[i], 4);
                zero[i] = running[i] && choice == 0;
                one[i] = running[i] && choice <= 1;
                more[i] = running[i] && choice > 1;
            }
            first.action.run(state, zero);
            second.action.run(state, one);
            third.action.run(state, more);
        });
    }

    private Statement divergentLoop(int depth) {
        var bound = expression(1);
        var body = block(depth - 1, true);
        var name = "n" + loops++;
        var text = "for (uint %1$s = 0; %1$s < (%2$s) %% 4; %1$s++) { %3$s }".formatted(name, bound.text, body.text);
        return new Statement(text, (state, running) -> {
            var outerBroken = state.broken;
            var outerContinued = state.continued;
            state.broken = new boolean[THREADS];
            var inside = running.clone();
            for (int n = 0; any(inside); n++) {
                state.continued = new boolean[THREADS];
                var bounds = bound.value.of(state, inside);
                for (int i = 0; i < THREADS; i++) {
                    inside[i] &= n < Integer.remainderUnsigned(bounds[i], 4);
                }
                body.action.run(state, inside);
                for (int i = 0; i < THREADS; i++) {
                    inside[i] &= !state.broken[i];
                }
            }
            state.broken = outerBroken;
            state.continued = outerContinued;
        });
    }

    private static boolean any(boolean[] mask) {
        for (var bit : mask) {
            if (bit) {
                return true;
            }
        }
        return false;
    }

    private Statement uniformLoop(int depth) {
        var count = 1 + random.nextInt(3);
        var name = "u" + loops++;
        var body = statement(depth - 1, true, false);
        var more = statement(depth - 1, true, false);
        var leaves = random.nextBoolean();
        var text = "for (uint %1$s = 0; %1$s < three; %1$s++) { %2$s if (%1$s == %3$d) %4$s; v2 += %1$s; %5$s }"
                .formatted(name, body.text, count, leaves ? "break" : "continue", more.text);
        return new Statement(text, (state, running) -> {
            for (int u = 0; u < 3; u++) {
                body.action.run(state, running);
                if (u == count && leaves) {
                    break;
                }
                if (u != count) {
                    for (int i = 0; i < THREADS; i++) {
                        state.variables[2][i] += u;
                    }
                    more.action.run(state, running);
                }
            }
        });
    }

    /** Statements one after the other; a thread that left the loop does not run the rest. */
    private Statement block(int depth, boolean inLoop) {
        var parts = new ArrayList<Statement>();
        for (int i = random.nextInt(3); i >= 0; i--) {
            parts.add(statement(Math.max(0, depth), false, inLoop));
        }
        return new Statement(
                String.join(" ", parts.stream().map(Statement::text).toList()), (state, running) -> {
                    for (var part : parts) {
                        var left = running.clone();
                        for (int i = 0; i < THREADS; i++) {
                            left[i] &= !inLoop || !state.broken[i] && !state.continued[i];
                        }
                        part.action.run(state, left);
                    }
                });
    }

    private Expression expression(int depth) {
        if (depth == 0) {
            return leaf();
        }
        var left = expression(depth - 1);
        var right = expression(depth - 1);
        return switch (random.nextInt(9)) {
            case 0 -> reduction("simd_sum", left, Integer::sum);
            case 1 -> reduction("simd_min", left, (a, b) -> Integer.compareUnsigned(a, b) <= 0 ? a : b);
            case 2 -> reduction("simd_xor", left, (a, b) -> a ^ b);
            case 3 -> vote(left);
            case 4 -> conditional(left, right);
            case 5 -> binary(left, "*", right, (a, b) -> a * b);
            case 6 -> binary(left, "^", right, (a, b) -> a ^ b);
            default -> binary(left, "+", right, Integer::sum);
        };
    }

    private static Expression binary(Expression left, String operator, Expression right, IntBinaryOperator function) {
        return new Expression("(" + left.text + " " + operator + " " + right.text + ")", (state, running) -> {
            var a = left.value.of(state, running);
            var b = right.value.of(state, running);
            var result = new int[THREADS];
            for (int i = 0; i < THREADS; i++) {
                result[i] = function.applyAsInt(a[i], b[i]);
            }
            return result;
        });
    }

    private static Expression reduction(String name, Expression operand, IntBinaryOperator function) {
        return new Expression(
                name + "(" + operand.text + ")",
                (state, running) -> reduce(operand.value.of(state, running), running, function));
    }

    private static int[] reduce(int[] values, boolean[] running, IntBinaryOperator function) {
        var result = new int[THREADS];
        for (int i = 0; i < THREADS; i++) {
            var from = i / SIMD_WIDTH * SIMD_WIDTH;
            var isFirst = true;
            for (int k = from; k < Math.min(THREADS, from + SIMD_WIDTH); k++) {
                if (running[k]) {
                    result[i] = isFirst ? values[k] : function.applyAsInt(result[i], values[k]);
                    isFirst = false;
                }
            }
        }
        return result;
    }

    /** The function of that name in the source: some threads return early. */
    private static Expression vote(Expression operand) {
        return new Expression("vote(" + operand.text + ")", (state, running) -> {
            var a = operand.value.of(state, running);
            var odd = new boolean[THREADS];
            var last = new boolean[THREADS];
            var low = new int[THREADS];
            for (int i = 0; i < THREADS; i++) {
                odd[i] = running[i] && (a[i] & 1) != 0;
                last[i] = running[i] && !odd[i] && Integer.remainderUnsigned(a[i], 3) != 0;
                low[i] = a[i] & 15;
            }
            var sums = reduce(low, odd, Integer::sum);
            var greatest = reduce(a, last, (x, y) -> Integer.compareUnsigned(x, y) >= 0 ? x : y);
            var result = new int[THREADS];
            for (int i = 0; i < THREADS; i++) {
                result[i] = odd[i] ? sums[i] : last[i] ? greatest[i] ^ a[i] : a[i] + 5;
            }
            return result;
        });
    }

    private Expression conditional(Expression left, Expression right) {
        var bit = random.nextInt(4);
        var text = "((lid >> %d & 1) != 0 ? %s : %s)".formatted(bit, left.text, right.text);
        return new Expression(text, (state, running) -> {
            var takes = new boolean[THREADS];
            var rest = new boolean[THREADS];
            for (int i = 0; i < THREADS; i++) {
                takes[i] = running[i] && (i >> bit & 1) != 0;
                rest[i] = running[i] && !takes[i];
            }
            var a = left.value.of(state, takes);
            var b = right.value.of(state, rest);
            var result = new int[THREADS];
            for (int i = 0; i < THREADS; i++) {
                result[i] = takes[i] ? a[i] : b[i];
            }
            return result;
        });
    }

    private Expression leaf() {
        var variable = random.nextInt(VARIABLES);
        var constant = random.nextInt(50);
        return switch (random.nextInt(5)) {
            case 0 ->
                new Expression(constant + "u", (state, running) -> {
                    var result = new int[THREADS];
                    Arrays.fill(result, constant);
                    return result;
                });
            case 1 ->
                new Expression(
                        "lid", (state, running) -> IntStream.range(0, THREADS).toArray());
            default -> new Expression("v" + variable, (state, running) -> state.variables[variable].clone());
        };
    }
}
