package io.ringkernel.metal.msl.lower;

import io.ringkernel.metal.msl.builtin.ScalarType;
import io.ringkernel.metal.msl.builtin.Type;
import io.ringkernel.metal.msl.ir.Cell;
import io.ringkernel.metal.msl.ir.Expr;
import io.ringkernel.metal.msl.ir.Slot;
import io.ringkernel.metal.msl.run.Memory;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A scalar or pointer inside a type, at a byte offset. */
record Leaf(Type type, int offset) {

    private static final long POISON = (Memory.POISON & 0xffL) * 0x0101010101010101L;

    /** Types with more leaves live in memory. */
    static final int LIMIT = 32;

    /** How many JVM variables hold it: a pointer takes a segment and an offset. */
    int slotCount() {
        return type instanceof Type.Pointer ? 2 : 1;
    }

    Cell cell() {
        return Cell.of(((Type.Scalar) type).kind());
    }

    /** The variables of one that is declared without a value: bytes of poison, but for pointers, which are null. */
    Stream<Expr> poison() {
        if (type instanceof Type.Pointer) {
            return slots(type).stream().map(Expr::zero);
        }
        return Stream.of(Scalars.fromBits(((Type.Scalar) type).kind(), Expr.constant(POISON)));
    }

    /** Whether values of a type are variables, one per leaf; the others are places in memory. */
    static boolean isFlat(Type type) {
        return count(type) <= LIMIT;
    }

    /** Whether a type is an array, or a struct with one somewhere. */
    static boolean hasArray(Type type) {
        return switch (type) {
            case Type.Array _ -> true;
            case Type.Struct struct -> struct.fields().stream().anyMatch(field -> hasArray(field.type()));
            default -> false;
        };
    }

    /** The number of leaves, or more than the limit for a type that must live in memory. */
    static int count(Type type) {
        return switch (type) {
            case Type.Scalar scalar -> scalar.kind() == ScalarType.VOID ? 0 : 1;
            case Type.Vector vector -> vector.count();
            case Type.Matrix matrix -> matrix.columns() * matrix.rows();
            case Type.Pointer _ -> 1;
            case Type.Array array -> (int) Math.min(LIMIT + 1L, (long) array.length() * count(array.element()));
            case Type.Struct struct -> count(struct);
            case Type.Atomic _, Type.Opaque _ -> LIMIT + 1;
        };
    }

    private static int count(Type.Struct struct) {
        if (struct.isUnion()) {
            return LIMIT + 1;
        }
        var total = 0;
        for (var field : struct.fields()) {
            total += field.bitWidth() != 0 ? LIMIT + 1 : count(field.type());
            if (total > LIMIT) {
                return LIMIT + 1;
            }
        }
        return total;
    }

    /** The leaves of a flat type in order of their offsets. */
    static List<Leaf> of(Type type) {
        var leaves = new ArrayList<Leaf>();
        collect(type, 0, leaves);
        return leaves;
    }

    private static void collect(Type type, int offset, List<Leaf> leaves) {
        switch (type) {
            case Type.Scalar scalar -> {
                if (scalar.kind() != ScalarType.VOID) {
                    leaves.add(new Leaf(scalar, offset));
                }
            }
            case Type.Vector vector -> {
                for (int i = 0; i < vector.count(); i++) {
                    leaves.add(new Leaf(
                            new Type.Scalar(vector.element()),
                            offset + i * vector.element().byteSize()));
                }
            }
            case Type.Matrix matrix -> {
                for (int i = 0; i < matrix.columns(); i++) {
                    collect(matrix.column(), offset + i * matrix.column().byteSize(), leaves);
                }
            }
            case Type.Pointer pointer -> leaves.add(new Leaf(pointer, offset));
            case Type.Array array -> {
                for (int i = 0; i < array.length(); i++) {
                    collect(array.element(), offset + i * array.element().byteSize(), leaves);
                }
            }
            case Type.Struct struct ->
                struct.fields().forEach(field -> collect(field.type(), offset + field.offset(), leaves));
            case Type.Atomic _, Type.Opaque _ -> throw new IllegalArgumentException("no value: " + type);
        }
    }

    /** The JVM variables of a value of a type: one or two per leaf, or segment and offset of a type in memory. */
    static List<Slot> slots(Type type) {
        if (!isFlat(type)) {
            return List.of(Slot.SEGMENT, Slot.LONG);
        }
        var slots = new ArrayList<Slot>();
        for (var leaf : of(type)) {
            if (leaf.type() instanceof Type.Pointer) {
                slots.add(Slot.SEGMENT);
                slots.add(Slot.LONG);
            } else {
                slots.add(leaf.cell().slot());
            }
        }
        return slots;
    }

    /** How many JVM variables a value of a flat type takes. */
    static int slotCount(Type type) {
        return slots(type).size();
    }
}
