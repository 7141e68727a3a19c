package io.ringkernel.metal.msl.builtin;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A resolved MSL type with its layout (MSL specification, section 2). Value types compare by value, {@link Struct} by
 * identity. References do not exist here: the checker turns them into pointers. Enumerations are their underlying
 * scalar.
 */
public sealed interface Type {

    /** Size in bytes, padded to the alignment; what {@code sizeof} says. */
    int byteSize();

    /** Alignment in bytes. */
    int alignment();

    /** One scalar. */
    record Scalar(ScalarType kind) implements Type {
        @Override
        public int byteSize() {
            return kind.byteSize();
        }

        @Override
        public int alignment() {
            return Math.max(1, kind.byteSize());
        }

        @Override
        public String toString() {
            return kind.keyword();
        }
    }

    /**
     * Components, two to four in all vectors that have a name; a packed vector has the alignment of its element and no
     * padding, others are as large as if their length were a power of two.
     */
    record Vector(ScalarType element, int count, boolean packed) implements Type {
        @Override
        public int byteSize() {
            return element.byteSize() * (packed ? count : Integer.highestOneBit(2 * count - 1));
        }

        @Override
        public int alignment() {
            return packed ? element.byteSize() : byteSize();
        }

        @Override
        public String toString() {
            return (packed ? "packed_" : "") + element.keyword() + count;
        }
    }

    /** Column-major: {@code columns} vectors of {@code rows} components. */
    record Matrix(ScalarType element, int columns, int rows) implements Type {
        /** The type of one column. */
        public Vector column() {
            return new Vector(element, rows, false);
        }

        @Override
        public int byteSize() {
            return columns * column().byteSize();
        }

        @Override
        public int alignment() {
            return column().alignment();
        }

        @Override
        public String toString() {
            return element.keyword() + columns + "x" + rows;
        }
    }

    /** A C array; {@code metal::array} is a struct with one such field. */
    record Array(Type element, int length) implements Type {
        @Override
        public int byteSize() {
            return Math.multiplyExact(element.byteSize(), length);
        }

        @Override
        public int alignment() {
            return element.alignment();
        }

        @Override
        public String toString() {
            return element + "[" + length + "]";
        }
    }

    /**
     * A 64-bit address in one space; {@code readOnly} when the pointee is const. The pointee of {@code void*} is void.
     */
    record Pointer(Type pointee, AddressSpace space, boolean readOnly) implements Type {
        @Override
        public int byteSize() {
            return 8;
        }

        @Override
        public int alignment() {
            return 8;
        }

        @Override
        public String toString() {
            return space + (readOnly ? " const " : " ") + pointee + "*";
        }
    }

    /** {@code atomic<T>}: 4 bytes also for bool, 8 for ulong. Only atomic functions touch it. */
    record Atomic(ScalarType value) implements Type {
        @Override
        public int byteSize() {
            return Math.max(4, value.byteSize());
        }

        @Override
        public int alignment() {
            return byteSize();
        }

        @Override
        public String toString() {
            return "atomic_" + value.keyword();
        }
    }

    /**
     * A type that values of cannot be laid out here (texture, sampler, simdgroup matrix…), known by name so that a
     * diagnostic can say it.
     */
    record Opaque(String name) implements Type {
        @Override
        public int byteSize() {
            return 8;
        }

        @Override
        public int alignment() {
            return 8;
        }

        @Override
        public String toString() {
            return name;
        }
    }

    /** A struct, class or union; fields are complete once {@link #complete} was called. */
    final class Struct implements Type {
        /**
         * One data member: {@code offset} in bytes; {@code bitWidth} 0 unless a bit-field that starts at
         * {@code bitOffset}.
         */
        public record Field(String name, Type type, int offset, int bitOffset, int bitWidth) {}

        private final String name;
        private final boolean union;
        private final Map<Field, Integer> argumentIndices = new HashMap<>(0);
        private List<Field> fields = List.of();
        private int byteSize = -1;
        private int alignment = 1;

        /** An incomplete type. */
        public Struct(String name, boolean union) {
            this.name = name;
            this.union = union;
        }

        /** Lays out members in order by C++'s rules; {@code minimumAlignment} is from alignas, else 1. */
        public void complete(List<String> names, List<Type> types, int minimumAlignment) {
            var laidOut = new ArrayList<Field>();
            var end = 0;
            var align = minimumAlignment;
            for (int i = 0; i < names.size(); i++) {
                var type = types.get(i);
                var offset = union ? 0 : roundUp(end, type.alignment());
                laidOut.add(new Field(names.get(i), type, offset, 0, 0));
                end = Math.max(end, offset + type.byteSize());
                align = Math.max(align, type.alignment());
            }
            complete(laidOut, Math.max(1, end), align);
        }

        /**
         * Takes fields that were laid out elsewhere (bit-fields, aligned members); pads {@code end} to the alignment.
         */
        public void complete(List<Field> laidOut, int end, int align) {
            fields = List.copyOf(laidOut);
            alignment = align;
            byteSize = roundUp(end, align);
        }

        private static int roundUp(int value, int alignment) {
            return (value + alignment - 1) / alignment * alignment;
        }

        public String name() {
            return name;
        }

        public boolean isUnion() {
            return union;
        }

        public boolean isComplete() {
            return byteSize >= 0;
        }

        public List<Field> fields() {
            return fields;
        }

        /** Notes the number in a field's attribute {@code id}. */
        public void setArgumentIndex(Field field, int index) {
            argumentIndices.put(field, index);
        }

        /** The number in a field's attribute {@code id}; empty if it has none. */
        public Optional<Integer> argumentIndex(Field field) {
            return Optional.ofNullable(argumentIndices.get(field));
        }

        @Override
        public int byteSize() {
            if (byteSize < 0) {
                throw new IllegalStateException("struct is incomplete: " + name);
            }
            return byteSize;
        }

        @Override
        public int alignment() {
            return alignment;
        }

        @Override
        public String toString() {
            return name;
        }
    }
}
