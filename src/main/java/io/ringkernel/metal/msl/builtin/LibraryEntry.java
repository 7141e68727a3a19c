package io.ringkernel.metal.msl.builtin;

import io.ringkernel.metal.msl.builtin.Builtin.Kind;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * One line of {@link LibraryTable}: a family of overloads over element types and vector lengths, and the Java methods
 * that compute it. The name of a method is derived, never looked up; a test holds that each exists.
 */
record LibraryEntry(
        int since,
        Kind kind,
        Elements elements,
        int minimumCount,
        int maximumCount,
        Signature signature,
        Target target) {

    /** Sets of element types; NONE is for functions whose types are all fixed. */
    enum Elements {
        NONE(),
        FLOATING(ScalarType.HALF, ScalarType.FLOAT),
        FLOATING_OR_BFLOAT(ScalarType.HALF, ScalarType.BFLOAT, ScalarType.FLOAT),
        INTEGER(
                ScalarType.CHAR,
                ScalarType.UCHAR,
                ScalarType.SHORT,
                ScalarType.USHORT,
                ScalarType.INT,
                ScalarType.UINT,
                ScalarType.LONG,
                ScalarType.ULONG),
        INTEGER_32(ScalarType.INT, ScalarType.UINT),
        BOOLEAN(ScalarType.BOOL),
        /** What lanes may exchange: no bool, nothing of 64 bits. */
        LANE(
                ScalarType.CHAR,
                ScalarType.UCHAR,
                ScalarType.SHORT,
                ScalarType.USHORT,
                ScalarType.INT,
                ScalarType.UINT,
                ScalarType.HALF,
                ScalarType.FLOAT),
        LANE_INTEGER(
                ScalarType.CHAR,
                ScalarType.UCHAR,
                ScalarType.SHORT,
                ScalarType.USHORT,
                ScalarType.INT,
                ScalarType.UINT),
        /** What the lanes of a quad may: integers of 64 bits too. */
        QUAD_LANE(
                ScalarType.CHAR,
                ScalarType.UCHAR,
                ScalarType.SHORT,
                ScalarType.USHORT,
                ScalarType.INT,
                ScalarType.UINT,
                ScalarType.LONG,
                ScalarType.ULONG,
                ScalarType.HALF,
                ScalarType.FLOAT);

        private final List<ScalarType> types;

        Elements(ScalarType... types) {
            this.types = List.of(types);
        }
    }

    /** How the Java method depends on the element type beyond what its carrier says. */
    enum Naming {
        /** One name in one class; Java's overloading on int, long and float decides. */
        CARRIER,
        /** Unsigned types are in {@link UnsignedIntegerFunctions}; narrow types use the method of int or uint. */
        SIGN,
        /**
         * The type's name is appended for narrow types, which are in {@link NarrowIntegerFunctions}; others as CARRIER.
         */
        WIDTH,
        /** Narrow types as WIDTH, others as SIGN. */
        SIGN_AND_WIDTH,
        /** {@code Unsigned} is appended for unsigned types. */
        UNSIGNED,
        /** {@code Half} is appended for half, whose result is not the rounded float result. */
        HALF
    }

    /**
     * Name and type letters, explained in {@link LibraryTable}; {@code variants}: fast:: and precise:: exist for float.
     */
    record Signature(String name, String result, List<String> parameters, boolean variants) {}

    /** Where the Java methods are; {@code second} is the method of a second result, or null. */
    record Target(Class<?> owner, String name, Naming naming, String second) {}

    /** The type of what tells lanes what to do with their data. */
    private static final String SELECTOR = "ushort";

    /** Kinds that are computed by methods of scalars. */
    private static final Set<Kind> OF_SCALARS = EnumSet.of(Kind.ELEMENTWISE, Kind.REDUCTION, Kind.TWO_RESULTS);

    private static final Set<ScalarType> NARROW =
            Set.of(ScalarType.CHAR, ScalarType.UCHAR, ScalarType.SHORT, ScalarType.USHORT);

    /** The source names: the plain one and those of the variants. */
    List<String> names() {
        var name = signature.name;
        return signature.variants ? List.of(name, "fast::" + name, "precise::" + name) : List.of(name);
    }

    /** Appends every overload; of a variant only those of float. */
    void expand(String name, List<Builtin> overloads) {
        if (elements == Elements.NONE) {
            overloads.add(overload(name, ScalarType.VOID, 1));
            return;
        }
        var variant = name.indexOf(':') >= 0;
        for (var element : elements.types) {
            for (int count = minimumCount;
                    count <= maximumCount && (!variant || element == ScalarType.FLOAT);
                    count++) {
                overloads.add(overload(name, element, count));
            }
        }
    }

    private Builtin overload(String name, ScalarType element, int count) {
        var parameters = new ArrayList<Type>();
        for (var letter : signature.parameters) {
            parameters.add(type(letter, element, count));
        }
        var result = type(signature.result, element, count);
        return new Builtin(name, kind, parameters, result, sinceOf(element), callOf(element));
    }

    /** What a call of the overload calls, or null for a kind that is called component by component. */
    private LibraryMethod callOf(ScalarType element) {
        return switch (kind) {
            case FENCE -> callOf(element, void.class, List.of(int.class, int.class, int.class));
            case BARRIER, SIMDGROUP_BARRIER -> callOf(element, void.class, List.of(int[].class, int.class));
            case SIMDGROUP, QUADGROUP, SIMDGROUP_VECTOR -> callOf(element, void.class, laneParameters(element));
            case TEXTURE -> callOf(element, carrier(signature.result), carriers(signature.parameters));
            case PACK ->
                type(signature.parameters.getFirst(), element, 1) instanceof Type.Vector vector
                        ? callOf(element, int.class, Collections.nCopies(vector.count(), float.class))
                        : callOf(element, float.class, List.of(int.class, int.class));
            default -> null;
        };
    }

    private LibraryMethod callOf(ScalarType element, Class<?> result, List<Class<?>> parameters) {
        return new LibraryMethod(
                target.owner, target.name + suffix(element), MethodType.methodType(result, parameters));
    }

    private static Class<?> carrier(String letter) {
        return scalar(letter).carrier();
    }

    private static List<Class<?>> carriers(List<String> letters) {
        return letters.stream().<Class<?>>map(LibraryEntry::carrier).toList();
    }

    private List<Class<?>> laneParameters(ScalarType element) {
        var parameters = new ArrayList<Class<?>>(List.of(int[].class, int.class, int.class));
        for (var letter : signature.parameters) {
            addArrays(parameters, type(letter, element, 1));
            if (letter.equals(SELECTOR)) {
                parameters.add(int.class);
            }
        }
        addArrays(parameters, type(signature.result, element, 1));
        return parameters;
    }

    /** An array for each component of a type. */
    private static void addArrays(List<Class<?>> parameters, Type type) {
        switch (type) {
            case Type.Vector vector ->
                parameters.addAll(Collections.nCopies(
                        vector.count(), vector.element().carrier().arrayType()));
            case Type.Scalar scalar
            when scalar.kind() != ScalarType.VOID ->
                parameters.add(scalar.kind().carrier().arrayType());
            default -> {
                // No value.
            }
        }
    }

    private int sinceOf(ScalarType element) {
        return switch (element) {
            case LONG, ULONG -> Math.max(since, 220);
            case BFLOAT -> Math.max(since, 310);
            default -> since;
        };
    }

    private static Type type(String letter, ScalarType element, int count) {
        return switch (letter) {
            case "T" -> shaped(element, count);
            case "E" -> new Type.Scalar(element);
            case "B" -> shaped(ScalarType.BOOL, count);
            case "N" -> shaped(ScalarType.INT, count);
            case "U" -> shaped(unsigned(element), count);
            case String reference
            when reference.startsWith("&") ->
                new Type.Pointer(type(reference.substring(1), element, count), AddressSpace.THREAD, false);
            case LibraryEnumerator.MEM_FLAGS, LibraryEnumerator.MEMORY_ORDER, LibraryEnumerator.THREAD_SCOPE ->
                new Type.Opaque(letter);
            default -> named(letter);
        };
    }

    private static Type named(String name) {
        var last = name.charAt(name.length() - 1);
        if (Character.isDigit(last)) {
            return new Type.Vector(scalar(name.substring(0, name.length() - 1)), last - '0', false);
        }
        return new Type.Scalar(scalar(name));
    }

    private static ScalarType scalar(String keyword) {
        for (var type : ScalarType.values()) {
            if (type.keyword().equals(keyword)) {
                return type;
            }
        }
        throw new IllegalArgumentException("not a scalar type: " + keyword);
    }

    private static Type shaped(ScalarType element, int count) {
        return count == 1 ? new Type.Scalar(element) : new Type.Vector(element, count, false);
    }

    private static ScalarType unsigned(ScalarType element) {
        return switch (element) {
            case CHAR -> ScalarType.UCHAR;
            case SHORT -> ScalarType.USHORT;
            case INT -> ScalarType.UINT;
            case LONG -> ScalarType.ULONG;
            default -> element;
        };
    }

    /** Whether {@link #method} knows these Java parameters. */
    boolean takes(List<ScalarType> parameters) {
        if (!OF_SCALARS.contains(kind) || parameters.isEmpty() || !elements.types.contains(parameters.getFirst())) {
            return false;
        }
        var values = valueParameterCount();
        if (kind != Kind.REDUCTION) {
            return parameters.size() == values;
        }
        var count = parameters.size() / values;
        return parameters.size() % values == 0 && count >= minimumCount && count <= maximumCount;
    }

    private int valueParameterCount() {
        return kind == Kind.TWO_RESULTS ? signature.parameters.size() - 1 : signature.parameters.size();
    }

    LibraryMethod method(List<ScalarType> parameters) {
        return method(target.name, parameters, signature.result);
    }

    LibraryMethod secondMethod(List<ScalarType> parameters) {
        if (target.second == null) {
            throw new IllegalArgumentException("no second result: " + signature.name);
        }
        return method(target.second, parameters, signature.parameters.getLast().substring(1));
    }

    private LibraryMethod method(String base, List<ScalarType> parameters, String result) {
        var element = parameters.getFirst();
        var resultCarrier = ((Type.Scalar) type(result, element, 1)).kind().carrier();
        var carriers = parameters.stream().<Class<?>>map(ScalarType::carrier).toList();
        return new LibraryMethod(
                owner(element), base + suffix(element), MethodType.methodType(resultCarrier, carriers));
    }

    private boolean isDedicatedToWidth(ScalarType element) {
        return (target.naming == Naming.WIDTH || target.naming == Naming.SIGN_AND_WIDTH) && NARROW.contains(element);
    }

    private Class<?> owner(ScalarType element) {
        if (isDedicatedToWidth(element)) {
            return NarrowIntegerFunctions.class;
        }
        var bySign = target.naming == Naming.SIGN || target.naming == Naming.SIGN_AND_WIDTH;
        return bySign && element.isUnsigned() ? UnsignedIntegerFunctions.class : target.owner;
    }

    private String suffix(ScalarType element) {
        if (target.naming == Naming.HALF && element == ScalarType.HALF) {
            return "Half";
        }
        if (target.naming == Naming.UNSIGNED && element.isUnsigned()) {
            return "Unsigned";
        }
        if (!isDedicatedToWidth(element)) {
            return "";
        }
        var keyword = element.keyword();
        return Character.toUpperCase(keyword.charAt(0)) + keyword.substring(1);
    }
}
