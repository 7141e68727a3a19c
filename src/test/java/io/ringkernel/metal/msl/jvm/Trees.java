package io.ringkernel.metal.msl.jvm;

import io.ringkernel.metal.msl.builtin.AddressSpace;
import io.ringkernel.metal.msl.builtin.Builtin;
import io.ringkernel.metal.msl.builtin.Library;
import io.ringkernel.metal.msl.builtin.ScalarType;
import io.ringkernel.metal.msl.builtin.Type;
import io.ringkernel.metal.msl.check.BinaryOperator;
import io.ringkernel.metal.msl.check.Kernel;
import io.ringkernel.metal.msl.check.KernelInput;
import io.ringkernel.metal.msl.check.KernelParameter;
import io.ringkernel.metal.msl.check.Place;
import io.ringkernel.metal.msl.check.Program;
import io.ringkernel.metal.msl.check.TypedExpression;
import io.ringkernel.metal.msl.check.TypedFunction;
import io.ringkernel.metal.msl.check.TypedStatement;
import io.ringkernel.metal.msl.check.Variable;
import io.ringkernel.metal.msl.syntax.SourcePosition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Typed trees written by hand; the line of a node is the one that {@link #line} was last set to. */
final class Trees {
    static final Type.Scalar FLOAT = new Type.Scalar(ScalarType.FLOAT);
    static final Type.Scalar INT = new Type.Scalar(ScalarType.INT);
    static final Type.Scalar UINT = new Type.Scalar(ScalarType.UINT);
    static final Type.Scalar BOOL = new Type.Scalar(ScalarType.BOOL);
    static final Type.Scalar VOID = new Type.Scalar(ScalarType.VOID);

    private final List<KernelParameter> parameters = new ArrayList<>();
    private int line = 1;

    void line(int number) {
        line = number;
    }

    SourcePosition at() {
        return new SourcePosition("program_source", line, 1);
    }

    static Variable local(String name, Type type) {
        return new Variable(name, type, AddressSpace.THREAD);
    }

    static Variable shared(String name, Type type) {
        return new Variable(name, type, AddressSpace.THREADGROUP);
    }

    Variable buffer(String name, Type pointee, int index) {
        var variable = local(name, new Type.Pointer(pointee, AddressSpace.DEVICE, false));
        parameters.add(new KernelParameter.Buffer(variable, index, false, Optional.empty()));
        return variable;
    }

    Variable constantReference(String name, Type pointee, int index) {
        var variable = local(name, new Type.Pointer(pointee, AddressSpace.CONSTANT, true));
        parameters.add(new KernelParameter.Buffer(variable, index, true, Optional.empty()));
        return variable;
    }

    Variable input(String name, Type type, KernelInput input) {
        var variable = local(name, type);
        parameters.add(new KernelParameter.Input(variable, input));
        return variable;
    }

    TypedExpression literal(int value) {
        return new TypedExpression.Constant(INT, value, at());
    }

    TypedExpression unsigned(int value) {
        return new TypedExpression.Constant(UINT, value, at());
    }

    TypedExpression literal(float value) {
        return new TypedExpression.Constant(FLOAT, Float.floatToRawIntBits(value), at());
    }

    TypedExpression read(Variable variable) {
        return new TypedExpression.Load(new Place.OfVariable(variable), at());
    }

    TypedExpression read(Place place) {
        return new TypedExpression.Load(place, at());
    }

    Place pointee(Variable pointer) {
        return new Place.Dereference(read(pointer));
    }

    Place element(Variable pointer, TypedExpression index) {
        return new Place.Dereference(new TypedExpression.PointerAdd(read(pointer), index, at()));
    }

    Place item(Variable array, TypedExpression index) {
        var type = ((Type.Array) array.type()).element();
        return new Place.Element(new Place.OfVariable(array), index, type);
    }

    TypedExpression binary(BinaryOperator operator, TypedExpression left, TypedExpression right) {
        var type = operator.isComparison() ? BOOL : left.type();
        return new TypedExpression.Binary(operator, left, right, type, at());
    }

    TypedExpression add(TypedExpression left, TypedExpression right) {
        return binary(BinaryOperator.ADD, left, right);
    }

    TypedExpression multiply(TypedExpression left, TypedExpression right) {
        return binary(BinaryOperator.MULTIPLY, left, right);
    }

    TypedExpression less(TypedExpression left, TypedExpression right) {
        return binary(BinaryOperator.LESS, left, right);
    }

    TypedExpression atLeast(TypedExpression left, TypedExpression right) {
        return binary(BinaryOperator.GREATER_EQUAL, left, right);
    }

    TypedExpression call(TypedFunction function, TypedExpression... arguments) {
        return new TypedExpression.Call(function, List.of(arguments), at());
    }

    TypedExpression builtin(String name, TypedExpression... arguments) {
        var types = List.of(arguments).stream().map(TypedExpression::type).toList();
        Builtin found = Library.overloads(name, 320).stream()
                .filter(b -> matches(b.parameters(), types))
                .findFirst()
                .orElseThrow();
        return new TypedExpression.CallBuiltin(found, List.of(arguments), found.result(), at());
    }

    private static boolean matches(List<Type> parameters, List<Type> arguments) {
        if (parameters.size() != arguments.size()) {
            return false;
        }
        for (int i = 0; i < parameters.size(); i++) {
            if (!(parameters.get(i) instanceof Type.Opaque)
                    && !parameters.get(i).equals(arguments.get(i))) {
                return false;
            }
        }
        return true;
    }

    TypedStatement assign(Place place, TypedExpression value) {
        return new TypedStatement.Evaluate(new TypedExpression.Assign(place, value, at()), at());
    }

    TypedStatement assign(Variable variable, TypedExpression value) {
        return assign(new Place.OfVariable(variable), value);
    }

    TypedExpression increment(Variable variable, TypedExpression by) {
        var old = local("old", variable.type());
        return new TypedExpression.Update(new Place.OfVariable(variable), old, add(read(old), by), false, at());
    }

    TypedStatement declare(Variable variable, TypedExpression value) {
        return new TypedStatement.Declare(variable, Optional.of(value), at());
    }

    TypedStatement declare(Variable variable) {
        return new TypedStatement.Declare(variable, Optional.empty(), at());
    }

    TypedStatement evaluate(TypedExpression expression) {
        return new TypedStatement.Evaluate(expression, at());
    }

    TypedStatement when(TypedExpression condition, TypedStatement... then) {
        return new TypedStatement.If(condition, block(then), Optional.empty(), at());
    }

    TypedStatement loop(TypedExpression condition, TypedExpression step, TypedStatement... body) {
        return new TypedStatement.Loop(Optional.of(condition), block(body), Optional.ofNullable(step), false, at());
    }

    TypedStatement leave() {
        return new TypedStatement.Return(Optional.empty(), at());
    }

    TypedStatement leave(TypedExpression value) {
        return new TypedStatement.Return(Optional.of(value), at());
    }

    TypedStatement.Block block(TypedStatement... statements) {
        return new TypedStatement.Block(List.of(statements), at());
    }

    TypedStatement barrier() {
        return evaluate(builtin("threadgroup_barrier", literal(2)));
    }

    TypedFunction function(String name, Type result, List<Variable> parameters, TypedStatement... body) {
        var function = new TypedFunction(name, parameters, result, at());
        function.define(block(body));
        return function;
    }

    /** A program of one kernel with the parameters made so far. */
    Program program(TypedStatement... body) {
        var variables = parameters.stream().map(KernelParameter::variable).toList();
        var function = function("k", VOID, variables, body);
        var kernel = new Kernel("k", function, List.copyOf(parameters), 0);
        return new Program(List.of(kernel), List.of(), List.of(), List.of(), List.of());
    }
}
