package io.ringkernel.metal.msl.ir;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Replaces branches that are nested deep, as a chain of {@code else if} is, by some that follow each other. Where the
 * last statement of a branch is a branch again, and that goes on for too long, the inner one only sets a flag, and is
 * taken afterwards if that is set. What comes later then walks trees that are shallow.
 */
public final class DeepBranches {
    private static final int DEEPEST = 200;
    /** How many stay inside of each other: so few that a piece is no method too large. */
    private static final int PIECE = 4;

    private final Map<Stmt, Integer> depths = new IdentityHashMap<>();
    private final Map<Var, Integer> references = new HashMap<>();
    /** Variables that have a value by now. */
    private final Set<Var> assigned;

    private DeepBranches(Set<Var> given) {
        assigned = new HashSet<>(given);
    }

    /** The statements without deep branches; the same ones if they have none. {@code given} have a value before. */
    public static List<Stmt> flatten(List<Stmt> statements, Set<Var> given) {
        var branches = new DeepBranches(given);
        if (branches.depth(statements) <= DEEPEST) {
            return statements;
        }
        count(statements, branches.references);
        return branches.list(statements);
    }

    private static void count(List<Stmt> statements, Map<Var, Integer> into) {
        IrWalk.forEachRead(statements, var -> into.merge(var, 1, Integer::sum));
        IrWalk.forEachSet(statements, var -> into.merge(var, 1, Integer::sum));
    }

    /** How many branches are at most inside of each other, each of them the last statement of the one around. */
    private int depth(List<Stmt> statements) {
        int deepest = 0;
        for (var statement : statements) {
            deepest = Math.max(deepest, depth(statement));
        }
        return deepest;
    }

    private int depth(Stmt statement) {
        var known = depths.get(statement);
        if (known != null) {
            return known;
        }
        int inside = 0;
        for (var list : IrWalk.children(statement)) {
            inside = Math.max(inside, depth(list));
        }
        int own = statement instanceof Stmt.If branch ? 1 + Math.max(tail(branch.then()), tail(branch.other())) : 0;
        int deepest = Math.max(inside, own);
        depths.put(statement, deepest);
        return deepest;
    }

    private int tail(List<Stmt> statements) {
        return !statements.isEmpty() && statements.getLast() instanceof Stmt.If branch ? depth(branch) : 0;
    }

    private List<Stmt> list(List<Stmt> statements) {
        var result = new ArrayList<Stmt>();
        for (var statement : statements) {
            if (depth(statement) <= DEEPEST) {
                result.add(statement);
                IrWalk.forEachSet(List.of(statement), assigned::add);
            } else if (statement instanceof Stmt.If branch) {
                result.addAll(new Chain(branch).pieces());
            } else {
                result.add(IrRewrite.withLists(statement, this::list));
                IrWalk.sets(statement).forEach(assigned::add);
            }
        }
        return result;
    }

    /** One branch with what is nested at its end. */
    private final class Chain {
        private final Stmt.If first;
        private final Var goesOn = new Var("goesOn", Slot.INT, true);
        /** How often the variables are named inside. */
        private final Map<Var, Integer> inside = new HashMap<>();

        private final Map<Var, Integer> lastRead = new HashMap<>();
        private final Map<Stmt, Integer> places = new IdentityHashMap<>();
        /** What stands for variables that are set in one piece and read in a later one. */
        private final Map<Var, Expr> carried = new HashMap<>();

        private final List<Stmt> result = new ArrayList<>();

        private Chain(Stmt.If first) {
            this.first = first;
            count(List.of(first), inside);
            IrWalk.forEach(first, statement -> {
                int place = places.size();
                places.put(statement, place);
                IrWalk.expressions(statement)
                        .forEach(expression -> IrWalk.forEachRead(expression, var -> lastRead.put(var, place)));
            });
        }

        private List<Stmt> pieces() {
            // What every branch sets would not be known to have a value.
            IrWalk.forEachSet(List.of(first), var -> {
                if (var.isMutable() && !isLocal(var) && assigned.add(var)) {
                    result.add(new Stmt.Set(var, Expr.zero(var.slot()), first.line()));
                }
            });
            var pieces = new ArrayList<Stmt>();
            pieces.add(new Stmt.Set(goesOn, Expr.constant(0), first.line()));
            Stmt.If next = first;
            while (next != null) {
                var path = path(next);
                var following = tailOf(path.getLast());
                var piece = piece(path, following);
                if (next == first) {
                    pieces.addAll(piece);
                } else {
                    var guarded = new ArrayList<Stmt>();
                    guarded.add(new Stmt.Set(goesOn, Expr.constant(0), next.line()));
                    guarded.addAll(piece);
                    pieces.add(new Stmt.If(new Expr.Local(goesOn), guarded, List.of(), next.line()));
                }
                next = following;
            }
            result.addAll(pieces);
            return result;
        }

        private boolean isLocal(Var var) {
            return Objects.equals(references.get(var), inside.get(var));
        }

        /** Branches that are nested, the outermost first; as many as may be. */
        private List<Stmt.If> path(Stmt.If from) {
            var path = new ArrayList<Stmt.If>();
            for (var next = from; next != null && path.size() < PIECE; next = tailOf(next)) {
                path.add(next);
            }
            return path;
        }

        private boolean isInThen(Stmt.If branch) {
            return tail(branch.then()) >= tail(branch.other());
        }

        private Stmt.If tailOf(Stmt.If branch) {
            var statements = isInThen(branch) ? branch.then() : branch.other();
            return !statements.isEmpty() && statements.getLast() instanceof Stmt.If tail ? tail : null;
        }

        /** The branches of a path; where they end, the following one is asked for. */
        private List<Stmt> piece(List<Stmt.If> path, Stmt.If following) {
            var copies = following == null ? Map.<Var, Expr>of() : carry(path, following);
            List<Stmt> inner = new ArrayList<>();
            if (following != null) {
                copies.forEach((var, copy) ->
                        inner.add(new Stmt.Set(((Expr.Local) copy).var(), new Expr.Local(var), following.line())));
                inner.add(new Stmt.Set(goesOn, Expr.constant(1), following.line()));
            }
            var piece = inner;
            for (int i = path.size() - 1; i >= 0; i--) {
                var branch = path.get(i);
                boolean isTail = i < path.size() - 1 || following != null;
                var then = branchOf(branch.then(), isTail && isInThen(branch) ? piece : null);
                var other = branchOf(branch.other(), isTail && !isInThen(branch) ? piece : null);
                piece = List.of(new Stmt.If(replaced(branch.condition()), then, other, branch.line()));
            }
            carried.putAll(copies);
            return piece;
        }

        /** The statements of a branch; {@code end} stands for the last one if it is not null. */
        private List<Stmt> branchOf(List<Stmt> statements, List<Stmt> end) {
            var before = end == null ? statements : statements.subList(0, statements.size() - 1);
            var result = new ArrayList<>(list(replaced(before)));
            if (end != null) {
                result.addAll(end);
            }
            return result;
        }

        private Expr replaced(Expr expression) {
            return carried.isEmpty() ? expression : rewrite().expression(expression);
        }

        private List<Stmt> replaced(List<Stmt> statements) {
            return carried.isEmpty() ? statements : rewrite().statements(statements);
        }

        private IrRewrite rewrite() {
            return new IrRewrite(expression -> expression instanceof Expr.Local local
                    ? carried.getOrDefault(local.var(), expression)
                    : expression);
        }

        /** Copies of what a path sets for what follows; variables get a value before the first piece. */
        private Map<Var, Expr> carry(List<Stmt.If> path, Stmt.If following) {
            Set<Var> set = new HashSet<>();
            var copies = new LinkedHashMap<Var, Expr>();
            for (var branch : path) {
                var statements = isInThen(branch) ? branch.then() : branch.other();
                IrWalk.forEachSet(statements.subList(0, statements.size() - 1), set::add);
            }
            int place = places.get(following);
            for (var var : set) {
                if (lastRead.getOrDefault(var, -1) >= place && isLocal(var)) {
                    var copy = var.isMutable() ? var : new Var(var.name(), var.slot(), true);
                    result.add(new Stmt.Set(copy, Expr.zero(var.slot()), first.line()));
                    if (copy != var) {
                        copies.put(var, new Expr.Local(copy));
                    }
                }
            }
            return copies;
        }
    }
}
