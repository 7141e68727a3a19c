package io.ringkernel.metal.msl.ir;

import io.ringkernel.metal.msl.builtin.LibraryMethod;
import io.ringkernel.metal.msl.run.check.AccessCheck;
import io.ringkernel.metal.msl.run.check.Instrumentation;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/** Puts calls of {@link AccessCheck} before the accesses of memory; each place in the code has a number, its site. */
public final class Instrument {
    private static final LibraryMethod READ = check("read", long.class, int.class, int.class);
    private static final LibraryMethod READ_TO_MOVE = check("readToMove", long.class, int.class, int.class);
    private static final LibraryMethod WRITE = check("write", long.class, int.class, int.class);
    private static final LibraryMethod ATOMIC = check("atomic", long.class, int.class, int.class, int.class);
    private static final LibraryMethod CLEAR = check("clear", void.class, long.class, int.class);
    private static final LibraryMethod DECLARE = check("declare", void.class, long.class);
    private static final LibraryMethod MOVE =
            check("move", void.class, MemorySegment.class, long.class, int.class, int.class);
    private static final LibraryMethod COPY =
            check("copy", void.class, MemorySegment.class, long.class, long.class, int.class);
    private static final LibraryMethod FENCE =
            Methods.method(AccessCheck.class, "fence", void.class, int.class, int.class, int.class);

    private final Instrumentation instrumentation;
    private final List<Integer> siteLines = new ArrayList<>();
    private final IrRewrite loads = new IrRewrite(this::checked);

    public Instrument(Instrumentation instrumentation) {
        this.instrumentation = instrumentation;
    }

    /** The line of each site by its number. */
    public List<Integer> siteLines() {
        return List.copyOf(siteLines);
    }

    /** The statements with calls, or as they are if nothing is to be found. */
    public List<Stmt> statements(List<Stmt> statements) {
        if (!instrumentation.isOn()) {
            return statements;
        }
        var result = new ArrayList<Stmt>();
        statements.forEach(statement -> add(IrRewrite.withLists(statement, this::statements), result));
        return result;
    }

    /** The offset of an atomic object, with a call before the operation; {@code effect}: 1 reads, 2 writes. */
    public Expr atomicOffset(Expr segment, Expr offset, int byteCount, int effect, int line) {
        if (!instrumentation.isOn()) {
            return offset;
        }
        return call(ATOMIC, line, segment, offset, Expr.constant(byteCount), Expr.constant(effect), site(line));
    }

    /** Adds a call that tells of a fence. */
    public void fence(List<Expr> operands, int line, List<Stmt> out) {
        if (instrumentation.isOn()) {
            out.add(new Stmt.Do(call(FENCE, line, operands.toArray(Expr[]::new)), line));
        }
    }

    private static LibraryMethod check(String name, Class<?> result, Class<?>... more) {
        var parameters = new ArrayList<Class<?>>(List.of(MemorySegment.class, long.class));
        parameters.addAll(List.of(more));
        return Methods.method(AccessCheck.class, name, result, parameters.toArray(Class<?>[]::new));
    }

    private static Expr call(LibraryMethod method, int line, Expr... operands) {
        return new Expr.Call(method, List.of(operands), true, false, line);
    }

    private Expr site(int line) {
        siteLines.add(line);
        return Expr.constant(siteLines.size() - 1);
    }

    private Expr checked(Expr expression) {
        return expression instanceof Expr.Load load && !load.segment().equals(SpecialVars.CONSTANTS)
                ? checked(load, READ)
                : expression;
    }

    private Expr.Load checked(Expr.Load load, LibraryMethod method) {
        var bytes = Expr.constant(load.cell().byteSize());
        var offset = call(method, load.line(), load.segment(), load.offset(), bytes, site(load.line()));
        return new Expr.Load(load.cell(), load.segment(), offset, load.line());
    }

    private void add(Stmt statement, List<Stmt> out) {
        switch (statement) {
            case Stmt.Store store -> store(store, out);
            case Stmt.Do effect
            when effect.expression() instanceof Expr.Call call && isOfObject(call.method()) ->
                object(call, effect.line(), out);
            default -> out.add(withChecks(statement));
        }
    }

    private Stmt withChecks(Stmt statement) {
        return switch (statement) {
            case Stmt.Set s -> new Stmt.Set(s.var(), loads.expression(s.value()), s.line());
            case Stmt.Do s -> new Stmt.Do(loads.expression(s.expression()), s.line());
            case Stmt.If s -> new Stmt.If(loads.expression(s.condition()), s.then(), s.other(), s.line());
            case Stmt.Loop s
            when s.condition() != null ->
                new Stmt.Loop(
                        s.target(),
                        s.head(),
                        loads.expression(s.condition()),
                        s.body(),
                        s.step(),
                        s.testsAtEnd(),
                        s.line());
            case Stmt.Switch s -> new Stmt.Switch(s.target(), loads.expression(s.selector()), s.cases(), s.line());
            case Stmt.Invoke s -> new Stmt.Invoke(s.function(), all(s.arguments()), s.results(), s.line());
            case Stmt.Return s -> new Stmt.Return(all(s.values()), s.line());
            case Stmt.Exchange s ->
                s.with(operand -> new Stmt.Exchange.Operand(loads.expression(operand.value()), operand.byLane()));
            default -> statement;
        };
    }

    private List<Expr> all(List<Expr> expressions) {
        return expressions.stream().map(loads::expression).toList();
    }

    /** The value is read before the write is noted, so that a variable is not defined by its own value. */
    private void store(Stmt.Store store, List<Stmt> out) {
        var line = store.line();
        var segment = capture(loads.expression(store.segment()), line, out);
        var offset = capture(loads.expression(store.offset()), line, out);
        var bytes = Expr.constant(store.cell().byteSize());
        var moved = instrumentation.undefined() && store.value() instanceof Expr.Load load ? load : null;
        var value = moved == null ? capture(loads.expression(store.value()), line, out) : null;
        if (moved != null) {
            var from = capture(loads.expression(moved.segment()), line, out);
            var fromOffset = capture(loads.expression(moved.offset()), line, out);
            var plain = new Expr.Load(moved.cell(), from, fromOffset, moved.line());
            value = capture(checked(plain, READ_TO_MOVE), line, out);
            out.add(write(store, segment, offset, value));
            out.add(new Stmt.Do(call(MOVE, line, from, fromOffset, segment, offset, bytes, site(moved.line())), line));
        } else {
            out.add(write(store, segment, offset, value));
        }
    }

    private Stmt write(Stmt.Store store, Expr segment, Expr offset, Expr value) {
        var line = store.line();
        var checked =
                call(WRITE, line, segment, offset, Expr.constant(store.cell().byteSize()), site(line));
        return new Stmt.Store(store.cell(), segment, checked, value, line);
    }

    private static Expr capture(Expr expression, int line, List<Stmt> out) {
        if (expression.isStable()) {
            return expression;
        }
        var variable = new Var("checked", expression.slot(), false);
        out.add(new Stmt.Set(variable, expression, line));
        return new Expr.Local(variable);
    }

    private static boolean isOfObject(LibraryMethod method) {
        return method.equals(Methods.COPY) || method.equals(Methods.CLEAR) || method.equals(Methods.POISON);
    }

    private void object(Expr.Call call, int line, List<Stmt> out) {
        var operands = call.operands().stream()
                .map(operand -> capture(loads.expression(operand), line, out))
                .toList();
        var more = new ArrayList<>(operands);
        var method = call.method().equals(Methods.COPY) ? COPY : CLEAR;
        if (call.method().equals(Methods.POISON)) {
            method = DECLARE;
        } else {
            more.add(site(line));
        }
        out.add(new Stmt.Do(call(method, line, more.toArray(Expr[]::new)), line));
        out.add(new Stmt.Do(new Expr.Call(call.method(), operands, false, false, line), line));
    }
}
