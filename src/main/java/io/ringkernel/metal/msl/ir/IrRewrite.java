package io.ringkernel.metal.msl.ir;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** Copies of the intermediate form with every expression replaced, innermost first. */
public final class IrRewrite {
    private final UnaryOperator<Expr> replace;
    private final UnaryOperator<Expr> replaceStoreOffset;

    public IrRewrite(UnaryOperator<Expr> replace) {
        this(replace, UnaryOperator.identity());
    }

    /** {@code replaceStoreOffset} is applied to the offsets of stores after everything else. */
    public IrRewrite(UnaryOperator<Expr> replace, UnaryOperator<Expr> replaceStoreOffset) {
        this.replace = replace;
        this.replaceStoreOffset = replaceStoreOffset;
    }

    public Expr expression(Expr expression) {
        var rebuilt = switch (expression) {
            case Expr.Const _, Expr.Local _ -> expression;
            case Expr.Op op -> new Expr.Op(op.op(), all(op.operands()));
            case Expr.Load load ->
                new Expr.Load(load.cell(), expression(load.segment()), expression(load.offset()), load.line());
            case Expr.Call call ->
                new Expr.Call(call.method(), all(call.operands()), call.withWorker(), call.isMethodPure(), call.line());
            case Expr.Select select ->
                new Expr.Select(expression(select.condition()), expression(select.then()), expression(select.other()));
        };
        return replace.apply(rebuilt);
    }

    private List<Expr> all(List<Expr> expressions) {
        return expressions.stream().map(this::expression).toList();
    }

    public List<Stmt> statements(List<Stmt> statements) {
        return statements.stream().map(this::statement).toList();
    }

    public Stmt statement(Stmt statement) {
        return switch (statement) {
            case Stmt.Set s -> new Stmt.Set(s.var(), expression(s.value()), s.line());
            case Stmt.Store s ->
                new Stmt.Store(
                        s.cell(),
                        expression(s.segment()),
                        replaceStoreOffset.apply(expression(s.offset())),
                        expression(s.value()),
                        s.line());
            case Stmt.Do s -> new Stmt.Do(expression(s.expression()), s.line());
            case Stmt.If s ->
                new Stmt.If(expression(s.condition()), statements(s.then()), statements(s.other()), s.line());
            case Stmt.Loop s ->
                new Stmt.Loop(
                        s.target(),
                        statements(s.head()),
                        s.condition() == null ? null : expression(s.condition()),
                        statements(s.body()),
                        statements(s.step()),
                        s.testsAtEnd(),
                        s.line());
            case Stmt.Switch s -> {
                var cases = new ArrayList<Stmt.Case>();
                s.cases().forEach(c -> cases.add(new Stmt.Case(c.labels(), c.isDefault(), statements(c.body()))));
                yield new Stmt.Switch(s.target(), expression(s.selector()), cases, s.line());
            }
            case Stmt.Block s -> new Stmt.Block(s.target(), statements(s.body()), s.line());
            case Stmt.Invoke s -> new Stmt.Invoke(s.function(), all(s.arguments()), s.results(), s.line());
            case Stmt.Return s -> new Stmt.Return(all(s.values()), s.line());
            case Stmt.Exchange s ->
                s.with(operand -> new Stmt.Exchange.Operand(expression(operand.value()), operand.byLane()));
            case Stmt.Jump s -> s;
            case Stmt.Barrier s -> s;
        };
    }
}
