package io.ringkernel.metal.msl.check.semantics;

import io.ringkernel.metal.msl.builtin.ScalarType;
import io.ringkernel.metal.msl.builtin.Type;
import io.ringkernel.metal.msl.check.BinaryOperator;
import io.ringkernel.metal.msl.check.Place;
import io.ringkernel.metal.msl.check.Program;
import io.ringkernel.metal.msl.check.TypedExpression;
import io.ringkernel.metal.msl.check.TypedFunction;
import io.ringkernel.metal.msl.check.TypedStatement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Holds a typed tree to what its Javadoc promises the code generator. */
final class TreeRules {
    private final List<String> violations = new ArrayList<>();
    private final Map<TypedFunction, Boolean> seen = new IdentityHashMap<>();

    static List<String> violations(Program program) {
        var rules = new TreeRules();
        program.constants()
                .forEach(constant -> rules.same(
                        constant.variable().type(), constant.initializer().type(), constant.initializer()));
        program.constants().forEach(constant -> rules.walk(constant.initializer(), null));
        program.kernels().forEach(kernel -> rules.function(kernel.function()));
        return rules.violations;
    }

    private void function(TypedFunction function) {
        if (seen.put(function, true) == null) {
            walk(function.body(), function);
        }
    }

    private void walk(Object part, TypedFunction function) {
        switch (part) {
            case TypedExpression expression -> {
                check(expression);
                components(expression, function);
            }
            case TypedStatement statement -> {
                check(statement, function);
                components(statement, function);
            }
            case TypedStatement.Case one -> walk(one.statements(), function);
            case Place place -> {
                check(place);
                components(place, function);
            }
            case TypedFunction callee -> function(callee);
            case Collection<?> many -> many.forEach(one -> walk(one, function));
            case Optional<?> maybe -> maybe.ifPresent(one -> walk(one, function));
            case null, default -> {}
        }
    }

    private void components(Object node, TypedFunction function) {
        for (var component : node.getClass().getRecordComponents()) {
            try {
                walk(component.getAccessor().invoke(node), function);
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private void same(Type wanted, Type given, Object where) {
        require(wanted.equals(given), "wants " + wanted + ", has " + given, where);
    }

    private void require(boolean holds, String rule, Object where) {
        if (!holds) {
            var text = where.toString();
            violations.add(rule + " in " + text.substring(0, Math.min(300, text.length())));
        }
    }

    private static boolean isBool(Type type) {
        return type.equals(new Type.Scalar(ScalarType.BOOL));
    }

    private static boolean isIndex(Type type) {
        return type instanceof Type.Scalar(ScalarType kind) && kind.isInteger() && kind.byteSize() >= 4;
    }

    private void check(TypedStatement statement, TypedFunction function) {
        switch (statement) {
            case TypedStatement.Declare declare ->
                declare.initializer().ifPresent(value -> same(declare.variable().type(), value.type(), declare));
            case TypedStatement.If branch -> require(isBool(branch.condition().type()), "condition is bool", branch);
            case TypedStatement.Loop loop ->
                loop.condition().ifPresent(value -> require(isBool(value.type()), "condition is bool", loop));
            case TypedStatement.Switch choice ->
                require(isIndex(choice.selector().type()), "selector", choice);
            case TypedStatement.Return result
            when function != null && result.value().isPresent() ->
                same(function.returnType(), result.value().get().type(), result);
            default -> {}
        }
    }

    private void check(Place place) {
        switch (place) {
            case Place.Dereference(var pointer) -> require(pointer.type() instanceof Type.Pointer, "a pointer", place);
            case Place.Field(var struct, var field) ->
                require(
                        struct.type() instanceof Type.Struct type
                                && type.fields().contains(field),
                        "a field of its struct",
                        place);
            case Place.Element(var _, var index, var _, var _) -> require(isIndex(index.type()), "an index", place);
            case Place.Swizzle(var vector, var components, var type) -> {
                var shape = (Type.Vector) vector.type();
                require(components.stream().allMatch(i -> i < shape.count()), "components exist", place);
                require(components.stream().distinct().count() == components.size(), "no component twice", place);
                var wanted = components.size() == 1
                        ? new Type.Scalar(shape.element())
                        : new Type.Vector(shape.element(), components.size(), false);
                same(wanted, type, place);
            }
            case Place.OfVariable _ -> {}
        }
    }

    private void check(TypedExpression expression) {
        switch (expression) {
            case TypedExpression.Assign assign ->
                same(assign.place().type(), assign.value().type(), assign);
            case TypedExpression.Update update -> {
                same(update.place().type(), update.value().type(), update);
                same(update.place().type(), update.old().type(), update);
            }
            case TypedExpression.Binary binary -> binary(binary);
            case TypedExpression.Logical logical ->
                require(isBool(logical.left().type()) && isBool(logical.right().type()), "operands are bool", logical);
            case TypedExpression.Conditional conditional -> {
                require(isBool(conditional.condition().type()), "condition is bool", conditional);
                same(conditional.left().type(), conditional.right().type(), conditional);
            }
            case TypedExpression.Reinterpret reinterpret ->
                require(
                        reinterpret.type().byteSize()
                                == reinterpret.operand().type().byteSize(),
                        "sizes are equal",
                        reinterpret);
            case TypedExpression.PointerAdd add -> require(isIndex(add.index().type()), "an index", add);
            case TypedExpression.ElementOf element ->
                require(isIndex(element.index().type()), "an index", element);
            case TypedExpression.Call call -> {
                var parameters = call.function().parameters();
                require(parameters.size() == call.arguments().size(), "one argument per parameter", call);
                for (int i = 0; i < parameters.size(); i++) {
                    same(parameters.get(i).type(), call.arguments().get(i).type(), call);
                }
            }
            case TypedExpression.CallBuiltin call -> arguments(call);
            case TypedExpression.Construct construct -> construct(construct);
            default -> {}
        }
    }

    private void binary(TypedExpression.Binary binary) {
        var shift = binary.operator() == BinaryOperator.SHIFT_LEFT || binary.operator() == BinaryOperator.SHIFT_RIGHT;
        if (!shift) {
            same(binary.left().type(), binary.right().type(), binary);
        }
        if (!binary.operator().isComparison()) {
            same(binary.left().type(), binary.type(), binary);
            var narrow =
                    binary.type() instanceof Type.Scalar(ScalarType kind) && kind.isInteger() && kind.byteSize() < 4;
            require(!narrow, "scalars are promoted", binary);
        }
        require(!(binary.left().type() instanceof Type.Vector vector) || !vector.packed(), "unpacked", binary);
    }

    private void arguments(TypedExpression.CallBuiltin call) {
        for (int i = 0; i < call.arguments().size(); i++) {
            var wanted = call.builtin().parameters().get(i);
            if (!(wanted instanceof Type.Opaque)) {
                same(wanted, call.arguments().get(i).type(), call);
            }
        }
    }

    private void construct(TypedExpression.Construct construct) {
        var parts = construct.parts();
        switch (construct.type()) {
            case Type.Struct struct
            when !struct.isUnion() -> {
                require(parts.size() == struct.fields().size(), "one value per field", construct);
                for (int i = 0; i < Math.min(parts.size(), struct.fields().size()); i++) {
                    same(struct.fields().get(i).type(), parts.get(i).type(), construct);
                }
            }
            case Type.Array array -> {
                require(parts.size() == array.length(), "one value per element", construct);
                parts.forEach(part -> same(array.element(), part.type(), construct));
            }
            case Type.Vector vector ->
                parts.forEach(part -> require(
                        part.type() instanceof Type.Scalar(ScalarType kind) && kind == vector.element()
                                || part.type() instanceof Type.Vector other && other.element() == vector.element(),
                        "components of the element type",
                        construct));
            default -> {}
        }
    }
}
