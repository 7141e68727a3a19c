package io.ringkernel.metal.msl.jvm;

import io.ringkernel.metal.msl.ir.Cell;
import io.ringkernel.metal.msl.ir.Expr;
import io.ringkernel.metal.msl.ir.IrWalk;
import io.ringkernel.metal.msl.ir.Stmt;
import io.ringkernel.metal.msl.ir.Var;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Takes loads out of a loop over lanes that only computes: those of one address are done once before it, and those of
 * neighbouring elements, one per lane, are copied as a whole. The JIT compiler vectorises what is left on arrays; on
 * JDK 25 it does not vectorise floats that come straight from a memory segment (JDK-8329077).
 */
final class RowLoads {

    /** One scalar per lane, {@code values}, from lane 0 at an offset on. */
    record Row(Cell cell, Expr segment, Expr offset, Var values) {}

    private record Place(Cell cell, Expr segment, Expr offset) {}

    private final LinearTerms linear;
    private final Predicate<Expr> isUniform;
    private final Map<Expr.Load, Stmt.Set> scalars = new LinkedHashMap<>();
    private final Map<Place, Row> rows = new LinkedHashMap<>();
    private final List<Stmt> body = new ArrayList<>();

    /** {@code laneForms} are variables that are the sum of something uniform, given here, and the lane. */
    RowLoads(List<Stmt> statements, Map<Var, Expr> laneForms, Predicate<Expr> isUniform) {
        this.isUniform = isUniform;
        linear = new LinearTerms(laneForms);
        var changing = new HashSet<Var>();
        IrWalk.forEachSet(statements, var -> {
            if (var.isMutable()) {
                changing.add(var);
            }
        });
        for (var statement : statements) {
            body.add(statement instanceof Stmt.Set set ? rewrite(set, changing) : statement);
        }
    }

    /** The loads to do once, in any order. */
    List<Stmt.Set> scalars() {
        return List.copyOf(scalars.values());
    }

    List<Row> rows() {
        return List.copyOf(rows.values());
    }

    /** The statements that are left. */
    List<Stmt> body() {
        return body;
    }

    private Stmt rewrite(Stmt.Set set, Set<Var> changing) {
        if (!set.var().isMutable() && set.value().isPure() && !IrWalk.reads(set.value(), changing)) {
            linear.define(set.var(), set.value());
        }
        return new Stmt.Set(set.var(), rewrite(set.value()), set.line());
    }

    private Expr rewrite(Expr expression) {
        return switch (expression) {
            case Expr.Load load -> scalar(load).or(() -> row(load)).orElse(load);
            case Expr.Op op ->
                new Expr.Op(op.op(), op.operands().stream().map(this::rewrite).toList());
            case Expr.Call call ->
                new Expr.Call(
                        call.method(),
                        call.operands().stream().map(this::rewrite).toList(),
                        call.withWorker(),
                        call.isPure(),
                        call.line());
            // What one arm of a selection loads may not be there to load when the other is taken.
            case Expr.Select _, Expr.Const _, Expr.Local _ -> expression;
        };
    }

    private Optional<Expr> scalar(Expr.Load load) {
        if (!isUniform.test(load.segment()) || !isUniform.test(load.offset())) {
            return Optional.empty();
        }
        var set = scalars.computeIfAbsent(
                load, l -> new Stmt.Set(new Var("scalar" + scalars.size(), l.slot(), false), l, l.line()));
        return Optional.of(new Expr.Local(set.var()));
    }

    private Optional<Expr> row(Expr.Load load) {
        if (load.cell() != Cell.F32 && load.cell() != Cell.I32 || !isUniform.test(load.segment())) {
            return Optional.empty();
        }
        var terms = linear.termsOf(load.offset());
        var step = terms.remove(LinearTerms.LANE);
        if (step == null
                || step != load.cell().byteSize()
                || !terms.keySet().stream().allMatch(isUniform)) {
            return Optional.empty();
        }
        var place = new Place(load.cell(), load.segment(), LinearTerms.sum(terms, _ -> true));
        var row = rows.computeIfAbsent(
                place,
                p -> new Row(p.cell(), p.segment(), p.offset(), new Var("row" + rows.size(), load.slot(), false)));
        return Optional.of(new Expr.Local(row.values()));
    }
}
