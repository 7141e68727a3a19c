package io.ringkernel.metal.msl.random;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Random expressions: operators, library functions and calls over loads from objects of every kind. */
final class Expressions implements Objects.ToIndex {
    /** What {@code table} and {@code params} hold. */
    static final List<Integer> TABLE = List.of(3, -14, 15, 92, -65, 35, 8, -97);

    static final int PARAMETER = 5;
    static final int MASK = 11;

    private static final List<String> ENUMERATORS = List.of("KA", "KB", "KC", "KD");

    private final SplittableRandom random;
    private final Objects objects;
    private final Functions functions;
    private final List<Term> counters = new ArrayList<>();

    Expressions(SplittableRandom random, Objects objects) {
        this.random = random;
        this.objects = objects;
        functions = new Functions(random, objects, this);
    }

    void enterLoop(Term counter) {
        counters.add(counter);
    }

    void leaveLoop() {
        counters.removeLast();
    }

    @Override
    public Term below(int bound) {
        if (random.nextInt(4) == 0) {
            var constant = random.nextInt(bound);
            return Term.of(String.valueOf(constant), _ -> constant);
        }
        var index = random.nextBoolean() ? leaf(Kind.INT, true) : term(Kind.INT, 1, false);
        if (Integer.bitCount(bound) == 1) {
            return index.map("(%s & " + (bound - 1) + ")", i -> i & bound - 1);
        }
        return index.map("(uint(%s) %% " + bound + "u)", i -> Integer.remainderUnsigned(i, bound));
    }

    Term term(Kind kind, int depth, boolean mayHaveEffects) {
        if (depth == 0) {
            return leaf(kind, false);
        }
        return switch (kind) {
            case INT -> integer(depth, mayHaveEffects);
            case UINT -> unsigned(depth, mayHaveEffects);
            case FLOAT -> real(depth, mayHaveEffects);
        };
    }

    /** {@code isPlain}: without a subscript. */
    private Term leaf(Kind kind, boolean isPlain) {
        return switch (random.nextInt(8)) {
            case 0 -> constant(kind);
            case 1 -> given(kind);
            default ->
                isPlain ? variable(kind) : objects.any(kind, this::simpleIndex).load();
        };
    }

    /** Subscripts inside of subscripts are variables. */
    private Term simpleIndex(int bound) {
        return variable(Kind.INT).map("(uint(%s) %% " + bound + "u)", i -> Integer.remainderUnsigned(i, bound));
    }

    private Term variable(Kind kind) {
        if (kind == Kind.INT && !counters.isEmpty() && random.nextBoolean()) {
            return counters.get(random.nextInt(counters.size()));
        }
        var number = random.nextInt(2);
        var first = switch (kind) {
            case INT -> Objects.INTS;
            case UINT -> Objects.UINTS;
            case FLOAT -> Objects.FLOATS;
        };
        return Term.of(kind.type().charAt(0) + "" + number, s -> s.cells[first + number]);
    }

    private Term constant(Kind kind) {
        var number = random.nextInt(-40, 90);
        return switch (kind) {
            case INT -> Term.of("(" + number + ")", _ -> number);
            case UINT -> Term.of((number & 0xff) + "u", _ -> number & 0xff);
            case FLOAT -> Term.of("(" + number + ".25f)", _ -> bits(number < 0 ? number - 0.25f : number + 0.25f));
        };
    }

    /** What the program gets from outside. */
    private Term given(Kind kind) {
        return switch (kind) {
            case INT ->
                switch (random.nextInt(6)) {
                    case 0 -> Term.of("in[gid]", s -> s.input[s.thread]);
                    case 1 -> Term.of("in[0]", s -> s.input[0]);
                    case 2 -> {
                        var at = simpleIndex(TABLE.size());
                        yield at.map("table[%s]", TABLE::get);
                    }
                    case 3 -> {
                        var name = ENUMERATORS.get(random.nextInt(ENUMERATORS.size()));
                        yield Term.of(name, _ -> Functions.enumerator(name));
                    }
                    case 4 -> Term.of("int(k)", s -> s.cells[Objects.ENUM]);
                    default -> Term.of("int(lid)", s -> s.lane);
                };
            case UINT -> random.nextBoolean() ? Term.of("gid", s -> s.thread) : Term.of("params.n", _ -> PARAMETER);
            case FLOAT -> Term.of("float(gid & 0xffu)", s -> bits((float) (s.thread & 0xff)));
        };
    }

    private Term integer(int depth, boolean effects) {
        var left = term(Kind.INT, depth - 1, effects);
        var right = term(Kind.INT, depth - 1, effects);
        return switch (random.nextInt(24)) {
            case 0, 1 -> left.with(right, "(%s + %s)", Integer::sum);
            case 2 -> left.with(right, "(%s - %s)", (a, b) -> a - b);
            case 3 -> left.with(right, "(%s * %s)", (a, b) -> a * b);
            case 4 -> left.with(right, "(%s ^ %s)", (a, b) -> a ^ b);
            case 5 -> left.with(right, "(%s & %s)", (a, b) -> a & b);
            case 6 -> left.with(right, "(%s << (%s & 31))", (a, b) -> a << b);
            case 7 -> left.with(right, "(%s / ((%s & 15) + 1))", (a, b) -> a / ((b & 15) + 1));
            case 8, 9 -> left.map("abs(%s)", Math::abs);
            case 10 -> left.with(right, "min(%s, %s)", Math::min);
            case 11 -> left.with(right, "max(%s, %s)", Math::max);
            case 12 -> left.map("clamp(%s, -50, 50)", a -> Math.clamp(a, -50, 50));
            case 13 -> left.map("popcount(%s)", Integer::bitCount);
            case 14 -> left.map("clz(%s)", Integer::numberOfLeadingZeros);
            case 15 -> left.with(right, "rotate(%s, %s)", Integer::rotateLeft);
            case 16 -> left.map("int(short(%s))", a -> (short) a);
            case 17 -> left.map("int(uchar(%s))", a -> a & 0xff);
            case 18 -> term(Kind.FLOAT, depth - 1, effects).map("int(%s)", a -> (int) Float.intBitsToFloat(a));
            case 19 -> term(Kind.UINT, depth - 1, effects).map("int(%s)", a -> a);
            case 20 -> choice(left, right, effects);
            case 21 -> functions.pure(left);
            default -> effects ? functions.call(left) : functions.pure(right);
        };
    }

    private Term choice(Term left, Term right, boolean effects) {
        var condition = condition(1, effects);
        return new Term(
                "(" + condition.text() + " ? " + left.text() + " : " + right.text() + ")",
                s -> condition.in(s) != 0 ? left.in(s) : right.in(s),
                condition.hasEffects() || left.hasEffects() || right.hasEffects());
    }

    private Term unsigned(int depth, boolean effects) {
        var left = term(Kind.UINT, depth - 1, effects);
        var right = term(Kind.UINT, depth - 1, effects);
        return switch (random.nextInt(12)) {
            case 0, 1 -> left.with(right, "(%s + %s)", Integer::sum);
            case 2 -> left.with(right, "(%s * %s)", (a, b) -> a * b);
            case 3 -> left.with(right, "(%s ^ %s)", (a, b) -> a ^ b);
            case 4 -> left.with(right, "(%s >> (%s & 31u))", (a, b) -> a >>> b);
            case 5 -> left.with(right, "(%s %% (%s | 1u))", (a, b) -> Integer.remainderUnsigned(a, b | 1));
            case 6 -> left.with(right, "min(%s, %s)", (a, b) -> Integer.compareUnsigned(a, b) <= 0 ? a : b);
            case 7 -> left.map("reverse_bits(%s)", Integer::reverse);
            case 8 -> left.map("popcount(%s)", Integer::bitCount);
            case 9 ->
                term(Kind.INT, depth - 1, effects).with(term(Kind.INT, depth - 1, effects), "absdiff(%s, %s)", (a, b) ->
                        (int) Math.abs((long) a - b));
            case 10 -> choice(left, right, effects);
            default -> term(Kind.INT, depth - 1, effects).map("uint(%s)", a -> a);
        };
    }

    /** Below 10^36 at depth 2, since no variable is beyond 10^6. */
    private Term real(int depth, boolean effects) {
        var left = term(Kind.FLOAT, Math.min(1, depth - 1), effects);
        var right = term(Kind.FLOAT, Math.min(1, depth - 1), effects);
        return switch (random.nextInt(11)) {
            case 0, 1 -> left.with(right, "(%s + %s)", (a, b) -> bits(real(a) + real(b)));
            case 2 -> left.with(right, "(%s - %s)", (a, b) -> bits(real(a) - real(b)));
            case 3 -> left.with(right, "(%s * %s)", (a, b) -> bits(real(a) * real(b)));
            case 4 -> left.with(right, "(%s / (fabs(%s) + 1.0f))", (a, b) -> bits(real(a) / (Math.abs(real(b)) + 1)));
            case 5 -> left.map("fabs(%s)", a -> bits(Math.abs(real(a))));
            case 6 -> left.map("sqrt(fabs(%s))", a -> bits((float) Math.sqrt(Math.abs(real(a)))));
            case 7 -> left.map("floor(%s)", a -> bits((float) Math.floor(real(a))));
            case 8 -> left.with(right, "fma(%s, 0.5f, %s)", (a, b) -> bits(Math.fma(real(a), 0.5f, real(b))));
            case 9 -> choice(left, right, effects);
            default -> term(Kind.INT, 1, effects).map("float(%s & 0xffff)", a -> bits((float) (a & 0xffff)));
        };
    }

    /** Brings a float into the range that variables have. */
    Term bounded(Term term) {
        return term.map("clamp(%s, -1000000.0f, 1000000.0f)", a -> bits(Math.clamp(real(a), -1e6f, 1e6f)));
    }

    /** 0 or 1. */
    Term condition(int depth, boolean effects) {
        var left = term(Kind.INT, depth, effects);
        var right = term(Kind.INT, depth, effects);
        return switch (random.nextInt(6)) {
            case 0 -> left.with(right, "(%s < %s)", (a, b) -> a < b ? 1 : 0);
            case 1 -> left.map("((%s & 3) == 1)", a -> (a & 3) == 1 ? 1 : 0);
            case 2 -> {
                var f = term(Kind.FLOAT, 1, effects);
                yield f.with(term(Kind.FLOAT, 1, effects), "(%s > %s)", (a, b) -> real(a) > real(b) ? 1 : 0);
            }
            case 3 ->
                new Term(
                        "(" + left.text() + " > 3 && " + right.text() + " < 100)",
                        s -> left.in(s) > 3 && right.in(s) < 100 ? 1 : 0,
                        left.hasEffects() || right.hasEffects());
            case 4 ->
                new Term(
                        "(" + left.text() + " % 3 == 0 || !(" + right.text() + " >= 0))",
                        s -> left.in(s) % 3 == 0 || right.in(s) < 0 ? 1 : 0,
                        left.hasEffects() || right.hasEffects());
            default ->
                term(Kind.UINT, depth, effects).map("(%s < 1000u)", a -> Integer.compareUnsigned(a, 1000) < 0 ? 1 : 0);
        };
    }

    Functions functions() {
        return functions;
    }

    static int bits(float value) {
        return Float.floatToRawIntBits(value);
    }

    static float real(int bits) {
        return Float.intBitsToFloat(bits);
    }
}
