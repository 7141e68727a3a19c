package io.ringkernel.metal.msl.lower;

import io.ringkernel.metal.msl.builtin.AddressSpace;
import io.ringkernel.metal.msl.check.TypedExpression;
import io.ringkernel.metal.msl.check.TypedFunction;
import io.ringkernel.metal.msl.check.Variable;
import io.ringkernel.metal.msl.ir.DeepBranches;
import io.ringkernel.metal.msl.ir.EarlyExits;
import io.ringkernel.metal.msl.ir.Expr;
import io.ringkernel.metal.msl.ir.Frame;
import io.ringkernel.metal.msl.ir.FunctionCode;
import io.ringkernel.metal.msl.ir.LargeExpressions;
import io.ringkernel.metal.msl.ir.Ops;
import io.ringkernel.metal.msl.ir.SpecialVars;
import io.ringkernel.metal.msl.ir.Stmt;
import io.ringkernel.metal.msl.ir.Var;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The state of lowering one method: statements so far, variables, private memory, and where {@code return} goes. */
final class FunctionLowering {

    /** What a return statement does. */
    sealed interface Returns {
        /** Ends the method. */
        record FromMethod(Optional<Ref.Memory> destination) implements Returns {}

        /** Sets the destination and jumps behind an inlined body; a kernel has no destination. */
        record ToTarget(Optional<Ref> destination, Stmt.Target target) implements Returns {}
    }

    private final ProgramLowering program;
    private final Optional<KernelInputs> inputs;
    private final Code code = new Code();
    private final Frame frame;
    private final Ref.Memory frameStart;
    private final VariableFacts variables;
    private final Map<Variable, Binding> bindings = new IdentityHashMap<>();
    private final ExpressionLowering expressions = new ExpressionLowering(this);
    private final PlaceLowering places = new PlaceLowering(this);
    private final CallLowering calls = new CallLowering(this);
    private final StatementLowering statements = new StatementLowering(this);
    private Returns returns;

    private FunctionLowering(
            ProgramLowering program, Optional<KernelInputs> inputs, Frame frame, Expr stackSegment, Expr stackOffset) {
        this.program = program;
        this.inputs = inputs;
        this.frame = frame;
        frameStart = new Ref.Memory(stackSegment, stackOffset, null);
        variables = new VariableFacts(program.facts());
    }

    /** For initialisers at program scope. */
    static FunctionLowering forConstants(ProgramLowering program) {
        return new FunctionLowering(program, Optional.empty(), new Frame(), SpecialVars.STACK, Expr.constant(0L));
    }

    /** Lowers a kernel's body; its parameters are bound by {@code inputs}. */
    static FunctionLowering ofKernel(ProgramLowering program, KernelInputs inputs, TypedFunction function) {
        var lowering =
                new FunctionLowering(program, Optional.of(inputs), new Frame(), SpecialVars.STACK, SpecialVars.FRAME);
        lowering.variables.include(function);
        var target = new Stmt.Target("return");
        lowering.returns = new Returns.ToTarget(Optional.empty(), target);
        inputs.bind(lowering);
        var body = lowering.code.nested(() -> lowering.statements.lower(function.body()));
        lowering.code.add(new Stmt.Block(target, body, function.position().line()));
        return lowering;
    }

    /** Lowers a function that is a method of its own. */
    static void ofFunction(ProgramLowering program, TypedFunction function, FunctionCode method) {
        var lowering = new FunctionLowering(
                program, Optional.empty(), method.frame(), SpecialVars.STACK, new Expr.Local(method.stack()));
        lowering.variables.include(function);
        var next = 0;
        for (var parameter : function.parameters()) {
            var count = Leaf.slots(parameter.type()).size();
            lowering.bindIncoming(parameter, method.parameters().subList(next, next + count));
            next += count;
        }
        var destination = Optional.<Ref.Memory>empty();
        if (!Leaf.isFlat(function.returnType())) {
            destination = Optional.of(new Ref.Memory(
                    new Expr.Local(method.parameters().get(next)),
                    new Expr.Local(method.parameters().get(next + 1)),
                    function.returnType()));
        }
        lowering.returns = new Returns.FromMethod(destination);
        lowering.statements.lower(function.body());
        if (!method.results().isEmpty()) {
            var zeros = method.results().stream().map(Expr::zero).toList();
            lowering.code.add(new Stmt.Return(zeros, 0));
        }
        var body = program.instrument().statements(lowering.code.statements());
        var early = EarlyExits.ofMethod(body, method.results());
        method.define(DeepBranches.flatten(LargeExpressions.divideAll(early), Set.copyOf(method.parameters())));
    }

    private void bindIncoming(Variable parameter, List<Var> vars) {
        if (!Leaf.isFlat(parameter.type())) {
            var ref = new Ref.Memory(new Expr.Local(vars.get(0)), new Expr.Local(vars.get(1)), parameter.type());
            bind(parameter, new Binding.At(ref));
        } else if (variables.isInMemory(parameter)) {
            var ref = allocate(parameter.type(), 0);
            places.store(ref, Value.of(vars.stream().<Expr>map(Expr.Local::new).toList()), 0);
            bind(parameter, new Binding.At(ref));
        } else {
            bind(parameter, new Binding.At(new Ref.Registers(vars, parameter.type())));
        }
    }

    /** Lowers a constant's initialiser: to values if all are known, else to memory. */
    Binding globalConstant(Variable variable, TypedExpression initializer) {
        variables.include(initializer);
        var objects = program.constantObjects();
        // An array must have one address: pointers into it are compared and moved. Anything else may be copied.
        if (!Leaf.isFlat(variable.type()) || Leaf.hasArray(variable.type())) {
            return new Binding.At(objects.make(initializer));
        }
        var value = expressions.lower(initializer);
        return new Binding.At(
                value.parts().stream().allMatch(Expr.Const.class::isInstance)
                        ? new Ref.Fixed(value.parts(), variable.type())
                        : objects.make(
                                variable.type(), value, initializer.position().line()));
    }

    ProgramLowering program() {
        return program;
    }

    Optional<KernelInputs> inputs() {
        return inputs;
    }

    Code code() {
        return code;
    }

    Frame frame() {
        return frame;
    }

    VariableFacts variables() {
        return variables;
    }

    ExpressionLowering expressions() {
        return expressions;
    }

    PlaceLowering places() {
        return places;
    }

    CallLowering calls() {
        return calls;
    }

    StatementLowering statements() {
        return statements;
    }

    Returns returns() {
        return returns;
    }

    /** Runs {@code body} with other returns. */
    void withReturns(Returns other, Runnable body) {
        var outer = returns;
        returns = other;
        try {
            body.run();
        } finally {
            returns = outer;
        }
    }

    void bind(Variable variable, Binding binding) {
        bindings.put(variable, binding);
    }

    Binding binding(Variable variable) {
        var binding = bindings.get(variable);
        if (binding == null && variable.space() == AddressSpace.CONSTANT) {
            binding = program.constant(variable);
        }
        if (binding == null) {
            throw new IllegalStateException("variable is not bound: " + variable);
        }
        return binding;
    }

    /** Private memory for an object of a type. */
    Ref.Memory allocate(io.ringkernel.metal.msl.builtin.Type type, int line) {
        var offset = frame.allocate(type.byteSize(), type.alignment());
        return new Ref.Memory(frameStart.segment(), Ops.add(frameStart.offset(), offset), type);
    }

    /** Fresh variables for a flat type. */
    List<Var> registers(String name, io.ringkernel.metal.msl.builtin.Type type) {
        var vars = new ArrayList<Var>();
        for (var slot : Leaf.slots(type)) {
            vars.add(code.mutable(name, slot));
        }
        return vars;
    }
}
