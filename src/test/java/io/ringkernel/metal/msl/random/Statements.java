package io.ringkernel.metal.msl.random;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/** Random statements of one thread. */
final class Statements {

    /** A statement of the source, and what it does. */
    record Statement(String text, Consumer<ThreadState> action) {
        void run(ThreadState state) {
            action.accept(state);
        }
    }

    private final SplittableRandom random;
    private final Objects objects;
    private final Expressions expressions;
    private int names;

    Statements(SplittableRandom random, Objects objects, Expressions expressions) {
        this.random = random;
        this.objects = objects;
        this.expressions = expressions;
    }

    String name(String prefix) {
        return prefix + names++;
    }

    Statement statement(int depth, boolean inLoop) {
        return switch (random.nextInt(depth > 0 ? 19 : 12)) {
            case 0 -> update();
            case 1 -> retarget();
            case 2 -> structs();
            case 3 -> vectors();
            case 4 -> inLoop ? leave() : assignment();
            case 5 -> method();
            case 6 -> enumeration();
            case 12, 13 -> branch(depth, inLoop);
            case 14 -> countedLoop(depth);
            case 15 -> testedLoop(depth);
            case 16 -> selection(depth);
            case 17, 18 -> scope(depth, inLoop);
            default -> assignment();
        };
    }

    private Kind kind() {
        return switch (random.nextInt(5)) {
            case 0 -> Kind.FLOAT;
            case 1 -> Kind.UINT;
            default -> Kind.INT;
        };
    }

    private Term value(Kind kind, int depth, boolean mayHaveEffects) {
        var term = expressions.term(kind, depth, mayHaveEffects);
        return kind == Kind.FLOAT ? expressions.bounded(term) : term;
    }

    private Statement assignment() {
        var kind = kind();
        var value = value(kind, random.nextInt(4) == 0 ? 3 : 2, true);
        var place = objects.any(kind, expressions);
        // Which of the two is evaluated first is not defined.
        while (value.hasEffects() && !place.isFixed()) {
            place = objects.any(kind, expressions);
        }
        return store(place, value);
    }

    private static Statement store(Place place, Term value) {
        return new Statement(place.text() + " = " + value.text() + ";", s -> {
            var cell = place.cellIn(s);
            s.cells[cell] = value.in(s);
        });
    }

    private Statement update() {
        var kind = random.nextBoolean() ? Kind.INT : Kind.UINT;
        var place = objects.any(kind, expressions);
        var value = value(kind, 2, false);
        return switch (random.nextInt(4)) {
            case 0 -> new Statement(place.text() + "++;", s -> s.cells[place.cellIn(s)]++);
            case 1 ->
                new Statement(place.text() + " -= " + value.text() + ";", s -> s.cells[place.cellIn(s)] -= value.in(s));
            case 2 ->
                new Statement(place.text() + " ^= " + value.text() + ";", s -> s.cells[place.cellIn(s)] ^= value.in(s));
            default ->
                new Statement(place.text() + " += " + value.text() + ";", s -> s.cells[place.cellIn(s)] += value.in(s));
        };
    }

    private Statement retarget() {
        return switch (random.nextInt(3)) {
            case 0 -> {
                var place = objects.addressable(expressions);
                yield new Statement("p = &" + place.text() + ";", s -> s.cells[Objects.POINTER] = place.cellIn(s));
            }
            case 1 -> {
                var number = random.nextInt(2);
                yield new Statement(
                        "ps = &s" + number + ";",
                        s -> s.cells[Objects.STRUCT_POINTER] = Objects.STRUCTS + number * Objects.STRUCT_SIZE);
            }
            default -> {
                var at = expressions.below(Objects.OWN_SIZE);
                yield new Statement(
                        "d = own + " + at.text() + ";", s -> s.cells[Objects.DEVICE_POINTER] = Objects.OWN + at.in(s));
            }
        };
    }

    private Statement structs() {
        var target = random.nextInt(2);
        var to = Objects.STRUCTS + target * Objects.STRUCT_SIZE;
        var from = Objects.STRUCTS + (1 - target) * Objects.STRUCT_SIZE;
        if (random.nextInt(3) == 0) {
            return new Statement(
                    "s%d = s%d;".formatted(target, 1 - target),
                    s -> System.arraycopy(s.cells, from, s.cells, to, Objects.STRUCT_SIZE));
        }
        var value = expressions.term(Kind.INT, 1, false);
        return new Statement("s%d = make(%s, *ps);".formatted(target, value.text()), s -> {
            var argument = value.in(s);
            var first = s.cells[Objects.STRUCT_POINTER];
            var copied = Arrays.copyOfRange(s.cells, first, first + Objects.STRUCT_SIZE);
            System.arraycopy(Functions.make(argument, copied), 0, s.cells, to, Objects.STRUCT_SIZE);
        });
    }

    private Statement vectors() {
        var value = expressions.term(Kind.INT, 1, true);
        return switch (random.nextInt(4)) {
            case 0 ->
                new Statement("v = abs(v) - (%s);".formatted(value.text()), s -> {
                    var old = Arrays.copyOfRange(s.cells, Objects.VECTOR, Objects.VECTOR + 4);
                    var operand = value.in(s);
                    for (int i = 0; i < 4; i++) {
                        s.cells[Objects.VECTOR + i] = Math.abs(old[i]) - operand;
                    }
                });
            case 1 ->
                new Statement("v.zx = v.xw;", s -> {
                    var x = s.cells[Objects.VECTOR];
                    s.cells[Objects.VECTOR] = s.cells[Objects.VECTOR + 3];
                    s.cells[Objects.VECTOR + 2] = x;
                });
            case 2 ->
                new Statement("s0.p = max(v.yz, s1.p);", s -> {
                    for (int i = 0; i < 2; i++) {
                        s.cells[Objects.STRUCTS + Objects.P + i] = Math.max(
                                s.cells[Objects.VECTOR + 1 + i],
                                s.cells[Objects.STRUCTS + Objects.STRUCT_SIZE + Objects.P + i]);
                    }
                });
            default ->
                new Statement("w = fabs(w) * 0.5f;", s -> {
                    for (int i = 0; i < 3; i++) {
                        var old = Expressions.real(s.cells[Objects.FLOAT_VECTOR + i]);
                        s.cells[Objects.FLOAT_VECTOR + i] = Expressions.bits(Math.abs(old) * 0.5f);
                    }
                });
        };
    }

    private Statement method() {
        var struct = objects.struct();
        var value = expressions.term(Kind.INT, 1, false);
        if (random.nextBoolean()) {
            return new Statement(struct.text() + "add(" + value.text() + ");", s -> {
                var first = struct.cellIn(s);
                var v = value.in(s);
                s.cells[first + Objects.X] += v;
                s.cells[first + Objects.E + (v & 3)] ^= v;
            });
        }
        var at = expressions.term(Kind.INT, 1, false);
        return new Statement(struct.text() + "at(" + at.text() + ") = " + value.text() + ";", s -> {
            var cell = struct.cellIn(s) + Objects.E + (at.in(s) & 3);
            s.cells[cell] = value.in(s);
        });
    }

    private Statement enumeration() {
        var condition = expressions.condition(1, false);
        return new Statement(
                "k = " + condition.text() + " ? KA : KD;",
                s -> s.cells[Objects.ENUM] = Functions.enumerator(condition.in(s) != 0 ? "KA" : "KD"));
    }

    private Statement leave() {
        var condition = expressions.condition(1, true);
        var isBreak = random.nextBoolean();
        return new Statement("if (" + condition.text() + ") " + (isBreak ? "break;" : "continue;"), s -> {
            if (condition.in(s) != 0) {
                s.breaks |= isBreak;
                s.continues |= !isBreak;
            }
        });
    }

    private Statement branch(int depth, boolean inLoop) {
        var condition = expressions.condition(2, true);
        var then = block(depth - 1, inLoop);
        var other = block(depth - 1, inLoop);
        return new Statement(
                "if (" + condition.text() + ") { " + then.text() + " } else { " + other.text() + " }",
                s -> (condition.in(s) != 0 ? then : other).run(s));
    }

    private Statement countedLoop(int depth) {
        var counter = objects.allocate(1);
        var name = name("n");
        var isFixed = random.nextBoolean();
        var count = isFixed
                ? Term.of("int(params.n)", _ -> Expressions.PARAMETER)
                : expressions.term(Kind.INT, 1, false).map("(%s & 7)", i -> i & 7);
        expressions.enterLoop(Term.of(name, s -> s.cells[counter]));
        var body = block(depth - 1, true);
        expressions.leaveLoop();
        var text = "for (int %1$s = 0, e%1$s = %2$s; %1$s < e%1$s; %1$s++) { %3$s }"
                .formatted(name, count.text(), body.text());
        return new Statement(text, s -> {
            var end = count.in(s);
            for (s.cells[counter] = 0; s.cells[counter] < end && !s.breaks; s.cells[counter]++) {
                body.run(s);
                s.continues = false;
            }
            s.breaks = false;
        });
    }

    /** With an effect in the condition half of the time; counted so that it ends. */
    private Statement testedLoop(int depth) {
        var counter = objects.allocate(1);
        var name = name("n");
        var condition = expressions.condition(1, true);
        var body = block(depth - 1, true);
        var isDo = random.nextBoolean();
        var test = name + "++ < 4 && " + condition.text();
        var text = isDo
                ? "{ int %s = 0; do { %s } while (%s); }".formatted(name, body.text(), test)
                : "{ int %s = 0; while (%s) { %s } }".formatted(name, test, body.text());
        return new Statement(text, s -> {
            s.cells[counter] = 0;
            var goesOn = isDo || s.cells[counter]++ < 4 && condition.in(s) != 0;
            while (goesOn) {
                body.run(s);
                s.continues = false;
                goesOn = !s.breaks && s.cells[counter]++ < 4 && condition.in(s) != 0;
            }
            s.breaks = false;
        });
    }

    private Statement selection(int depth) {
        if (random.nextBoolean()) {
            var first = block(depth - 1, false);
            var second = block(depth - 1, false);
            return new Statement(
                    "switch (k) { case KA: " + first.text() + " case KD: { " + second.text() + " } default: break; }",
                    s -> {
                        if (s.cells[Objects.ENUM] == Functions.enumerator("KA")) {
                            first.run(s);
                            second.run(s);
                        } else if (s.cells[Objects.ENUM] == Functions.enumerator("KD")) {
                            second.run(s);
                        }
                    });
        }
        var selector = expressions.term(Kind.INT, 2, true);
        var first = block(depth - 1, false);
        var second = block(depth - 1, false);
        return new Statement(
                "switch (%s & 3) { case 0: { %s } break; case 2: default: { %s } }"
                        .formatted(selector.text(), first.text(), second.text()),
                s -> ((selector.in(s) & 3) == 0 ? first : second).run(s));
    }

    /** A variable, a pointer or a reference to it, and statements that may use it. */
    private Statement scope(int depth, boolean inLoop) {
        var kind = random.nextInt(3) == 0 ? Kind.FLOAT : Kind.INT;
        var value = value(kind, 2, true);
        var name = name("t");
        var cell = objects.allocate(1);
        var isReference = random.nextBoolean();
        var mark = objects.mark();
        objects.declare(new Place(name, _ -> cell, true, true), kind);
        objects.declare(new Place(isReference ? "r" + name : "(*p" + name + ")", _ -> cell, true, true), kind);
        var body = block(depth - 1, inLoop);
        objects.release(mark);
        var alias = isReference ? "thread %1$s& r%2$s = %2$s;" : "thread %1$s* p%2$s = &%2$s;";
        var text = ("{ %1$s %2$s = %3$s; " + alias + " %4$s }").formatted(kind.type(), name, value.text(), body.text());
        return new Statement(text, s -> {
            s.cells[cell] = value.in(s);
            body.run(s);
        });
    }

    Statement block(int depth, boolean inLoop) {
        var mark = objects.mark();
        var parts = new ArrayList<Statement>();
        for (int i = random.nextInt(3); i >= 0; i--) {
            parts.add(statement(depth, inLoop));
        }
        objects.release(mark);
        return new Statement(
                String.join(" ", parts.stream().map(Statement::text).toList()), s -> {
                    for (var part : parts) {
                        if (!s.leaves()) {
                            part.run(s);
                        }
                    }
                });
    }
}
