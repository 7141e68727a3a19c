package io.ringkernel.metal.msl.plan;

import io.ringkernel.metal.msl.ir.Expr;
import io.ringkernel.metal.msl.ir.Frame;
import io.ringkernel.metal.msl.ir.FunctionCode;
import io.ringkernel.metal.msl.ir.IrWalk;
import io.ringkernel.metal.msl.ir.Slot;
import io.ringkernel.metal.msl.ir.Stmt;
import io.ringkernel.metal.msl.ir.Var;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Moves runs of statements into methods of their own. HotSpot never compiles a method of over 8000 bytes, and a class
 * file cannot hold one of over 65535.
 */
public final class Outliner {
    private static final int METHOD_BYTES = 6000;

    /** So little that HotSpot's second compiler takes a part that runs often back into its caller. */
    private static final int PART_BYTES = 1400;

    /** A class file has room for the names of some ten thousand methods: with more parts, they are larger. */
    private static final int MOST_PARTS = 4000;

    /** Calls of parts become parts themselves above. */
    private static final int CALLER_BYTES = 30_000;

    /** A loop stays whole up to here: what its parts pass to each other would cost something in every turn. */
    private static final int LOOP_BYTES = 4500;

    /**
     * What a larger loop does in a turn stays whole up to here. A method of its own is compiled after some hundred
     * turns, a method with the loop in it after some ten thousand.
     */
    private static final int TURN_BYTES = 7200;

    /** More accesses than these, and HotSpot's first compiler may give up on the method. */
    private static final int TURN_ACCESSES = 36;

    /** A method has at most 255 slots of parameters, and {@code Worker} has so many results of a kind. */
    private static final int VARIABLES = 100;

    /** Variables that have a value before the statements, and those whose value is used after them. */
    public record Outside(Set<Var> given, Set<Var> used) {
        public static final Outside NONE = new Outside(Set.of(), Set.of());
    }

    private final String name;
    private final Consumer<FunctionCode> functions;
    private final Set<Var> pinned;
    private final Map<Var, Integer> references = new LinkedHashMap<>();
    private final Set<Var> defined = new HashSet<>();
    /** In the order in which they got a value. */
    private final List<Var> definitions = new ArrayList<>();

    private final Map<Stmt, Boolean> movable = new IdentityHashMap<>();
    private final CodeSize sizes = new CodeSize();
    private final int partBytes;
    private int count;

    private Outliner(String name, int partBytes, Set<Var> pinned, Consumer<FunctionCode> functions) {
        this.name = name;
        this.partBytes = partBytes;
        this.pinned = pinned;
        this.functions = functions;
    }

    /**
     * The statements with parts in methods if they are too large for one.
     *
     * @param outside which of the variables that the statements set matter elsewhere
     * @param functions takes the methods that are made
     */
    public static List<Stmt> split(
            List<Stmt> statements, String name, Outside outside, Consumer<FunctionCode> functions) {
        var size = CodeSize.of(statements);
        if (size <= METHOD_BYTES) {
            return statements;
        }
        var result = divide(LargeSwitch.divideAll(statements), name, outside, functions);
        var callers = name;
        for (var left = CodeSize.of(result); left > CALLER_BYTES && left < size; left = CodeSize.of(result)) {
            size = left;
            callers += "$";
            result = divide(result, callers, outside, functions);
        }
        return result;
    }

    private static List<Stmt> divide(
            List<Stmt> statements, String name, Outside outside, Consumer<FunctionCode> functions) {
        var partBytes = Math.clamp(CodeSize.of(statements) / MOST_PARTS, PART_BYTES, METHOD_BYTES);
        var outliner = new Outliner(name, partBytes, outside.used(), functions);
        outliner.count(statements, outliner.references);
        var set = new LinkedHashSet<Var>();
        IrWalk.forEachSet(statements, set::add);
        outliner.references.keySet().stream()
                .filter(var -> !set.contains(var) || outside.given().contains(var))
                .forEach(outliner::define);
        return outliner.list(statements);
    }

    /** Some statements, which set nothing that is used after them, as a method unless they read too many variables. */
    public static List<Stmt> apart(List<Stmt> statements, String name, Consumer<FunctionCode> functions) {
        var arguments = new LinkedHashSet<Var>();
        IrWalk.forEachRead(statements, arguments::add);
        IrWalk.forEachSet(statements, arguments::remove);
        arguments.removeIf(Var::isProvided);
        return arguments.size() > VARIABLES
                ? statements
                : List.of(call(statements, name, List.copyOf(arguments), List.of(), functions));
    }

    private static Stmt.Invoke call(
            List<Stmt> part, String name, List<Var> arguments, List<Var> results, Consumer<FunctionCode> functions) {
        // A result is mutable in the method: it may come in as an argument and be set.
        var function = new FunctionCode(
                name,
                arguments,
                results.stream().map(Var::slot).toList(),
                new Var("stack", Slot.LONG, false),
                new Frame());
        var line = part.getFirst().line();
        var body = new ArrayList<>(part);
        body.add(new Stmt.Return(results.stream().<Expr>map(Expr.Local::new).toList(), line));
        function.define(body);
        functions.accept(function);
        return new Stmt.Invoke(
                function, arguments.stream().<Expr>map(Expr.Local::new).toList(), results, line);
    }

    private void count(List<Stmt> statements, Map<Var, Integer> into) {
        IrWalk.forEachRead(statements, v -> into.merge(v, 1, Integer::sum));
        IrWalk.forEachSet(statements, v -> into.merge(v, 1, Integer::sum));
    }

    private List<Stmt> list(List<Stmt> statements) {
        var result = new ArrayList<Stmt>();
        var part = new ArrayList<Stmt>();
        for (var statement : statements) {
            var isLarge = sizes.remembered(statement) > (statement instanceof Stmt.Loop ? LOOP_BYTES : partBytes);
            if (isLarge || !isMovable(statement) || sizes.remembered(part) + sizes.remembered(statement) > partBytes) {
                result.addAll(method(part));
                part.clear();
            }
            var smaller = isLarge ? inside(statement) : statement;
            if (isMovable(smaller)) {
                part.add(smaller);
            } else {
                result.add(smaller);
                define(smaller);
            }
        }
        result.addAll(method(part));
        return result;
    }

    private void define(Stmt statement) {
        IrWalk.forEachSet(List.of(statement), this::define);
    }

    private void define(Var var) {
        if (defined.add(var)) {
            definitions.add(var);
        }
    }

    /** Forgets all values but the first so many. */
    private void forget(int before) {
        while (definitions.size() > before) {
            defined.remove(definitions.removeLast());
        }
    }

    private Stmt inside(Stmt statement) {
        int before = definitions.size();
        var result = split(statement);
        // What is set in there has no value yet for the statement as a whole, which may be moved.
        forget(before);
        return result;
    }

    private Stmt split(Stmt statement) {
        return switch (statement) {
            case Stmt.If s -> new Stmt.If(s.condition(), branch(s.then()), branch(s.other()), s.line());
            case Stmt.Loop s -> {
                var head = list(s.head());
                IrWalk.forEachSet(s.head(), this::define);
                yield new Stmt.Loop(
                        s.target(), head, s.condition(), turn(s.body()), list(s.step()), s.testsAtEnd(), s.line());
            }
            case Stmt.Block s -> new Stmt.Block(s.target(), list(s.body()), s.line());
            case Stmt.Switch s -> {
                var cases = new ArrayList<Stmt.Case>();
                s.cases().forEach(c -> cases.add(new Stmt.Case(c.labels(), c.isDefault(), branch(c.body()))));
                yield new Stmt.Switch(s.target(), s.selector(), cases, s.line());
            }
            default -> statement;
        };
    }

    private List<Stmt> turn(List<Stmt> body) {
        boolean staysWhole = sizes.remembered(body) <= TURN_BYTES
                && body.stream().mapToInt(CodeSize::accesses).sum() <= TURN_ACCESSES
                && body.stream().allMatch(this::isMovable);
        return staysWhole ? method(body) : list(body);
    }

    /** What a branch sets has no value yet in the others. */
    private List<Stmt> branch(List<Stmt> statements) {
        int before = definitions.size();
        var result = list(statements);
        forget(before);
        return result;
    }

    private boolean isMovable(Stmt statement) {
        var known = movable.get(statement);
        if (known == null) {
            known = findMovable(statement);
            movable.put(statement, known);
        }
        return known;
    }

    private static boolean findMovable(Stmt statement) {
        var leaves = new boolean[] {Uniformity.jumpsOut(statement)};
        IrWalk.forEach(statement, s -> leaves[0] |= s instanceof Stmt.Return || s instanceof Stmt.Sync);
        return !leaves[0];
    }

    /** The part as a call of a method, or as it is if that is not worth it or not possible. */
    private List<Stmt> method(List<Stmt> part) {
        var own = new LinkedHashMap<Var, Integer>();
        count(part, own);
        var set = new LinkedHashSet<Var>();
        IrWalk.forEachSet(part, set::add);
        var results = set.stream()
                .filter(var -> pinned.contains(var) || references.get(var) > own.get(var))
                .toList();
        var arguments = new LinkedHashSet<Var>();
        own.keySet().stream().filter(defined::contains).forEach(arguments::add);
        arguments.removeIf(Var::isProvided);
        var isWorth = sizes.remembered(part) > 10 * (4 + arguments.size() + results.size());
        part.forEach(this::define);
        if (!isWorth || arguments.size() > VARIABLES || results.size() > VARIABLES) {
            return List.copyOf(part);
        }
        var call = call(part, name + "$part" + count++, List.copyOf(arguments), results, functions);
        own.forEach((var, uses) -> references.merge(var, -uses, Integer::sum));
        count(List.of(call), references);
        return List.of(call);
    }
}
