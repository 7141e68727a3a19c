package io.ringkernel.metal.msl.plan;

import io.ringkernel.metal.msl.ir.Cell;
import io.ringkernel.metal.msl.ir.CodeOptions;
import io.ringkernel.metal.msl.ir.Expr;
import io.ringkernel.metal.msl.ir.IrWalk;
import io.ringkernel.metal.msl.ir.Stmt;
import io.ringkernel.metal.msl.ir.Var;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Takes accesses to memory out of a loop over lanes: loads of one address are done once before it, loads and stores of
 * neighbouring elements, one per lane, are copied as a whole. The JIT compiler vectorises what is left on arrays; on
 * JDK 25 it does not vectorise floats that come straight from a memory segment (JDK-8329077).
 */
public final class RowAccesses {

    /** One scalar per lane, {@code values}, from lane 0 at an offset on. */
    public record Row(Cell cell, Expr segment, Expr offset, Var values) {}

    /** Lanes that do nothing but load an element of one row and store it in another. */
    public record Move(Row from, Row to) {}

    private record Place(Cell cell, Expr segment, Expr offset) {}

    private final LinearTerms linear;
    private final Predicate<Expr> isUniform;
    private final Set<Var> set = new LinkedHashSet<>();
    private final Map<Expr.Load, Stmt.Set> scalars = new LinkedHashMap<>();
    private final List<Stmt> checks = new ArrayList<>();
    private final Map<Place, Row> rows = new LinkedHashMap<>();
    private final List<Row> stores = new ArrayList<>();
    private final List<Stmt> body = new ArrayList<>();
    private boolean isComplete = true;

    /** {@code laneForms} are variables that are the sum of something uniform, given here, and the lane. */
    public RowAccesses(
            List<Stmt> statements, Map<Var, Expr> laneForms, CodeOptions options, Predicate<Expr> isUniform) {
        this.isUniform = isUniform;
        linear = new LinearTerms(laneForms, options);
        IrWalk.forEachSet(statements, set::add);
        var changing = new LinkedHashSet<>(set);
        changing.removeIf(var -> !var.isMutable());
        for (var statement : statements) {
            switch (statement) {
                case Stmt.Set value -> body.add(rewrite(value, changing));
                case Stmt.Store store -> body.add(rewrite(store));
                case Stmt.Do _ when Uniformity.isCheck(statement, this::isUniform) -> checks.add(statement);
                default -> {
                    isComplete = false;
                    body.add(statement);
                }
            }
        }
    }

    /** Loads and checks to do once, in any order. */
    public List<Stmt> once() {
        return Stream.concat(checks.stream(), scalars.values().stream()).toList();
    }

    public List<Row> rows() {
        return List.copyOf(rows.values());
    }

    /** The rows to write after the loop, in order. */
    public List<Row> stores() {
        return stores;
    }

    /** Whether only sets are left, and no load was taken out that follows a store: they may be of the same element. */
    boolean isComplete() {
        return isComplete;
    }

    /** All that is done, if that is a move; the values of variables other than {@code kept} are not used again. */
    public Optional<Move> move(Set<Var> kept) {
        if (!isComplete || !once().isEmpty() || rows.size() != 1 || stores.size() != 1) {
            return Optional.empty();
        }
        var from = rows.values().iterator().next();
        var moved = new LinkedHashSet<>(Set.of(from.values()));
        for (var statement : body) {
            if (!(statement instanceof Stmt.Set value)
                    || kept.contains(value.var())
                    || !value.value().isPure()) {
                return Optional.empty();
            }
            if (value.value() instanceof Expr.Local local && moved.contains(local.var())) {
                moved.add(value.var());
            } else {
                moved.remove(value.var());
            }
        }
        var to = stores.getFirst();
        return moved.contains(to.values()) ? Optional.of(new Move(from, to)) : Optional.empty();
    }

    /** The statements that are left. */
    public List<Stmt> body() {
        return body;
    }

    private Stmt rewrite(Stmt.Set value, Set<Var> changing) {
        if (!value.var().isMutable() && value.value().isPure() && !IrWalk.reads(value.value(), changing)) {
            linear.define(value.var(), value.value());
        }
        return new Stmt.Set(value.var(), rewrite(value.value()), value.line());
    }

    private Stmt rewrite(Stmt.Store store) {
        var value = rewrite(store.value());
        var place = place(store.cell(), store.segment(), store.offset());
        if (place.isEmpty()) {
            isComplete = false;
            return store;
        }
        var stored = new Var("stored" + stores.size(), value.slot(), false);
        stores.add(new Row(store.cell(), place.get().segment(), place.get().offset(), stored));
        return new Stmt.Set(stored, value, store.line());
    }

    private Expr rewrite(Expr expression) {
        isComplete &= stores.isEmpty() || expression.isPure();
        return switch (expression) {
            case Expr.Load load -> scalar(load).or(() -> row(load)).orElse(load);
            case Expr.Op op ->
                new Expr.Op(op.op(), op.operands().stream().map(this::rewrite).toList());
            case Expr.Call call ->
                new Expr.Call(
                        call.method(),
                        call.operands().stream().map(this::rewrite).toList(),
                        call.withWorker(),
                        call.isMethodPure(),
                        call.line());
            // What one arm of a selection loads may not be there to load when the other is taken.
            case Expr.Select _, Expr.Const _, Expr.Local _ -> expression;
        };
    }

    private Optional<Expr> scalar(Expr.Load load) {
        if (!isUniform(load.segment()) || !isUniform(load.offset())) {
            return Optional.empty();
        }
        var set = scalars.computeIfAbsent(
                load, l -> new Stmt.Set(new Var("scalar" + scalars.size(), l.slot(), false), l, l.line()));
        return Optional.of(new Expr.Local(set.var()));
    }

    private Optional<Expr> row(Expr.Load load) {
        return place(load.cell(), load.segment(), load.offset()).map(place -> {
            var row = rows.computeIfAbsent(
                    place,
                    p -> new Row(p.cell(), p.segment(), p.offset(), new Var("row" + rows.size(), load.slot(), false)));
            return new Expr.Local(row.values());
        });
    }

    /** Where the element of lane 0 is, if those of the other lanes follow. */
    private Optional<Place> place(Cell cell, Expr segment, Expr offset) {
        if (cell != Cell.F32 && cell != Cell.I32 || !isUniform(segment)) {
            return Optional.empty();
        }
        var terms = linear.termsOf(offset);
        var step = terms.remove(LinearTerms.LANE);
        if (step == null || step != cell.byteSize() || !terms.keySet().stream().allMatch(this::isUniform)) {
            return Optional.empty();
        }
        return Optional.of(new Place(cell, segment, LinearTerms.sum(terms, _ -> true)));
    }

    /** Whether it has one value, and has it before the loop. */
    private boolean isUniform(Expr expression) {
        return isUniform.test(expression) && !IrWalk.reads(expression, set);
    }
}
