package io.ringkernel.metal.msl.lower;

import io.ringkernel.metal.msl.builtin.AddressSpace;
import io.ringkernel.metal.msl.builtin.Type;
import io.ringkernel.metal.msl.check.Place;
import io.ringkernel.metal.msl.check.TypedExpression;
import io.ringkernel.metal.msl.check.TypedStatement;
import io.ringkernel.metal.msl.check.TypedWalk;
import io.ringkernel.metal.msl.check.Variable;
import io.ringkernel.metal.msl.ir.Expr;
import io.ringkernel.metal.msl.ir.Methods;
import io.ringkernel.metal.msl.ir.Slot;
import io.ringkernel.metal.msl.ir.Stmt;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Lowers statements. */
final class StatementLowering {
    private final FunctionLowering function;
    /** Variables whose declarations were lowered before they are reached. */
    private final Set<Variable> hoisted = Collections.newSetFromMap(new IdentityHashMap<>());

    private Stmt.Target breakTarget;
    private Stmt.Target continueTarget;

    StatementLowering(FunctionLowering function) {
        this.function = function;
    }

    private Code code() {
        return function.code();
    }

    void lower(List<TypedStatement> statements) {
        statements.forEach(this::lower);
    }

    void lower(TypedStatement statement) {
        var line = statement.position().line();
        switch (statement) {
            case TypedStatement.Block block -> lower(block.statements());
            case TypedStatement.Declare declare -> declare(declare, line);
            case TypedStatement.Evaluate evaluate -> function.expressions().discard(evaluate.expression());
            case TypedStatement.If branch -> branch(branch, line);
            case TypedStatement.Loop loop -> loop(loop, line);
            case TypedStatement.Switch selection -> select(selection, line);
            case TypedStatement.Break _ -> code().add(new Stmt.Jump(breakTarget, false, line));
            case TypedStatement.Continue _ -> code().add(new Stmt.Jump(continueTarget, true, line));
            case TypedStatement.Return result -> leave(result.value(), line);
        }
    }

    private void declare(TypedStatement.Declare declare, int line) {
        var variable = declare.variable();
        var type = variable.type();
        if (hoisted.remove(variable)) {
            return;
        }
        if (variable.space() == AddressSpace.THREADGROUP) {
            var ref = function.inputs()
                    .orElseThrow(() -> new IllegalStateException("threadgroup variable outside of a kernel"))
                    .shared(variable);
            function.bind(variable, new Binding.At(ref));
            declare.initializer().ifPresent(e -> initialize(ref, e, line));
        } else if (function.variables().isInMemory(variable) || isWatched(declare)) {
            var ref = function.allocate(type, line);
            function.bind(variable, new Binding.At(ref));
            declare.initializer().ifPresentOrElse(e -> initialize(ref, e, line), () -> poison(ref, line));
        } else if (declare.initializer().isPresent()
                && uses(declare.initializer().get(), variable)) {
            declare(new TypedStatement.Declare(variable, Optional.empty(), declare.position()), line);
            initialize(
                    ((Binding.At) function.binding(variable)).ref(),
                    declare.initializer().get(),
                    line);
        } else if (!function.variables().isWritten(variable)
                && declare.initializer().isPresent()) {
            var value = function.expressions().lower(declare.initializer().get());
            var parts = code().captureAll(value.parts(), line);
            function.bind(variable, new Binding.At(new Ref.Fixed(parts, type)));
        } else {
            var registers = new Ref.Registers(function.registers(variable.name(), type), type);
            var value = declare.initializer().isPresent()
                    ? function.expressions().lower(declare.initializer().get())
                    : Value.of(Leaf.of(type).stream().flatMap(Leaf::poison).toList());
            function.bind(variable, new Binding.At(registers));
            function.places().store(registers, value, line);
        }
    }

    /** Whether instrumented code keeps a variable in memory, to see whether it is read before it has a value. */
    private boolean isWatched(TypedStatement.Declare declare) {
        var type = declare.variable().type();
        return function.program().options().instrumentation().undefined()
                && declare.initializer().isEmpty()
                && (type instanceof Type.Scalar || type instanceof Type.Vector);
    }

    /** What an earlier thread or kernel left there is not shown. */
    private void poison(Ref.Memory ref, int line) {
        if (function.program().options().checks()) {
            var size = Expr.constant((long) ref.type().byteSize());
            var operands = List.of(ref.segment(), ref.offset(), (Expr) size);
            code().add(new Stmt.Do(Methods.impure(Methods.POISON, operands, line), line));
        }
    }

    /** Whether a variable stands in its own initializer, where it has a value, though none to rely on. */
    private static boolean uses(TypedExpression initializer, Variable variable) {
        var found = new boolean[1];
        new TypedWalk() {
            @Override
            public void place(Place place) {
                found[0] |= place instanceof Place.OfVariable(var used) && used == variable;
                super.place(place);
            }
        }.expression(initializer);
        return found[0];
    }

    private void initialize(Ref ref, TypedExpression value, int line) {
        function.places().store(ref, function.expressions().lower(value), line);
    }

    private void branch(TypedStatement.If branch, int line) {
        var condition = function.expressions().condition(branch.condition());
        if (condition instanceof Expr.Const constant) {
            if (constant.bits() != 0) {
                lower(branch.then());
            } else {
                branch.otherwise().ifPresent(this::lower);
            }
            return;
        }
        var then = code().nested(() -> lower(branch.then()));
        var other = code().nested(() -> branch.otherwise().ifPresent(this::lower));
        code().add(new Stmt.If(condition, then, other, line));
    }

    private void loop(TypedStatement.Loop loop, int line) {
        var target = new Stmt.Target("loop");
        var condition = new Expr[1];
        var head = code().nested(() -> condition[0] =
                loop.condition().map(function.expressions()::condition).orElse(null));
        if (condition[0] instanceof Expr.Const constant && constant.bits() != 0) {
            condition[0] = null;
        }
        var outerBreak = breakTarget;
        var outerContinue = continueTarget;
        breakTarget = target;
        continueTarget = target;
        var body = code().nested(() -> lower(loop.body()));
        breakTarget = outerBreak;
        continueTarget = outerContinue;
        var step = code().nested(() -> loop.step().ifPresent(function.expressions()::discard));
        code().add(new Stmt.Loop(target, head, condition[0], body, step, loop.testsAtEnd(), line));
    }

    private void select(TypedStatement.Switch selection, int line) {
        var selector = function.expressions().lower(selection.selector()).single();
        var target = new Stmt.Target("switch");
        selection.cases().forEach(this::hoist);
        var outer = breakTarget;
        breakTarget = target;
        var cases = new ArrayList<Stmt.Case>();
        for (var one : selection.cases()) {
            cases.add(new Stmt.Case(
                    one.labels().stream()
                            .map(label -> label(selection.selector().type(), label))
                            .toList(),
                    one.isDefault(),
                    code().nested(() -> lower(one.statements()))));
        }
        breakTarget = outer;
        code().add(new Stmt.Switch(target, selector, cases, line));
    }

    /** Declares what has no initializer before the switch: its cases may jump past the declaration. */
    private void hoist(TypedStatement.Case one) {
        for (var statement : one.statements()) {
            if (statement instanceof TypedStatement.Declare declare
                    && declare.initializer().isEmpty()) {
                lower(declare);
                hoisted.add(declare.variable());
            }
        }
    }

    private static long label(Type type, long value) {
        return Slot.of(((Type.Scalar) type).kind()) == Slot.LONG ? value : (int) value;
    }

    private void leave(Optional<TypedExpression> value, int line) {
        switch (function.returns()) {
            case FunctionLowering.Returns.FromMethod method -> {
                var parts = value.map(e -> result(e, method, line)).orElse(List.of());
                code().add(new Stmt.Return(parts, line));
            }
            case FunctionLowering.Returns.ToTarget inlined -> {
                value.ifPresent(e -> {
                    var lowered = function.expressions().lower(e);
                    inlined.destination().ifPresent(ref -> function.places().store(ref, lowered, line));
                });
                code().add(new Stmt.Jump(inlined.target(), false, line));
            }
        }
    }

    private List<Expr> result(TypedExpression value, FunctionLowering.Returns.FromMethod method, int line) {
        var lowered = function.expressions().lower(value);
        if (method.destination().isPresent()) {
            function.places().store(method.destination().get(), lowered, line);
            return List.of();
        }
        return lowered.parts();
    }

    /** Runs {@code body} where break and continue do not reach the statements around it. */
    void isolated(Runnable body) {
        var outerBreak = breakTarget;
        var outerContinue = continueTarget;
        breakTarget = null;
        continueTarget = null;
        try {
            body.run();
        } finally {
            breakTarget = outerBreak;
            continueTarget = outerContinue;
        }
    }
}
