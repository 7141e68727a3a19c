package io.ringkernel.metal.msl.lower;

import io.ringkernel.metal.msl.builtin.ScalarType;
import io.ringkernel.metal.msl.builtin.Type;
import io.ringkernel.metal.msl.check.TypedExpression;
import io.ringkernel.metal.msl.ir.Expr;
import io.ringkernel.metal.msl.ir.Methods;
import io.ringkernel.metal.msl.ir.Ops;
import io.ringkernel.metal.msl.ir.Stmt;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Lowers what builds values of several parts and takes parts of values. */
final class AggregateLowering {
    /** With fewer zeros, storing each is quicker than to clear the object. */
    private static final int LEAST_CLEARED = 64;

    private final FunctionLowering function;

    AggregateLowering(FunctionLowering function) {
        this.function = function;
    }

    private Code code() {
        return function.code();
    }

    Value construct(TypedExpression.Construct construct, int line) {
        if (!Leaf.isFlat(construct.type())) {
            return constructInMemory(construct, line);
        }
        var values = function.expressions().lowerAll(construct.parts());
        var parts = values.stream().flatMap(v -> v.parts().stream()).toList();
        return switch (construct.type()) {
            case Type.Vector vector
            when parts.size() == 1 ->
                Value.of(Collections.nCopies(vector.count(), code().capture(parts.getFirst(), line)));
            case Type.Matrix matrix when parts.size() == 1 -> diagonal(matrix, code().capture(parts.getFirst(), line));
            default -> Value.of(parts);
        };
    }

    private static Value diagonal(Type.Matrix matrix, Expr value) {
        var parts = new ArrayList<Expr>();
        for (int column = 0; column < matrix.columns(); column++) {
            for (int row = 0; row < matrix.rows(); row++) {
                parts.add(row == column ? value : Expr.constant(0f));
            }
        }
        return Value.of(parts);
    }

    private Value constructInMemory(TypedExpression.Construct construct, int line) {
        if (ConstantObjects.isWorthCopying(construct)) {
            var object = function.program().constantObjects().copied(construct);
            return new Value(List.of(object.segment(), object.offset()), true);
        }
        var memory = function.allocate(construct.type(), line);
        boolean isCleared = construct.type() instanceof Type.Struct struct && struct.isUnion()
                || construct.parts().stream().filter(AggregateLowering::isZero).count() >= LEAST_CLEARED;
        if (isCleared) {
            clear(memory, line);
        }
        for (int i = 0; i < construct.parts().size(); i++) {
            var part = construct.parts().get(i);
            if (isCleared && isZero(part)) {
                continue;
            }
            Ref target = switch (construct.type()) {
                case Type.Struct struct ->
                    function.places().field(memory, struct.fields().get(i));
                case Type.Array array ->
                    new Ref.Memory(
                            memory.segment(),
                            Ops.add(memory.offset(), (long) i * array.element().byteSize()),
                            array.element());
                default -> throw new IllegalStateException("not built from parts: " + construct.type());
            };
            function.places()
                    .store(
                            target,
                            function.expressions().lower(part),
                            part.position().line());
        }
        return new Value(List.of(memory.segment(), memory.offset()), true);
    }

    private static boolean isZero(TypedExpression part) {
        return part instanceof TypedExpression.Zero
                || part instanceof TypedExpression.Constant(var _, long bits, var _) && bits == 0;
    }

    Value swizzle(TypedExpression.Swizzle swizzle, int line) {
        var parts = function.expressions().lower(swizzle.vector()).parts();
        var repeated = swizzle.components().stream().distinct().count()
                < swizzle.components().size();
        var usable = repeated ? code().captureAll(parts, line) : parts;
        return Value.of(swizzle.components().stream().map(usable::get).toList());
    }

    Value field(TypedExpression.FieldOf field, int line) {
        var struct = function.expressions().lower(field.struct());
        var ref = asRef(struct, field.struct().type());
        return function.places().load(function.places().field(ref, field.field()), line);
    }

    private static Ref asRef(Value value, Type type) {
        return value.inMemory()
                ? new Ref.Memory(value.segment(), value.offset(), type)
                : new Ref.Fixed(value.parts(), type);
    }

    Value element(TypedExpression.ElementOf element, int line) {
        var values = function.expressions().lowerAll(List.of(element.aggregate(), element.index()));
        var index = values.get(1).single();
        var size = Leaf.slotCount(element.type());
        var type = element.index().type();
        var checked = function.places().checked(element.aggregate().type(), element.name(), type, index, line);
        if (values.get(0).inMemory()) {
            var offset = function.places()
                    .offset(
                            values.get(0).offset(),
                            checked.isPresent() ? new Type.Scalar(ScalarType.INT) : type,
                            checked.isPresent() ? code().capture(checked.get(), line) : index,
                            element.type().byteSize());
            return function.places().load(new Ref.Memory(values.get(0).segment(), offset, element.type()), line);
        }
        var parts = values.get(0).parts();
        if (index instanceof Expr.Const constant) {
            var from = Math.clamp(constant.bits(), 0, parts.size() / size - 1) * size;
            return Value.of(parts.subList(from, from + size));
        }
        var captured = code().captureAll(parts, line);
        var chosen = code().capture(checked.orElse(PlaceLowering.toInt(type, index)), line);
        var results = new ArrayList<Expr>();
        for (int i = 0; i < size; i++) {
            var candidates = new ArrayList<Expr>();
            for (int from = i; from < captured.size(); from += size) {
                candidates.add(captured.get(from));
            }
            results.add(PlaceLowering.choose(candidates, chosen));
        }
        return Value.of(results);
    }

    Value zero(Type type, int line) {
        if (Leaf.isFlat(type)) {
            return Value.of(Leaf.slots(type).stream().map(Expr::zero).toList());
        }
        var memory = function.allocate(type, line);
        clear(memory, line);
        return new Value(List.of(memory.segment(), memory.offset()), true);
    }

    private void clear(Ref.Memory memory, int line) {
        var size = Expr.constant((long) memory.type().byteSize());
        var operands = List.of(memory.segment(), memory.offset(), (Expr) size);
        code().add(new Stmt.Do(Methods.impure(Methods.CLEAR, operands, line), line));
    }
}
