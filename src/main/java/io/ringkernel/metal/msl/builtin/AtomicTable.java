package io.ringkernel.metal.msl.builtin;

import io.ringkernel.metal.msl.builtin.Builtin.Kind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Overloads of the atomic functions (MSL specification, 6.15.4). Objects live in device or threadgroup memory,
 * atomic_float and atomic_ulong in device memory. From 4.1 each has a second form with {@code mem_flags} at the end,
 * which is the only one that takes an order other than relaxed. Functions without {@code _explicit} do not exist for
 * macOS.
 */
final class AtomicTable {

    private static final String LOAD = "atomic_load_explicit";
    private static final String STORE = "atomic_store_explicit";
    private static final String EXCHANGE = "atomic_exchange_explicit";
    private static final String COMPARE_EXCHANGE = "atomic_compare_exchange_weak_explicit";
    private static final Set<String> FETCH_ADDITIVE = Set.of("atomic_fetch_add_explicit", "atomic_fetch_sub_explicit");
    private static final Set<String> FETCH_INTEGER = Set.of(
            "atomic_fetch_and_explicit",
            "atomic_fetch_or_explicit",
            "atomic_fetch_xor_explicit",
            "atomic_fetch_min_explicit",
            "atomic_fetch_max_explicit");
    private static final Set<String> EXTREMUM = Set.of("atomic_min_explicit", "atomic_max_explicit");

    private static final Type VOID = new Type.Scalar(ScalarType.VOID);
    private static final Type BOOL = new Type.Scalar(ScalarType.BOOL);
    private static final Type ORDER = new Type.Opaque(LibraryEnumerator.MEMORY_ORDER);
    private static final Type FLAGS = new Type.Opaque(LibraryEnumerator.MEM_FLAGS);

    private AtomicTable() {}

    static Set<String> names() {
        var names = new HashSet<>(Set.of(LOAD, STORE, EXCHANGE, COMPARE_EXCHANGE));
        names.addAll(FETCH_ADDITIVE);
        names.addAll(FETCH_INTEGER);
        names.addAll(EXTREMUM);
        return names;
    }

    /** The overloads of all versions; empty if {@code name} is no atomic function. */
    static List<Builtin> overloads(String name) {
        var overloads = new ArrayList<Builtin>();
        if (EXTREMUM.contains(name)) {
            add(overloads, 240, name, AddressSpace.DEVICE, ScalarType.ULONG);
            return overloads;
        }
        if (!names().contains(name)) {
            return overloads;
        }
        for (var space : List.of(AddressSpace.DEVICE, AddressSpace.THREADGROUP)) {
            add(overloads, 100, name, space, ScalarType.INT);
            add(overloads, 100, name, space, ScalarType.UINT);
            if (isTransfer(name)) {
                add(overloads, 240, name, space, ScalarType.BOOL);
            }
        }
        if (!FETCH_INTEGER.contains(name)) {
            add(overloads, 300, name, AddressSpace.DEVICE, ScalarType.FLOAT);
            add(overloads, 410, name, AddressSpace.THREADGROUP, ScalarType.FLOAT);
        }
        return overloads;
    }

    private static boolean isTransfer(String name) {
        return !FETCH_ADDITIVE.contains(name) && !FETCH_INTEGER.contains(name);
    }

    private static void add(List<Builtin> overloads, int since, String name, AddressSpace space, ScalarType value) {
        var scalar = new Type.Scalar(value);
        var parameters = new ArrayList<Type>();
        parameters.add(new Type.Pointer(new Type.Atomic(value), space, name.equals(LOAD)));
        if (name.equals(COMPARE_EXCHANGE)) {
            parameters.add(new Type.Pointer(scalar, AddressSpace.THREAD, false));
        }
        if (!name.equals(LOAD)) {
            parameters.add(scalar);
        }
        parameters.add(ORDER);
        if (name.equals(COMPARE_EXCHANGE)) {
            parameters.add(ORDER);
        }
        var result = result(name, scalar);
        overloads.add(new Builtin(name, Kind.ATOMIC, parameters, result, since));
        parameters.add(FLAGS);
        overloads.add(new Builtin(name, Kind.ATOMIC, parameters, result, Math.max(since, 410)));
    }

    private static Type result(String name, Type value) {
        if (name.equals(COMPARE_EXCHANGE)) {
            return BOOL;
        }
        return name.equals(STORE) || EXTREMUM.contains(name) ? VOID : value;
    }
}
