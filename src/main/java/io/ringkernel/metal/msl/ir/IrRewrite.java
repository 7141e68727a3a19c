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
        var operands = expression.operands();
        return replace.apply(operands.isEmpty() ? expression : withOperands(expression, all(operands)));
    }

    /** The expression with others in place of its operands, in their order. */
    static Expr withOperands(Expr expression, List<Expr> operands) {
        return switch (expression) {
            case Expr.Const _, Expr.Local _ -> expression;
            case Expr.Op op -> new Expr.Op(op.op(), operands);
            case Expr.Load load -> new Expr.Load(load.cell(), operands.get(0), operands.get(1), load.line());
            case Expr.Call call ->
                new Expr.Call(call.method(), operands, call.withWorker(), call.isMethodPure(), call.line());
            case Expr.Select _ -> new Expr.Select(operands.get(0), operands.get(1), operands.get(2));
        };
    }

    /** The statement with others in place of the lists of statements inside it. */
    public static Stmt withLists(Stmt statement, UnaryOperator<List<Stmt>> replace) {
        return switch (statement) {
            case Stmt.If s -> new Stmt.If(s.condition(), replace.apply(s.then()), replace.apply(s.other()), s.line());
            case Stmt.Loop s ->
                new Stmt.Loop(
                        s.target(),
                        replace.apply(s.head()),
                        s.condition(),
                        replace.apply(s.body()),
                        replace.apply(s.step()),
                        s.testsAtEnd(),
                        s.line());
            case Stmt.Block s -> new Stmt.Block(s.target(), replace.apply(s.body()), s.line());
            case Stmt.Switch s -> {
                var cases = new ArrayList<Stmt.Case>();
                s.cases().forEach(c -> cases.add(new Stmt.Case(c.labels(), c.isDefault(), replace.apply(c.body()))));
                yield new Stmt.Switch(s.target(), s.selector(), cases, s.line());
            }
            default -> statement;
        };
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
