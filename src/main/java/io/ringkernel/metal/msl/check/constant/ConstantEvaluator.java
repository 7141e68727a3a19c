package io.ringkernel.metal.msl.check.constant;

import io.ringkernel.metal.msl.builtin.ScalarType;
import io.ringkernel.metal.msl.builtin.Type;
import io.ringkernel.metal.msl.check.Place;
import io.ringkernel.metal.msl.check.TypedExpression;
import io.ringkernel.metal.msl.check.TypedFunction;
import io.ringkernel.metal.msl.check.Variable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * Runs typed trees while the program is compiled. A scalar's value is its bits (Long), an aggregate's an Object[] of
 * its components, columns, elements or fields, a pointer's a slot. What is no constant gives null.
 */
public final class ConstantEvaluator {
    private static final int STEP_LIMIT = 4_000_000;
    private static final int DEPTH_LIMIT = 512;
    /** How much is created and copied in one evaluation. */
    private static final long MOST_BYTES = 1 << 27;

    /** Makes a function's body known; false if it has none. */
    public interface Bodies {
        boolean define(TypedFunction function);
    }

    private final Map<Variable, Object[]> globals = new IdentityHashMap<>();
    private final Bodies bodies;
    private final ConstantStatements statements = new ConstantStatements(this);
    private final BuiltinFolding folding = new BuiltinFolding();
    private int steps;
    private int depth;
    private long bytes;

    public ConstantEvaluator(Bodies bodies) {
        this.bodies = bodies;
    }

    /** Remembers the value of a constant variable. */
    public void define(Variable variable, Object value) {
        globals.put(variable, new Object[] {value});
    }

    /** Bits of a scalar constant variable, or null. */
    public Long scalar(Variable variable) {
        var cell = globals.get(variable);
        return cell != null && cell[0] instanceof Long bits ? bits : null;
    }

    /** The value, or null if it is not constant. */
    public Object evaluate(TypedExpression expression) {
        if (expression instanceof TypedExpression.Constant constant) {
            return constant.bits();
        }
        try {
            steps = 0;
            depth = 0;
            bytes = 0;
            return value(expression, new Frame());
        } catch (NotConstantException | ClassCastException | IndexOutOfBoundsException _) {
            return null;
        }
    }

    long bits(TypedExpression expression, Frame frame) {
        return (Long) value(expression, frame);
    }

    /** Counts the work; gives up on too much of it. */
    void step() {
        if (++steps > STEP_LIMIT) {
            throw NotConstantException.INSTANCE;
        }
    }

    /** Counts an object that is created or copied; gives up on too much of it. */
    void object(Type type) {
        step();
        bytes += type.byteSize();
        if (bytes > MOST_BYTES) {
            throw NotConstantException.INSTANCE;
        }
    }

    Object value(TypedExpression expression, Frame frame) {
        object(expression.type());
        return switch (expression) {
            case TypedExpression.Constant constant -> constant.bits();
            case TypedExpression.NullPointer _ -> Values.NULL;
            case TypedExpression.Zero zero -> Values.zero(zero.type());
            case TypedExpression.Load load -> Values.copy(slot(load.place(), frame));
            case TypedExpression.AddressOf address -> location(address.place(), frame);
            case TypedExpression.Assign assign -> {
                var stored = value(assign.value(), frame);
                store(assign.place(), stored, frame);
                yield Values.copy(stored);
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
                Values.convert(
                        value(convert.operand(), frame), convert.operand().type(), convert.type());
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
                new Values.Slot((Object[]) value(element.aggregate(), frame), index(element.index(), frame)).get();
            case TypedExpression.PointerAdd add -> {
                var pointer = (Values.Slot) value(add.pointer(), frame);
                yield new Values.Slot(pointer.container(), pointer.index() + index(add.index(), frame));
            }
            case TypedExpression.PointerDifference difference -> {
                var left = (Values.Slot) value(difference.left(), frame);
                var right = (Values.Slot) value(difference.right(), frame);
                if (left.container() != right.container()) {
                    throw NotConstantException.INSTANCE;
                }
                yield (long) (left.index() - right.index());
            }
            case TypedExpression.Call call -> call(call, frame);
            case TypedExpression.CallBuiltin call -> builtin(call, frame);
            case TypedExpression.Sequence sequence -> {
                statements.run(sequence.statements(), frame);
                yield value(sequence.result(), frame);
            }
            case TypedExpression.FunctionConstantValue _, TypedExpression.FunctionConstantDefined _ ->
                throw NotConstantException.INSTANCE;
        };
    }

    private int index(TypedExpression expression, Frame frame) {
        var bits = bits(expression, frame);
        if (bits > Integer.MAX_VALUE || bits < Integer.MIN_VALUE) {
            throw NotConstantException.INSTANCE;
        }
        return (int) bits;
    }

    private static int fieldIndex(Type.Struct struct, Type.Struct.Field field) {
        if (struct.isUnion()) {
            throw NotConstantException.INSTANCE;
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
            throw NotConstantException.INSTANCE;
        }
        return value;
    }

    private Values.Slot location(Place place, Frame frame) {
        return switch (place) {
            case Place.OfVariable(var variable) -> {
                var cell = frame.cell(variable);
                if (cell == null) {
                    cell = globals.get(variable);
                }
                if (cell == null) {
                    throw NotConstantException.INSTANCE;
                }
                yield new Values.Slot(cell, 0);
            }
            case Place.Dereference(var pointer) -> {
                if (!(value(pointer, frame) instanceof Values.Slot slot)) {
                    throw NotConstantException.INSTANCE;
                }
                yield slot;
            }
            case Place.Field(var struct, var field) -> {
                var index = fieldIndex((Type.Struct) struct.type(), field);
                yield new Values.Slot((Object[]) slot(struct, frame), index);
            }
            case Place.Element(var aggregate, var index, var _, var _) ->
                new Values.Slot((Object[]) slot(aggregate, frame), index(index, frame));
            case Place.Swizzle(var vector, var components, var _)
            when components.size() == 1 -> new Values.Slot((Object[]) slot(vector, frame), components.getFirst());
            case Place.Swizzle _ -> throw NotConstantException.INSTANCE;
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
        location(place, frame).set(Values.copy(value));
    }

    private Object update(TypedExpression.Update update, Frame frame) {
        var old = Values.copy(slot(update.place(), frame));
        frame.put(update.old(), old);
        var stored = value(update.value(), frame);
        store(update.place(), stored, frame);
        return update.yieldsOld() ? old : Values.copy(stored);
    }

    private Object unary(TypedExpression.Unary unary, Frame frame) {
        var kind = Values.elementKind(unary.type());
        return Values.map(value(unary.operand(), frame), bits -> {
            if (!ConstantArithmetic.isDefined(unary.operator(), kind, bits)) {
                throw NotConstantException.INSTANCE;
            }
            return ConstantArithmetic.unary(unary.operator(), kind, bits);
        });
    }

    private Object binary(TypedExpression.Binary binary, Frame frame) {
        var left = value(binary.left(), frame);
        var right = value(binary.right(), frame);
        if (left instanceof Values.Slot a) {
            return Values.comparePointers(binary, a, (Values.Slot) right);
        }
        var kind = Values.elementKind(binary.left().type());
        return Values.combine(left, right, (a, b) -> {
            var result = ConstantArithmetic.binary(binary.operator(), kind, a, b);
            if (result == null) {
                throw NotConstantException.INSTANCE;
            }
            return result;
        });
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
            throw NotConstantException.INSTANCE;
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
                yield flat.size() == 1 ? Values.fill(vector.count(), flat.getFirst()) : flat.toArray();
            }
            case Type.Matrix matrix -> Values.matrix(matrix, parts);
            default -> parts.stream().map(Values::copy).toArray();
        };
    }

    private Object call(TypedExpression.Call call, Frame frame) {
        if (++depth > DEPTH_LIMIT || !bodies.define(call.function())) {
            throw NotConstantException.INSTANCE;
        }
        var inner = new Frame();
        for (int i = 0; i < call.arguments().size(); i++) {
            var argument = Values.copy(value(call.arguments().get(i), frame));
            inner.put(call.function().parameters().get(i), argument);
        }
        statements.run(List.of(call.function().body()), inner);
        depth--;
        if (inner.returned() == null && !isVoid(call.type())) {
            // It flowed off its end.
            throw NotConstantException.INSTANCE;
        }
        return inner.returned() == null ? Values.zero(call.type()) : inner.returned();
    }

    private static boolean isVoid(Type type) {
        return type instanceof Type.Scalar scalar && scalar.kind() == ScalarType.VOID;
    }

    private Object builtin(TypedExpression.CallBuiltin call, Frame frame) {
        var arguments = new ArrayList<Object>();
        for (var argument : call.arguments()) {
            arguments.add(value(argument, frame));
        }
        var folded = folding.fold(call.builtin(), arguments);
        if (folded == null) {
            throw NotConstantException.INSTANCE;
        }
        return folded;
    }
}
