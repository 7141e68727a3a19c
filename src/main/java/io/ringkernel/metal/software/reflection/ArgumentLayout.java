package io.ringkernel.metal.software.reflection;

import io.ringkernel.metal.msl.builtin.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How argument encoders count the members of a struct (MSL specification, section 2.13): a member has the index of its
 * attribute {@code id}, or else one more than the member before; each element of an array, and each member of a struct
 * in the struct, has an index of its own.
 */
public final class ArgumentLayout {
    /** One member or element: where it is from the start of the struct, and what. */
    public record Place(long index, long offset, Type type) {}

    private final List<Place> places = new ArrayList<>();

    private ArgumentLayout() {}

    /** The layout of a struct. */
    public static ArgumentLayout of(Type.Struct struct) {
        var layout = new ArgumentLayout();
        layout.add(struct, 0, 0);
        return layout;
    }

    /** What is at an index. */
    public Optional<Place> at(long index) {
        return places.stream().filter(place -> place.index() == index).findFirst();
    }

    /** The index of a member of a struct, counted from that of the struct. */
    static long indexOf(Type.Struct struct, Type.Struct.Field wanted) {
        long next = 0;
        for (var field : struct.fields()) {
            long index = struct.argumentIndex(field).orElse((int) next);
            if (field.equals(wanted)) {
                return index;
            }
            next = index + count(field.type());
        }
        throw new IllegalArgumentException("not a member: " + wanted);
    }

    /** How many indices a type takes. */
    static long count(Type type) {
        return switch (type) {
            case Type.Array array -> array.length() * count(array.element());
            case Type.Struct struct
            when DataTypes.isPlainStruct(struct) ->
                struct.fields().stream().mapToLong(field -> count(field.type())).sum();
            default -> 1;
        };
    }

    private void add(Type type, long index, long offset) {
        switch (type) {
            case Type.Array array -> {
                long each = count(array.element());
                for (int i = 0; i < array.length(); i++) {
                    add(
                            array.element(),
                            index + i * each,
                            offset + (long) i * array.element().byteSize());
                }
            }
            case Type.Struct struct
            when DataTypes.isPlainStruct(struct) -> {
                for (var field : struct.fields()) {
                    add(field.type(), index + indexOf(struct, field), offset + field.offset());
                }
            }
            default -> places.add(new Place(index, offset, type));
        }
    }
}
