package io.ringkernel.metal.msl.builtin;

import io.ringkernel.metal.msl.builtin.Builtin.Kind;
import io.ringkernel.metal.msl.run.Atomics;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Overloads of the atomic functions (MSL specification, 6.15.4), one line per function: {@code values signature
 * method}. From 4.1 each has a second form with {@code mem_flags} at the end, which is the only one that takes an order
 * other than relaxed. Functions without {@code _explicit} do not exist for macOS.
 *
 * <p>Values are letters ({@link #VALUES}). In a signature {@code T} is the value, {@code @T} a pointer to the atomic
 * object ({@code const@T} to one that is only read), {@code &T} one to a value in thread memory.
 */
final class AtomicTable {

    private static final String LINES = """
            IUBF T=atomic_load_explicit(const@T,memory_order) load
            IUBF void=atomic_store_explicit(@T,T,memory_order) store
            IUBF T=atomic_exchange_explicit(@T,T,memory_order) exchange
            IUBF bool=atomic_compare_exchange_weak_explicit(@T,&T,T,memory_order,memory_order) compareExchange
            IUF  T=atomic_fetch_add_explicit(@T,T,memory_order) add
            IUF  T=atomic_fetch_sub_explicit(@T,T,memory_order) subtract
            IU   T=atomic_fetch_and_explicit(@T,T,memory_order) and
            IU   T=atomic_fetch_or_explicit(@T,T,memory_order) or
            IU   T=atomic_fetch_xor_explicit(@T,T,memory_order) xor
            I    T=atomic_fetch_min_explicit(@T,T,memory_order) min
            I    T=atomic_fetch_max_explicit(@T,T,memory_order) max
            U    T=atomic_fetch_min_explicit(@T,T,memory_order) minUnsigned
            U    T=atomic_fetch_max_explicit(@T,T,memory_order) maxUnsigned
            L    void=atomic_min_explicit(@T,T,memory_order) minUnsigned
            L    void=atomic_max_explicit(@T,T,memory_order) maxUnsigned
            """;

    /** Objects of a value's type in an address space, from a language version on. */
    private record Objects(ScalarType value, AddressSpace space, int since) {}

    private static final Map<Character, List<Objects>> VALUES = Map.of(
            'I', inBoth(ScalarType.INT, 100),
            'U', inBoth(ScalarType.UINT, 100),
            'B', inBoth(ScalarType.BOOL, 240),
            'F',
                    List.of(
                            new Objects(ScalarType.FLOAT, AddressSpace.DEVICE, 300),
                            new Objects(ScalarType.FLOAT, AddressSpace.THREADGROUP, 410)),
            'L', List.of(new Objects(ScalarType.ULONG, AddressSpace.DEVICE, 240)));

    private static final int FLAGS_SINCE = 410;
    private static final Map<String, List<Builtin>> OVERLOADS = parse();

    private AtomicTable() {}

    private static List<Objects> inBoth(ScalarType value, int since) {
        return List.of(
                new Objects(value, AddressSpace.DEVICE, since), new Objects(value, AddressSpace.THREADGROUP, since));
    }

    static Set<String> names() {
        return OVERLOADS.keySet();
    }

    /** The overloads of all versions; empty if {@code name} is no atomic function. */
    static List<Builtin> overloads(String name) {
        return OVERLOADS.getOrDefault(name, List.of());
    }

    private static Map<String, List<Builtin>> parse() {
        var overloads = new TreeMap<String, List<Builtin>>();
        for (var line : LINES.split("\n")) {
            var words = line.split(" +");
            words[0].chars()
                    .mapToObj(letter -> VALUES.get((char) letter))
                    .flatMap(List::stream)
                    .forEach(objects -> add(overloads, words[1], words[2], objects));
        }
        return overloads;
    }

    private static void add(Map<String, List<Builtin>> overloads, String signature, String method, Objects objects) {
        var equals = signature.indexOf('=');
        var open = signature.indexOf('(');
        var name = signature.substring(equals + 1, open);
        var parameters = new ArrayList<Type>();
        for (var letter : signature.substring(open + 1, signature.length() - 1).split(",")) {
            parameters.add(type(letter, objects.value, objects.space));
        }
        var result = type(signature.substring(0, equals), objects.value, objects.space);
        var kind = parameters.get(1) instanceof Type.Pointer ? Kind.ATOMIC_COMPARE : Kind.ATOMIC;
        var call = kind == Kind.ATOMIC_COMPARE ? compareMethod(method) : method(method, parameters, result);
        var list = overloads.computeIfAbsent(name, _ -> new ArrayList<>());
        list.add(new Builtin(name, kind, parameters, result, objects.since, call));
        parameters.add(new Type.Opaque(LibraryEnumerator.MEM_FLAGS));
        list.add(new Builtin(name, kind, parameters, result, Math.max(objects.since, FLAGS_SINCE), call));
    }

    private static Type type(String letter, ScalarType value, AddressSpace space) {
        return switch (letter) {
            case "T" -> new Type.Scalar(value);
            case "@T" -> new Type.Pointer(new Type.Atomic(value), space, false);
            case "const@T" -> new Type.Pointer(new Type.Atomic(value), space, true);
            case "&T" -> new Type.Pointer(new Type.Scalar(value), AddressSpace.THREAD, false);
            case "void" -> new Type.Scalar(ScalarType.VOID);
            case "bool" -> new Type.Scalar(ScalarType.BOOL);
            default -> new Type.Opaque(letter);
        };
    }

    /** Float operations have names of their own: Java does not tell methods apart by what they give. */
    private static LibraryMethod method(String name, List<Type> parameters, Type result) {
        var carriers = new ArrayList<Class<?>>(List.of(MemorySegment.class, long.class));
        var value = ((Type.Atomic) ((Type.Pointer) parameters.getFirst()).pointee()).value();
        if (parameters.get(1) instanceof Type.Scalar) {
            carriers.add(value.carrier());
        }
        return new LibraryMethod(
                Atomics.class,
                value == ScalarType.FLOAT ? name + "Float" : name,
                MethodType.methodType(((Type.Scalar) result).kind().carrier(), carriers));
    }

    private static LibraryMethod compareMethod(String name) {
        return new LibraryMethod(
                Atomics.class,
                name,
                MethodType.methodType(int.class, MemorySegment.class, long.class, int.class, int.class));
    }
}
