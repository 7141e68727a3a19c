package io.ringkernel.metal;

/** The members of a struct by the indices that an argument encoder knows them by. */
final class ArgumentMembers {
    private final MetalType.Struct struct;

    ArgumentMembers(MetalType.Struct struct) {
        this.struct = struct;
    }

    /**
     * Refuses what is not of a type.
     *
     * @throws IndexOutOfBoundsException if there is no member at the index
     * @throws IllegalArgumentException if it is of another type
     */
    void require(int index, MetalDataType wanted) {
        var found = at(index);
        boolean fits = switch (found) {
            case MetalType.Pointer _ -> wanted == MetalDataType.POINTER;
            case MetalType.Data data -> data.type() == wanted;
            case MetalType.Array _, MetalType.Struct _ -> true;
        };
        if (!fits) {
            throw new IllegalArgumentException("the member at index " + index + " is no " + wanted + ": " + found);
        }
    }

    /**
     * The bytes of a scalar, vector or matrix.
     *
     * @throws IndexOutOfBoundsException if there is no member at the index
     * @throws IllegalArgumentException if it is nothing such
     */
    long requireConstant(int index) {
        if (at(index) instanceof MetalType.Data data && data.type().byteSize() > 0) {
            return data.type().byteSize();
        }
        throw new IllegalArgumentException("the member at index " + index + " is no plain value: " + at(index));
    }

    /**
     * What is at an index: the member, or the element of the array, that begins there. Inside of a struct in a struct
     * it is that struct, since reflection does not say how Metal counts there.
     */
    private MetalType at(int index) {
        MetalType.Member last = null;
        for (var member : struct.members()) {
            if (member.index() <= index && (last == null || member.index() > last.index())) {
                last = member;
            }
        }
        var type = last == null ? null : last.type();
        boolean exists = switch (type) {
            case null -> false;
            case MetalType.Struct _ -> true;
            case MetalType.Array array ->
                array.element() instanceof MetalType.Struct
                        || index - last.index() < array.length() * Math.max(1, array.indexStride());
            case MetalType.Data _, MetalType.Pointer _ -> index == last.index();
        };
        if (!exists) {
            throw new IndexOutOfBoundsException("the struct has no member at index " + index);
        }
        return type instanceof MetalType.Array array && !(array.element() instanceof MetalType.Array)
                ? array.element()
                : type;
    }
}
