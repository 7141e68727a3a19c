package io.ringkernel.metal.msl.lower;

import io.ringkernel.metal.msl.builtin.Type;
import io.ringkernel.metal.msl.check.TypedExpression;
import io.ringkernel.metal.msl.ir.ConstantImage;
import io.ringkernel.metal.msl.ir.Expr;
import io.ringkernel.metal.msl.ir.Frame;
import io.ringkernel.metal.msl.ir.Ops;
import io.ringkernel.metal.msl.ir.Slot;
import io.ringkernel.metal.msl.ir.SpecialVars;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/** Objects in constant memory: what the compiler knows of them is data, the rest is code that runs once. */
final class ConstantObjects {
    /** With fewer scalars, storing each is quicker than to copy them. */
    private static final int LEAST_COPIED = 128;

    private final FunctionLowering initialization;
    private final Frame memory = new Frame();
    private final ConstantImage image = new ConstantImage();
    private final Map<TypedExpression, Ref.Memory> copied = new IdentityHashMap<>();

    /** {@code initialization} takes the code. */
    ConstantObjects(FunctionLowering initialization) {
        this.initialization = initialization;
    }

    Frame memory() {
        return memory;
    }

    ConstantImage image() {
        return image;
    }

    /** A new object with the value of an expression. */
    Ref.Memory make(TypedExpression value) {
        var object = allocate(value.type());
        fill(object, value);
        return object;
    }

    /** A new object with a lowered value. */
    Ref.Memory make(Type type, Value value, int line) {
        var object = allocate(type);
        store(object, value, line);
        return object;
    }

    private Ref.Memory allocate(Type type) {
        var offset = memory.allocate(type.byteSize(), type.alignment());
        return new Ref.Memory(SpecialVars.CONSTANTS, Expr.constant((long) offset), type);
    }

    /** Whether a value of an expression is better copied from an object than stored in parts. */
    static boolean isWorthCopying(TypedExpression value) {
        return !Leaf.isFlat(value.type()) && scalars(value) >= LEAST_COPIED;
    }

    /** How many scalars the expression has; few if one of them is not known. */
    private static int scalars(TypedExpression value) {
        return switch (value) {
            case TypedExpression.Constant _ -> 1;
            case TypedExpression.Zero _ -> 0;
            case TypedExpression.Convert(var _, TypedExpression.Constant _, var _) -> 1;
            case TypedExpression.Construct construct -> {
                int sum = 0;
                for (var part : construct.parts()) {
                    int scalars = scalars(part);
                    if (scalars < 0) {
                        yield -1;
                    }
                    sum = Math.min(LEAST_COPIED, sum + scalars);
                }
                yield sum;
            }
            default -> -1;
        };
    }

    /** The object that holds the value of such an expression. */
    Ref.Memory copied(TypedExpression value) {
        var known = copied.get(value);
        if (known == null) {
            known = make(value);
            copied.put(value, known);
        }
        return known;
    }

    private void fill(Ref.Memory object, TypedExpression value) {
        switch (value) {
            case TypedExpression.Zero _ -> {
                // The memory begins with zeros.
            }
            case TypedExpression.Construct(Type.Array array, List<TypedExpression> parts, var _) -> {
                for (int i = 0; i < parts.size(); i++) {
                    var offset =
                            Ops.add(object.offset(), (long) i * array.element().byteSize());
                    fill(new Ref.Memory(object.segment(), offset, array.element()), parts.get(i));
                }
            }
            case TypedExpression.Construct(Type.Struct struct, List<TypedExpression> parts, var _) -> {
                for (int i = 0; i < parts.size(); i++) {
                    field(object, struct.fields().get(i), parts.get(i));
                }
            }
            default ->
                store(
                        object,
                        initialization.expressions().lower(value),
                        value.position().line());
        }
    }

    private void field(Ref.Memory object, Type.Struct.Field field, TypedExpression value) {
        switch (initialization.places().field(object, field)) {
            case Ref.Memory memory -> fill(memory, value);
            case Ref.Bits bits -> bits(bits, value);
            case Ref other -> throw new IllegalStateException("not in memory: " + other);
        }
    }

    private void bits(Ref.Bits bits, TypedExpression value) {
        var lowered = initialization.expressions().lower(value);
        if (lowered.single() instanceof Expr.Const constant) {
            image.putBits(start(bits.unit()), bits.from(), bits.width(), constant.bits());
        } else {
            initialization.places().store(bits, lowered, value.position().line());
        }
    }

    private static int start(Ref.Memory object) {
        return (int) ((Expr.Const) object.offset()).bits();
    }

    private void store(Ref.Memory object, Value value, int line) {
        boolean isKnown = !value.inMemory()
                && value.parts().stream()
                        .allMatch(part -> part instanceof Expr.Const constant && constant.slot() != Slot.SEGMENT);
        if (!isKnown) {
            initialization.places().store(object, value, line);
            return;
        }
        int next = 0;
        for (var leaf : Leaf.of(object.type())) {
            image.put(leaf.cell(), start(object) + leaf.offset(), (Expr.Const)
                    value.parts().get(next++));
        }
    }
}
