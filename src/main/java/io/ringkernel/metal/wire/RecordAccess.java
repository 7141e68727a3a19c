package io.ringkernel.metal.wire;

import static java.lang.invoke.MethodType.methodType;

import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.nio.ByteOrder;
import java.util.Map;

/**
 * Composes a record's accessors and constructor with {@link RecordCells} and {@link RecordArrays} into two method
 * handles: one writes all components, the other reads them. Both are built once; a call allocates nothing but what the
 * record itself is made of.
 *
 * <p>"Memory" in the types of the handles is {@code MemorySegment} or {@code byte[]}, as the constructor was told.
 */
final class RecordAccess {
    private static final MethodHandles.Lookup OWN = MethodHandles.lookup();
    private static final MethodHandle ADD =
            find(RecordCells.class, "add", methodType(long.class, long.class, long.class));
    private static final MethodHandle REQUIRED =
            find(RecordCells.class, "required", methodType(Object.class, String.class, Object.class));

    private static final Map<Class<?>, String> GETTERS = Map.of(
            boolean.class, "getBoolean",
            byte.class, "getByte",
            short.class, "getShort",
            char.class, "getChar",
            int.class, "getInt",
            long.class, "getLong",
            float.class, "getFloat");

    private final Class<?> memory;

    RecordAccess(Class<?> memory) {
        this.memory = memory;
    }

    /** A handle {@code (record, memory, offset) -> void} that writes every component, and zero to the padding. */
    MethodHandle writer(MslStruct struct) throws IllegalAccessException {
        var writer = MethodHandles.empty(inMemory(void.class, struct.type()));
        int end = struct.byteSize();
        for (var member : struct.members().reversed()) {
            writer = zeroing(writer, member.offset() + member.byteSize(), end);
            end = member.offset();
            var accessor = member.component().getAccessor();
            var write = at(member.offset(), 2, memberWriter(struct, member))
                    .asType(inMemory(void.class, accessor.getReturnType()));
            var getter = access(struct.type()).unreflect(accessor);
            writer = MethodHandles.foldArguments(writer, MethodHandles.filterArguments(write, 0, getter));
        }
        return writer;
    }

    /** A handle {@code (memory, offset) -> record} that reads every component and calls the canonical constructor. */
    MethodHandle reader(MslStruct struct) throws ReflectiveOperationException {
        var members = struct.members();
        var types = members.stream().map(member -> member.component().getType()).toArray(Class<?>[]::new);
        var reader = access(struct.type()).findConstructor(struct.type(), methodType(void.class, types));
        reader = MethodHandles.dropArguments(reader, types.length, memory, long.class);
        for (int i = types.length - 1; i >= 0; i--) {
            var member = members.get(i);
            var read = at(member.offset(), 1, memberReader(struct, member)).asType(inMemory(types[i]));
            reader = mergeTail(MethodHandles.collectArguments(reader, i, read), i);
        }
        return reader;
    }

    /** From {@code (…, memory, offset, memory, offset)} to {@code (…, memory, offset)}. */
    private static MethodHandle mergeTail(MethodHandle handle, int kept) {
        var order = new int[kept + 4];
        for (int i = 0; i < order.length; i++) {
            order[i] = i < kept + 2 ? i : i - 2;
        }
        return MethodHandles.permuteArguments(handle, handle.type().dropParameterTypes(kept + 2, kept + 4), order);
    }

    /**
     * What {@code writer} does after zeroing the bytes from {@code start} to {@code end}, in the widest stores that
     * fit.
     */
    private MethodHandle zeroing(MethodHandle writer, int start, int end) {
        var result = writer;
        for (int at = start; at < end; ) {
            int width = Integer.lowestOneBit(at | Integer.highestOneBit(end - at) | Long.BYTES);
            var put = at(at, 1, MethodHandles.insertArguments(zero(width), 0, 0));
            result = MethodHandles.foldArguments(
                    result, MethodHandles.dropArguments(put, 0, writer.type().parameterType(0)));
            at += width;
        }
        return result;
    }

    private MethodHandle zero(int width) {
        Class<?> type = switch (width) {
            case 1 -> byte.class;
            case 2 -> short.class;
            case 4 -> int.class;
            default -> long.class;
        };
        return MethodHandles.explicitCastArguments(cell("put", void.class, type), inMemory(void.class, int.class));
    }

    /** The handle with {@code offset} added to its argument at {@code position}. */
    private static MethodHandle at(int offset, int position, MethodHandle handle) {
        return offset == 0
                ? handle
                : MethodHandles.filterArguments(handle, position, MethodHandles.insertArguments(ADD, 0, (long) offset));
    }

    private MethodHandle memberWriter(MslStruct struct, MslStruct.Member member) throws IllegalAccessException {
        var where = where(struct, member);
        if (member.isArray()) {
            return arrayWriter(where, member);
        }
        return switch (member.type()) {
            case MslScalar scalar ->
                cell(
                        scalar == MslScalar.HALF ? "putHalf" : "put",
                        void.class,
                        member.component().getType());
            case MslType.Enumeration e -> enumWriter(where);
            case MslStruct nested -> {
                var required = MethodHandles.insertArguments(REQUIRED, 0, where)
                        .asType(methodType(nested.type(), nested.type()));
                yield MethodHandles.filterArguments(writer(nested), 0, required);
            }
        };
    }

    private MethodHandle memberReader(MslStruct struct, MslStruct.Member member) throws ReflectiveOperationException {
        var where = where(struct, member);
        if (member.isArray()) {
            return arrayReader(where, member);
        }
        var type = member.component().getType();
        return switch (member.type()) {
            case MslScalar scalar -> cell(scalar == MslScalar.HALF ? "getHalf" : GETTERS.get(type), type);
            case MslType.Enumeration(Class<?> constants) -> enumReader(where, constants);
            case MslStruct nested -> reader(nested);
        };
    }

    private MethodHandle arrayWriter(String where, MslStruct.Member member) throws IllegalAccessException {
        int length = member.length();
        return switch (member.type()) {
            case MslScalar scalar -> scalarsWriter(where, scalar, member);
            case MslType.Enumeration(Class<?> type) ->
                elementsWriter(new RecordArrays.Elements(
                        where, type, length, member.type().byteSize(), erasedWriter(enumWriter(where)), null));
            case MslStruct nested ->
                elementsWriter(new RecordArrays.Elements(
                        where, nested.type(), length, nested.byteSize(), erasedWriter(writer(nested)), null));
        };
    }

    private MethodHandle arrayReader(String where, MslStruct.Member member) throws ReflectiveOperationException {
        int length = member.length();
        return switch (member.type()) {
            case MslScalar scalar -> scalarsReader(scalar, member);
            case MslType.Enumeration(Class<?> type) ->
                elementsReader(new RecordArrays.Elements(
                        where, type, length, member.type().byteSize(), null, erasedReader(enumReader(where, type))));
            case MslStruct nested ->
                elementsReader(new RecordArrays.Elements(
                        where, nested.type(), length, nested.byteSize(), null, erasedReader(reader(nested))));
        };
    }

    private MethodHandle scalarsWriter(String where, MslScalar scalar, MslStruct.Member member) {
        int length = member.length();
        return switch (scalar) {
            case BOOL ->
                bound(array("putBooleans", void.class, String.class, int.class, boolean[].class), where, length);
            case HALF -> bound(array("putHalves", void.class, String.class, int.class, float[].class), where, length);
            default ->
                bound(
                        array("putArray", void.class, String.class, ValueLayout.class, int.class, Object.class),
                        where,
                        elementLayout(scalar, member),
                        length);
        };
    }

    private MethodHandle scalarsReader(MslScalar scalar, MslStruct.Member member) {
        int length = member.length();
        return switch (scalar) {
            case BOOL -> bound(array("getBooleans", boolean[].class, int.class), length);
            case HALF -> bound(array("getHalves", float[].class, int.class), length);
            default ->
                bound(
                        array("getArray", Object.class, Class.class, ValueLayout.class, int.class),
                        member.component().getType().componentType(),
                        elementLayout(scalar, member),
                        length);
        };
    }

    /** The layout whose carrier is the array's element type: a {@code char} has the bits of MSL's {@code ushort}. */
    private static ValueLayout elementLayout(MslScalar scalar, MslStruct.Member member) {
        boolean isChar = member.component().getType() == char[].class;
        ValueLayout layout = isChar ? ValueLayout.JAVA_CHAR.withOrder(ByteOrder.LITTLE_ENDIAN) : scalar.layout();
        return layout.withByteAlignment(1);
    }

    private MethodHandle enumWriter(String where) {
        return bound(cell("putEnum", void.class, String.class, Enum.class), where);
    }

    private MethodHandle enumReader(String where, Class<?> type) {
        return bound(cell("getEnum", Object.class, String.class, Object[].class), where, type.getEnumConstants());
    }

    private MethodHandle elementsWriter(RecordArrays.Elements elements) {
        return bound(array("putElements", void.class, RecordArrays.Elements.class, Object[].class), elements);
    }

    private MethodHandle elementsReader(RecordArrays.Elements elements) {
        return bound(array("getElements", Object[].class, RecordArrays.Elements.class), elements);
    }

    private MethodHandle erasedWriter(MethodHandle writer) {
        return writer.asType(inMemory(void.class, Object.class));
    }

    private MethodHandle erasedReader(MethodHandle reader) {
        return reader.asType(inMemory(Object.class));
    }

    private static MethodHandle bound(MethodHandle handle, Object... leading) {
        return MethodHandles.insertArguments(handle, 0, leading);
    }

    private MethodHandle cell(String name, Class<?> result, Class<?>... leading) {
        return find(RecordCells.class, name, inMemory(result, leading));
    }

    private MethodHandle array(String name, Class<?> result, Class<?>... leading) {
        return find(RecordArrays.class, name, inMemory(result, leading));
    }

    private static MethodHandle find(Class<?> owner, String name, MethodType type) {
        try {
            return OWN.findStatic(owner, name, type);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(owner.getSimpleName() + "." + name + type, e);
        }
    }

    /** The type {@code (leading…, memory, offset) -> result}. */
    private MethodType inMemory(Class<?> result, Class<?>... leading) {
        return methodType(result, leading).appendParameterTypes(memory, long.class);
    }

    private static String where(MslStruct struct, MslStruct.Member member) {
        return struct.type().getSimpleName() + "." + member.name();
    }

    private static MethodHandles.Lookup access(Class<?> type) throws IllegalAccessException {
        // Opening a package to a module does not make that module read the opener's; reading costs nobody anything.
        RecordAccess.class.getModule().addReads(type.getModule());
        return MethodHandles.privateLookupIn(type, OWN);
    }
}
