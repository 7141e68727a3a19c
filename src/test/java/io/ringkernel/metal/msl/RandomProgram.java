package io.ringkernel.metal.msl;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** A random program over four uint variables, an array of eight, the thread's input and its position. */
final class RandomProgram {
    private static final int VARIABLES = 4;
    private static final int ELEMENTS = 8;

    /** The state of one thread. */
    private static final class State {
        private final int[] variables = new int[VARIABLES];
        private final int[] array = new int[ELEMENTS];
        private int input;
        private int thread;
        private boolean breaks;
    }

    private interface Value {
        int of(State state);
    }

    private interface Action {
        void run(State state);
    }

    private record Expression(String text, Value value) {}

    private record Statement(String text, Action action) {}

    private final SplittableRandom random;
    private final List<Statement> statements = new ArrayList<>();
    private boolean barriers;

    private RandomProgram(SplittableRandom random) {
        this.random = random;
    }

    static RandomProgram of(SplittableRandom random, int statementCount) {
        var program = new RandomProgram(random);
        for (int i = 0; i < statementCount; i++) {
            program.statements.add(program.statement(2, false));
        }
        return program;
    }

    /** The same with a barrier after each top-level statement. */
    RandomProgram withBarriers() {
        barriers = true;
        return this;
    }

    String source() {
        var text = new StringBuilder("""
                static uint mix(uint a, uint b) { if ((a & 1) != 0) return a * 31 + b; return b ^ (a >> 3); }
                static void bump(thread uint& x, uint y) { x += y; if (x % 5 == 0) x ^= 0x55; }
                kernel void k(device const uint* in [[buffer(0)]], device uint* out [[buffer(1)]],
                              uint gid [[thread_position_in_grid]]) {
                    uint input = in[gid], v0 = 1, v1 = input, v2 = gid, v3 = 7;
                    uint a[8] = {0, 0, 0, 0, 0, 0, 0, 0};
                """);
        for (var statement : statements) {
            text.append("    ").append(statement.text).append('\n');
            if (barriers) {
                text.append("    threadgroup_barrier(mem_flags::mem_none);\n");
            }
        }
        return text.append("    out[gid] = v0 ^ v1 * 3 ^ v2 * 5 ^ v3 * 7 ^ a[0] ^ a[3] ^ a[7];\n}\n")
                .toString();
    }

    int evaluate(int input, int thread) {
        var state = new State();
        state.input = input;
        state.thread = thread;
        state.variables[0] = 1;
        state.variables[1] = input;
        state.variables[2] = thread;
        state.variables[3] = 7;
        statements.forEach(s -> s.action.run(state));
        var v = state.variables;
        return v[0] ^ v[1] * 3 ^ v[2] * 5 ^ v[3] * 7 ^ state.array[0] ^ state.array[3] ^ state.array[7];
    }

    private Statement statement(int depth, boolean inLoop) {
        return switch (random.nextInt(depth > 0 ? 9 : 5)) {
            case 0 -> {
                var index = expression(1);
                var value = expression(2);
                yield new Statement(
                        "a[(" + index.text + ") % 8] = " + value.text + ";",
                        s -> s.array[Integer.remainderUnsigned(index.value.of(s), ELEMENTS)] = value.value.of(s));
            }
            case 1 -> bump();
            case 2 -> inLoop ? leave() : assignment();
            case 5, 6 -> branch(depth, inLoop);
            case 7 -> loop(depth);
            default -> assignment();
        };
    }

    private Statement assignment() {
        var target = random.nextInt(VARIABLES);
        var value = expression(3);
        if (random.nextBoolean()) {
            return new Statement("v" + target + " = " + value.text + ";", s -> s.variables[target] = value.value.of(s));
        }
        return new Statement("v" + target + " += " + value.text + ";", s -> {
            var old = s.variables[target];
            s.variables[target] = old + value.value.of(s);
        });
    }

    private Statement bump() {
        var target = random.nextInt(VARIABLES);
        var value = expression(2);
        return new Statement("bump(v" + target + ", " + value.text + ");", s -> {
            var x = s.variables[target] + value.value.of(s);
            s.variables[target] = Integer.remainderUnsigned(x, 5) == 0 ? x ^ 0x55 : x;
        });
    }

    private Statement leave() {
        var condition = condition();
        return new Statement("if (" + condition.text + ") break;", s -> s.breaks |= condition.value.of(s) != 0);
    }

    private Statement branch(int depth, boolean inLoop) {
        var condition = condition();
        var then = block(depth - 1, inLoop);
        var other = block(depth - 1, inLoop);
        return new Statement(
                "if (" + condition.text + ") { " + then.text + " } else { " + other.text + " }",
                s -> (condition.value.of(s) != 0 ? then : other).action.run(s));
    }

    private Statement loop(int depth) {
        var count = expression(1);
        var body = block(depth - 1, true);
        var name = "i" + random.nextInt(1_000_000);
        return new Statement(
                "for (uint " + name + " = 0, n = (" + count.text + ") % 6; " + name + " < n; " + name + "++) { "
                        + body.text + " }",
                s -> {
                    var n = Integer.remainderUnsigned(count.value.of(s), 6);
                    for (int i = 0; i < n && !s.breaks; i++) {
                        body.action.run(s);
                    }
                    s.breaks = false;
                });
    }

    private Statement block(int depth, boolean inLoop) {
        var parts = new ArrayList<Statement>();
        for (int i = random.nextInt(3); i >= 0; i--) {
            parts.add(statement(depth, inLoop));
        }
        return new Statement(
                String.join(" ", parts.stream().map(Statement::text).toList()), s -> {
                    for (var part : parts) {
                        if (!s.breaks) {
                            part.action.run(s);
                        }
                    }
                });
    }

    private Expression condition() {
        var left = expression(2);
        var right = expression(1);
        return switch (random.nextInt(4)) {
            case 0 ->
                new Expression(
                        left.text + " < " + right.text,
                        s -> Integer.compareUnsigned(left.value.of(s), right.value.of(s)) < 0 ? 1 : 0);
            case 1 ->
                new Expression(
                        "int(" + left.text + ") <= int(" + right.text + ")",
                        s -> left.value.of(s) <= right.value.of(s) ? 1 : 0);
            case 2 ->
                new Expression(
                        "(" + left.text + " & 3) == 1 || " + right.text + " > 100",
                        s -> (left.value.of(s) & 3) == 1 || Integer.compareUnsigned(right.value.of(s), 100) > 0
                                ? 1
                                : 0);
            default ->
                new Expression(
                        "!(" + left.text + " % 3 != 0 && " + right.text + " % 2 == 0)",
                        s -> Integer.remainderUnsigned(left.value.of(s), 3) != 0
                                        && Integer.remainderUnsigned(right.value.of(s), 2) == 0
                                ? 0
                                : 1);
        };
    }

    private Expression expression(int depth) {
        if (depth == 0) {
            return leaf();
        }
        var left = expression(depth - 1);
        var right = expression(depth - 1);
        return switch (random.nextInt(13)) {
            case 0, 1 -> binary(left, "+", right, s -> left.value.of(s) + right.value.of(s));
            case 2 -> binary(left, "-", right, s -> left.value.of(s) - right.value.of(s));
            case 3 -> binary(left, "*", right, s -> left.value.of(s) * right.value.of(s));
            case 4 ->
                binary(
                        left,
                        "/",
                        new Expression("(" + right.text + " | 1)", s -> right.value.of(s) | 1),
                        s -> Integer.divideUnsigned(left.value.of(s), right.value.of(s) | 1));
            case 5 -> binary(left, "^", right, s -> left.value.of(s) ^ right.value.of(s));
            case 6 -> binary(left, "<<", right, s -> left.value.of(s) << right.value.of(s));
            case 7 -> binary(left, ">>", right, s -> left.value.of(s) >>> right.value.of(s));
            case 8 ->
                new Expression(
                        "uint(int(" + left.text + ") >> (" + right.text + " & 31))",
                        s -> left.value.of(s) >> right.value.of(s));
            case 9 ->
                new Expression("mix(" + left.text + ", " + right.text + ")", s -> {
                    var a = left.value.of(s);
                    var b = right.value.of(s);
                    return (a & 1) != 0 ? a * 31 + b : b ^ a >>> 3;
                });
            case 10 ->
                new Expression(
                        "uint(uchar(" + left.text + ") + short(" + right.text + "))",
                        s -> (left.value.of(s) & 0xff) + (short) right.value.of(s));
            case 11 -> {
                var condition = condition();
                yield new Expression(
                        "(" + condition.text + " ? " + left.text + " : " + right.text + ")",
                        s -> condition.value.of(s) != 0 ? left.value.of(s) : right.value.of(s));
            }
            default ->
                new Expression(
                        "min(" + left.text + ", " + right.text + ")",
                        s -> Integer.compareUnsigned(left.value.of(s), right.value.of(s)) <= 0
                                ? left.value.of(s)
                                : right.value.of(s));
        };
    }

    private static Expression binary(Expression left, String operator, Expression right, Value value) {
        return new Expression("(" + left.text + " " + operator + " " + right.text + ")", value);
    }

    private Expression leaf() {
        var variable = random.nextInt(VARIABLES);
        return switch (random.nextInt(6)) {
            case 0 -> {
                var constant = random.nextInt(200);
                yield new Expression(constant + "u", s -> constant);
            }
            case 1 -> new Expression("input", s -> s.input);
            case 2 -> new Expression("gid", s -> s.thread);
            case 3 -> new Expression("a[v" + variable + " & 7]", s -> s.array[s.variables[variable] & 7]);
            default -> new Expression("v" + variable, s -> s.variables[variable]);
        };
    }
}
