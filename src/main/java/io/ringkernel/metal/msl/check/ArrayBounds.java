package io.ringkernel.metal.msl.check;

import io.ringkernel.metal.msl.builtin.AddressSpace;
import io.ringkernel.metal.msl.builtin.Type;

/** Which arrays end where their type says. */
public final class ArrayBounds {
    /** The array in {@code metal::array}, which has all its elements wherever it is. */
    public static final String LIBRARY_ELEMENTS = "__elements";

    private ArrayBounds() {}

    /**
     * Whether a place is an array that goes on to the end of its buffer: the last member of a struct that a pointer or
     * reference into device or constant memory leads to, as in {@code struct S { uint n; uint v[1]; }}.
     */
    public static boolean isOpen(Place aggregate) {
        var place = aggregate;
        while (place instanceof Place.Field(Place struct, Type.Struct.Field field)) {
            if (field.name().equals(LIBRARY_ELEMENTS) || !isLast(field, (Type.Struct) struct.type())) {
                return false;
            }
            place = resolved(struct);
        }
        return place != aggregate
                && place instanceof Place.Dereference(TypedExpression pointer)
                && pointer.type() instanceof Type.Pointer type
                && (type.space() == AddressSpace.DEVICE || type.space() == AddressSpace.CONSTANT);
    }

    private static boolean isLast(Type.Struct.Field field, Type.Struct struct) {
        return struct.isUnion() || struct.fields().getLast().equals(field);
    }

    /** {@code *&place} is the place. */
    private static Place resolved(Place place) {
        return place instanceof Place.Dereference(TypedExpression pointer)
                        && pointer instanceof TypedExpression.AddressOf address
                ? resolved(address.place())
                : place;
    }
}
