package io.ringkernel.metal.msl.check.semantics;

import io.ringkernel.metal.msl.builtin.Type;
import io.ringkernel.metal.msl.check.Place;
import io.ringkernel.metal.msl.check.TypedExpression;
import io.ringkernel.metal.msl.check.TypedFunction;
import io.ringkernel.metal.msl.check.TypedStatement;
import io.ringkernel.metal.msl.check.Variable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * Runs typed trees while the program is compiled. A scalar's value is its bits (Long), an aggregate's an Object[] of
 * its components, columns, elements or fields, a pointer's a {@link Slot}. What is no constant gives null.
 */
final class ConstantEvaluator {
    private static final int STEP_LIMIT = 4_000_000;
    private static final int DEPTH_LIMIT = 512;

    /** Where a value is; moving a pointer moves the index. */
    record Slot(Object[] container, int index) {
        Object get() {
            if (container == null || index < 0 || index >= container.length) {
                throw NotConstant.INSTANCE;
            }
            return container[index];
        }

        void set(Object value) {
            get();
            container[index] = value;
        }
    }

    private static final Slot NULL = new Slot(null, 0);

    /** Leaves an evaluation that reached something only known at run time. */
    private static final class NotConstant extends RuntimeException {
        private static final long serialVersionUID = 1L;
        static final NotConstant INSTANCE = new NotConstant();

        private NotConstant() {
            super(null, null, false, false);
        }
    }

    private enum Flow {
        NEXT,
        BREAK,
        CONTINUE,
        RETURN
    }

    /** Makes a function's body known; false if it has none. */
    interface Bodies {
        boolean define(TypedFunction function);
    }

    /** The variables of one call. */
    private static final class Frame {
        final Map<Variable, Object[]> cells = new IdentityHashMap<>();
        Object returned;
    }

    private final Map<Variable, Object[]> globals = new IdentityHashMap<>();
    private final Bodies bodies;
    private final BuiltinFolding folding = new BuiltinFolding();
    private int steps;
    private int depth;

    ConstantEvaluator(Bodies bodies) {
        this.bodies = bodies;
    }

    /** Remembers the value of a constant variable. */
    void define(Variable variable, Object value) {
        globals.put(variable, new Object[] {value});
    }

    /** Bits of a scalar constant variable, or null. */
    Long scalar(Variable variable) {
        var cell = globals.get(variable);
        return cell != null && cell[0] instanceof Long bits ? bits : null;
    }

    /** The value, or null if it is not constant. */
    Object evaluate(TypedExpression expression) {
        if (expression instanceof TypedExpression.Constant constant) {
            return constant.bits();
        }
        try {
            steps = 0;
            depth = 0;
            return value(expression, new Frame());
        } catch (NotConstant _) {
            return null;
        }
    }

    private static Object copy(Object value) {
        if (!(value instanceof Object[] parts)) {
            return value;
        }
        var copied = parts.clone();
        for (int i = 0; i < copied.length; i++) {
            copied[i] = copy(copied[i]);
        }
        return copied;
    }

    static Object zero(Type type) {
        return switch (type) {
            case Type.Scalar _, Type.Atomic _ -> 0L;
            case Type.Vector vector -> fill(vector.count(), 0L);
            case Type.Matrix matrix -> {
                var columns = new Object[matrix.columns()];
                Arrays.setAll(columns, i -> zero(matrix.column()));
                yield columns;
            }
            case Type.Array array -> {
                var elements = new Object[array.length()];
                Arrays.setAll(elements, i -> zero(array.element()));
                yield elements;
            }
            case Type.Struct struct ->
                struct.fields().stream().map(field -> zero(field.type())).toArray();
            case Type.Pointer _ -> NULL;
            case Type.Opaque _ -> throw NotConstant.INSTANCE;
        };
    }

    private static Object[] fill(int count, Object value) {
        var parts = new Object[count];
        Arrays.fill(parts, value);
        return parts;
    }

    private long bits(TypedExpression expression, Frame frame) {
        return (Long) value(expression, frame);
    }

    private Object value(TypedExpression expression, Frame frame) {
        if (++steps > STEP_LIMIT) {
            throw NotConstant.INSTANCE;
        }
        return switch (expression) {
            case TypedExpression.Constant constant -> constant.bits();
            case TypedExpression.NullPointer _ -> NULL;
            case TypedExpression.Zero zero -> zero(zero.type());
            case TypedExpression.Load load -> copy(slot(load.place(), frame));
            case TypedExpression.AddressOf address -> location(address.place(), frame);
            case TypedExpression.Assign assign -> {
                var stored = value(assign.value(), frame);
                store(assign.place(), stored, frame);
                yield copy(stored);
            }
            case TypedExpression.Update update -> update(update, frame);
            case TypedExpression.Unary unary -> unary(unary, frame);
            case TypedExpression.Binary binary -> binary(binary, frame);
            case TypedExpression.Logical logical -> {
                var left = bits(logical.left(), frame);
                yield (left != 0) == logical.isAnd() ? (Object) bits(logical.right(), frame) : (Object) left;
            }
            case TypedExpression.Conditional conditional ->
                value(bits(conditional.condition(), frame) != 0 ? conditional.left() : conditional.right(), frame);
            case TypedExpression.Convert convert ->
                convert(value(convert.operand(), frame), convert.operand().type(), convert.type());
            case TypedExpression.Reinterpret reinterpret -> reinterpret(reinterpret, frame);
            case TypedExpression.Construct construct -> construct(construct, frame);
            case TypedExpression.Swizzle swizzle -> {
                var parts = (Object[]) value(swizzle.vector(), frame);
                yield swizzle.components().size() == 1
                        ? parts[swizzle.components().getFirst()]
                        : swizzle.components().stream().map(i -> parts[i]).toArray();
            }
            case TypedExpression.FieldOf field ->
                ((Object[]) value(field.struct(), frame))
                        [fieldIndex((Type.Struct) field.struct().type(), field.field())];
            case TypedExpression.ElementOf element ->
                new Slot((Object[]) value(element.aggregate(), frame), index(element.index(), frame)).get();
            case TypedExpression.PointerAdd add -> {
                var pointer = (Slot) value(add.pointer(), frame);
                yield new Slot(pointer.container(), pointer.index() + index(add.index(), frame));
            }
            case TypedExpression.PointerDifference difference -> {
                var left = (Slot) value(difference.left(), frame);
                var right = (Slot) value(difference.right(), frame);
                if (left.container() != right.container()) {
                    throw NotConstant.INSTANCE;
                }
                yield (long) (left.index() - right.index());
            }
            case TypedExpression.Call call -> call(call, frame);
            case TypedExpression.CallBuiltin call -> builtin(call, frame);
            case TypedExpression.Sequence sequence -> {
                run(sequence.statements(), frame);
                yield value(sequence.result(), frame);
            }
            case TypedExpression.FunctionConstantValue _, TypedExpression.FunctionConstantDefined _ ->
                throw NotConstant.INSTANCE;
        };
    }

    private int index(TypedExpression expression, Frame frame) {
        var bits = bits(expression, frame);
        if (bits > Integer.MAX_VALUE || bits < Integer.MIN_VALUE) {
            throw NotConstant.INSTANCE;
        }
        return (int) bits;
    }

    private static int fieldIndex(Type.Struct struct, Type.Struct.Field field) {
        if (struct.isUnion()) {
            throw NotConstant.INSTANCE;
        }
        return struct.fields().indexOf(field);
    }

    private Object slot(Place place, Frame frame) {
        if (place instanceof Place.Swizzle(Place vector, List<Integer> components, var _)) {
            var parts = (Object[]) slot(vector, frame);
            return components.size() == 1
                    ? parts[components.getFirst()]
                    : components.stream().map(i -> parts[i]).toArray();
        }
        var value = location(place, frame).get();
        if (value == null) {
            throw NotConstant.INSTANCE;
        }
        return value;
    }

    private Slot location(Place place, Frame frame) {
        return switch (place) {
            case Place.OfVariable(var variable) -> {
                var cell = frame.cells.get(variable);
                if (cell == null) {
                    cell = globals.get(variable);
                }
                if (cell == null) {
                    throw NotConstant.INSTANCE;
                }
                yield new Slot(cell, 0);
            }
            case Place.Dereference(var pointer) -> {
                if (!(value(pointer, frame) instanceof Slot slot)) {
                    throw NotConstant.INSTANCE;
                }
                yield slot;
            }
            case Place.Field(var struct, var field) -> {
                var index = fieldIndex((Type.Struct) struct.type(), field);
                yield new Slot((Object[]) slot(struct, frame), index);
            }
            case Place.Element(var aggregate, var index, var _) ->
                new Slot((Object[]) slot(aggregate, frame), index(index, frame));
            case Place.Swizzle(var vector, var components, var _)
            when components.size() == 1 -> new Slot((Object[]) slot(vector, frame), components.getFirst());
            case Place.Swizzle _ -> throw NotConstant.INSTANCE;
        };
    }

    private void store(Place place, Object value, Frame frame) {
        if (place instanceof Place.Swizzle(Place vector, List<Integer> components, var _) && components.size() > 1) {
            var parts = (Object[]) slot(vector, frame);
            for (int i = 0; i < components.size(); i++) {
                parts[components.get(i)] = ((Object[]) value)[i];
            }
            return;
        }
        var target = location(place, frame);
        for (var cell : globals.values()) {
            if (cell == target.container()) {
                throw NotConstant.INSTANCE;
            }
        }
        target.set(copy(value));
    }

    private Object update(TypedExpression.Update update, Frame frame) {
        var old = copy(slot(update.place(), frame));
        frame.cells.put(update.old(), new Object[] {old});
        var stored = value(update.value(), frame);
        store(update.place(), stored, frame);
        return update.yieldsOld() ? old : copy(stored);
    }

    private Object unary(TypedExpression.Unary unary, Frame frame) {
        var kind = elementKind(unary.type());
        return map(value(unary.operand(), frame), bits -> Arithmetic.unary(unary.operator(), kind, bits));
    }

    private static io.ringkernel.metal.msl.builtin.ScalarType elementKind(Type type) {
        return switch (type) {
            case Type.Scalar scalar -> scalar.kind();
            case Type.Vector vector -> vector.element();
            case Type.Matrix matrix -> matrix.element();
            default -> throw NotConstant.INSTANCE;
        };
    }

    private static Object map(Object value, java.util.function.LongUnaryOperator function) {
        if (value instanceof Object[] parts) {
            var result = new Object[parts.length];
            Arrays.setAll(result, i -> map(parts[i], function));
            return result;
        }
        return function.applyAsLong((Long) value);
    }

    private Object binary(TypedExpression.Binary binary, Frame frame) {
        var left = value(binary.left(), frame);
        var right = value(binary.right(), frame);
        if (left instanceof Slot a) {
            return comparePointers(binary, a, (Slot) right);
        }
        var kind = elementKind(binary.left().type());
        return combine(left, right, (a, b) -> {
            var result = Arithmetic.binary(binary.operator(), kind, a, b);
            if (result == null) {
                throw NotConstant.INSTANCE;
            }
            return result;
        });
    }

    private static Object comparePointers(TypedExpression.Binary binary, Slot left, Slot right) {
        var same = left.container() == right.container();
        return switch (binary.operator()) {
            case EQUAL -> same && left.index() == right.index() ? 1L : 0L;
            case NOT_EQUAL -> same && left.index() == right.index() ? 0L : 1L;
            default -> {
                if (!same) {
                    throw NotConstant.INSTANCE;
                }
                yield Arithmetic.binary(
                        binary.operator(), io.ringkernel.metal.msl.builtin.ScalarType.INT, left.index(), right.index());
            }
        };
    }

    private static Object combine(Object left, Object right, java.util.function.LongBinaryOperator function) {
        if (left instanceof Object[] a) {
            var b = (Object[]) right;
            var result = new Object[a.length];
            Arrays.setAll(result, i -> combine(a[i], b[i], function));
            return result;
        }
        return function.applyAsLong((Long) left, (Long) right);
    }

    private static Object convert(Object value, Type from, Type to) {
        if (value instanceof Slot slot) {
            if (to instanceof Type.Scalar) {
                return slot.container() != null ? 1L : 0L;
            }
            throw NotConstant.INSTANCE;
        }
        var source = elementKind(from);
        var target = elementKind(to);
        return map(value, bits -> Arithmetic.convert(source, target, bits));
    }

    private Object reinterpret(TypedExpression.Reinterpret reinterpret, Frame frame) {
        var value = value(reinterpret.operand(), frame);
        if (reinterpret.type() instanceof Type.Pointer(var pointee, var _, var _)
                && reinterpret.operand().type() instanceof Type.Pointer(var source, var _, var _)
                && pointee.equals(source)) {
            return value;
        }
        var bytes = Bytes.of(value, reinterpret.operand().type());
        if (bytes == null) {
            throw NotConstant.INSTANCE;
        }
        return Bytes.read(bytes, reinterpret.type());
    }

    private Object construct(TypedExpression.Construct construct, Frame frame) {
        var parts = new ArrayList<Object>();
        for (var part : construct.parts()) {
            parts.add(value(part, frame));
        }
        return switch (construct.type()) {
            case Type.Vector vector -> {
                var flat = new ArrayList<Object>();
                for (var part : parts) {
                    if (part instanceof Object[] components) {
                        flat.addAll(Arrays.asList(components));
                    } else {
                        flat.add(part);
                    }
                }
                yield flat.size() == 1 ? fill(vector.count(), flat.getFirst()) : flat.toArray();
            }
            case Type.Matrix matrix -> matrix(matrix, parts);
            case Type.Struct struct when struct.isUnion() -> throw NotConstant.INSTANCE;
            default -> parts.stream().map(ConstantEvaluator::copy).toArray();
        };
    }

    private static Object matrix(Type.Matrix matrix, List<Object> parts) {
        if (parts.getFirst() instanceof Object[]) {
            return parts.stream().map(ConstantEvaluator::copy).toArray();
        }
        var columns = (Object[]) zero(matrix);
        for (int i = 0; i < matrix.columns() * matrix.rows(); i++) {
            var column = i / matrix.rows();
            var row = i % matrix.rows();
            if (parts.size() > 1) {
                ((Object[]) columns[column])[row] = parts.get(i);
            } else if (column == row) {
                ((Object[]) columns[column])[row] = parts.getFirst();
            }
        }
        return columns;
    }

    private Object call(TypedExpression.Call call, Frame frame) {
        if (++depth > DEPTH_LIMIT || !bodies.define(call.function())) {
            throw NotConstant.INSTANCE;
        }
        var inner = new Frame();
        for (int i = 0; i < call.arguments().size(); i++) {
            var argument = copy(value(call.arguments().get(i), frame));
            inner.cells.put(call.function().parameters().get(i), new Object[] {argument});
        }
        run(List.of(call.function().body()), inner);
        depth--;
        return inner.returned == null ? zero(call.type()) : inner.returned;
    }

    private Object builtin(TypedExpression.CallBuiltin call, Frame frame) {
        var arguments = new ArrayList<Object>();
        for (var argument : call.arguments()) {
            arguments.add(value(argument, frame));
        }
        var folded = folding.fold(call.builtin(), arguments);
        if (folded == null) {
            throw NotConstant.INSTANCE;
        }
        return folded;
    }

    private Flow run(List<TypedStatement> statements, Frame frame) {
        for (var statement : statements) {
            var flow = run(statement, frame);
            if (flow != Flow.NEXT) {
                return flow;
            }
        }
        return Flow.NEXT;
    }

    private Flow run(TypedStatement statement, Frame frame) {
        return switch (statement) {
            case TypedStatement.Block block -> run(block.statements(), frame);
            case TypedStatement.Declare declare -> {
                var initial = declare.initializer().isPresent()
                        ? copy(value(declare.initializer().get(), frame))
                        : zero(declare.variable().type());
                frame.cells.put(declare.variable(), new Object[] {initial});
                yield Flow.NEXT;
            }
            case TypedStatement.Evaluate evaluate -> {
                value(evaluate.expression(), frame);
                yield Flow.NEXT;
            }
            case TypedStatement.If branch -> {
                if (bits(branch.condition(), frame) != 0) {
                    yield run(branch.then(), frame);
                }
                yield branch.otherwise().isPresent() ? run(branch.otherwise().get(), frame) : Flow.NEXT;
            }
            case TypedStatement.Loop loop -> loop(loop, frame);
            case TypedStatement.Switch choice -> choose(choice, frame);
            case TypedStatement.Break _ -> Flow.BREAK;
            case TypedStatement.Continue _ -> Flow.CONTINUE;
            case TypedStatement.Return result -> {
                result.value().ifPresent(value -> frame.returned = copy(value(value, frame)));
                yield Flow.RETURN;
            }
        };
    }

    private Flow loop(TypedStatement.Loop loop, Frame frame) {
        var first = loop.testsAtEnd();
        while (true) {
            if (++steps > STEP_LIMIT) {
                throw NotConstant.INSTANCE;
            }
            if (!first && loop.condition().isPresent() && bits(loop.condition().get(), frame) == 0) {
                return Flow.NEXT;
            }
            first = false;
            var flow = run(loop.body(), frame);
            if (flow == Flow.RETURN) {
                return flow;
            }
            if (flow == Flow.BREAK) {
                return Flow.NEXT;
            }
            loop.step().ifPresent(step -> value(step, frame));
        }
    }

    private Flow choose(TypedStatement.Switch choice, Frame frame) {
        var selector = bits(choice.selector(), frame);
        int start = -1;
        for (int i = 0; i < choice.cases().size(); i++) {
            if (choice.cases().get(i).labels().contains(selector)) {
                start = i;
                break;
            }
            if (choice.cases().get(i).isDefault()) {
                start = i;
            }
        }
        for (int i = start; i >= 0 && i < choice.cases().size(); i++) {
            var flow = run(choice.cases().get(i).statements(), frame);
            if (flow == Flow.BREAK) {
                return Flow.NEXT;
            }
            if (flow != Flow.NEXT) {
                return flow;
            }
        }
        return Flow.NEXT;
    }
}
