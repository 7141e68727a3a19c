package io.ringkernel.metal.wire;

import java.lang.annotation.Annotation;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.ValueLayout;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A record as the struct (or vector) that MSL lays out for it; offsets, size and alignment follow the rules of the MSL
 * specification, sections 2.2 and 2.5, and so does the text of the definition.
 */
record MslStruct(Class<?> type, String mslName, boolean isVector, List<Member> members, int byteSize, int alignment)
        implements MslType {

    /** One component: its type, its number of elements if it is an array, and where it starts. */
    record Member(RecordComponent component, MslType type, boolean isArray, int length, int offset) {
        String name() {
            return component.getName();
        }

        /** Bytes of all elements. */
        int byteSize() {
            return type.byteSize() * length;
        }
    }

    /**
     * The struct for a record.
     *
     * @throws IllegalArgumentException if a component has no counterpart in MSL
     */
    static MslStruct of(Class<?> type) {
        return of(type, List.of());
    }

    private static MslStruct of(Class<?> type, List<Class<?>> outer) {
        if (outer.contains(type)) {
            throw new IllegalArgumentException("record contains itself: " + type.getName());
        }
        var path = new ArrayList<>(outer);
        path.add(type);
        var members = new ArrayList<Member>();
        int end = 0;
        int alignment = 1;
        for (var component : type.getRecordComponents()) {
            var where = type.getSimpleName() + "." + component.getName();
            MslNames.check(component.getName(), where);
            boolean isArray = component.getType().isArray();
            var elementType = isArray ? component.getType().componentType() : component.getType();
            var element = element(elementType, component, where, path);
            int length = length(component, where);
            int offset = roundUp(end, element.alignment());
            members.add(new Member(component, element, isArray, length, offset));
            end = Math.addExact(offset, Math.multiplyExact(element.byteSize(), length));
            alignment = Math.max(alignment, element.alignment());
        }
        if (type.isAnnotationPresent(RingMessage.Vector.class)) {
            return vector(type, members);
        }
        MslNames.checkType(type.getSimpleName(), type.getName());
        return new MslStruct(
                type, type.getSimpleName(), false, List.copyOf(members), roundUp(end, alignment), alignment);
    }

    private static MslStruct vector(Class<?> type, List<Member> members) {
        var first = members.isEmpty() ? null : members.getFirst().type();
        boolean isUniform = first instanceof MslScalar
                && members.stream().allMatch(member -> member.type().equals(first) && !member.isArray());
        if (members.size() < 2 || members.size() > 4 || !isUniform) {
            throw new IllegalArgumentException("@Vector needs 2 to 4 components of one scalar type: " + type.getName());
        }
        int size = first.byteSize() * (members.size() == 3 ? 4 : members.size());
        return new MslStruct(type, first.mslName() + members.size(), true, List.copyOf(members), size, size);
    }

    private static MslType element(Class<?> type, RecordComponent component, String where, List<Class<?>> path) {
        if (type.isPrimitive()) {
            return MslScalar.of(type, component, where);
        }
        if (type.isRecord()) {
            return of(type, path);
        }
        if (type.isEnum()) {
            MslNames.checkType(type.getSimpleName(), where);
            return new MslType.Enumeration(type);
        }
        throw new IllegalArgumentException("no such type in MSL: " + where + " is " + type.getTypeName());
    }

    private static int length(RecordComponent component, String where) {
        var annotation = annotation(component, RingMessage.Length.class);
        boolean isArray = component.getType().isArray();
        if (isArray != (annotation != null)) {
            throw new IllegalArgumentException(
                    (isArray ? "array without @Length: " : "@Length on what is no array: ") + where);
        }
        if (isArray && annotation.value() < 1) {
            throw new IllegalArgumentException("@Length not positive: " + annotation.value() + " on " + where);
        }
        return isArray ? annotation.value() : 1;
    }

    /** An annotation of a component, or of the field behind it: other languages than Java put it there. */
    static <A extends Annotation> A annotation(RecordComponent component, Class<A> type) {
        var own = component.getAnnotation(type);
        if (own != null) {
            return own;
        }
        try {
            return component
                    .getDeclaringRecord()
                    .getDeclaredField(component.getName())
                    .getAnnotation(type);
        } catch (NoSuchFieldException e) {
            return null;
        }
    }

    private static int roundUp(int value, int alignment) {
        return Math.addExact(value, alignment - 1) / alignment * alignment;
    }

    /** The layout with MSL's member names; padding is explicit. */
    @Override
    public MemoryLayout layout() {
        var elements = new ArrayList<MemoryLayout>();
        int end = 0;
        for (var member : members) {
            pad(elements, member.offset() - end);
            var element = member.type().layout();
            elements.add((member.isArray() ? MemoryLayout.sequenceLayout(member.length(), element) : element)
                    .withName(member.name()));
            end = member.offset() + member.byteSize();
        }
        pad(elements, byteSize - end);
        return MemoryLayout.structLayout(elements.toArray(MemoryLayout[]::new))
                .withByteAlignment(alignment)
                .withName(mslName);
    }

    private static void pad(List<MemoryLayout> elements, int bytes) {
        if (bytes > 0) {
            elements.add(MemoryLayout.sequenceLayout(bytes, ValueLayout.JAVA_BYTE));
        }
    }

    /** Puts the definitions that this one needs, then its own, under their names. */
    void define(Map<String, Definition> definitions) {
        for (var member : members) {
            switch (member.type()) {
                case MslStruct nested -> nested.define(definitions);
                case MslType.Enumeration constants -> put(definitions, constants.type(), constants.definition());
                case MslScalar scalar -> {}
            }
        }
        if (!isVector) {
            put(definitions, type, definition());
        }
    }

    /** The definitions of several structs and of what they need, each once. */
    static String define(List<MslStruct> structs) {
        var definitions = new LinkedHashMap<String, Definition>();
        structs.forEach(struct -> struct.define(definitions));
        var text = new StringBuilder();
        for (var definition : definitions.values()) {
            text.append(text.isEmpty() ? "" : "\n").append(definition.text());
        }
        return text.toString();
    }

    private static void put(Map<String, Definition> definitions, Class<?> type, String text) {
        var name = type.getSimpleName();
        var other = definitions.putIfAbsent(name, new Definition(type, text));
        if (other != null && other.type() != type) {
            throw new IllegalArgumentException(
                    "two types of one simple name: " + other.type().getName() + ", " + type.getName());
        }
    }

    private String definition() {
        var text = new StringBuilder("struct ").append(mslName).append(" {\n");
        for (var member : members) {
            text.append("    ").append(member.type().mslName()).append(' ').append(member.name());
            text.append(member.isArray() ? "[" + member.length() + "];\n" : ";\n");
        }
        text.append("};\n");
        if (!members.isEmpty()) {
            text.append("static_assert(sizeof(%s) == %d, \"%s\");\n".formatted(mslName, byteSize, mslName));
        }
        return text.toString();
    }

    /** The text that defines a type. */
    record Definition(Class<?> type, String text) {}
}
