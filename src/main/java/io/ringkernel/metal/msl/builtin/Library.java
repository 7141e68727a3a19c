package io.ringkernel.metal.msl.builtin;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/**
 * MSL's standard library for compute: what can be called, and which Java method computes it. Names are those below
 * namespace metal: {@code clamp}, {@code fast::clamp}. Immutable to callers; safe for any thread.
 *
 * <p>Pointers to atomic objects occur once per address space: an overload stands for the volatile object too.
 */
public final class Library {

    private static final Map<String, List<LibraryEntry>> ENTRIES = index();
    private static final Map<String, List<Builtin>> OVERLOADS = new ConcurrentHashMap<>();

    private Library() {}

    private static Map<String, List<LibraryEntry>> index() {
        var index = new HashMap<String, List<LibraryEntry>>();
        for (var entry : LibraryTable.entries()) {
            for (var name : entry.names()) {
                index.computeIfAbsent(name, _ -> new ArrayList<>(2)).add(entry);
            }
        }
        return index;
    }

    /** Every name that some language version can call, sorted. */
    public static Set<String> names() {
        var names = new TreeSet<>(ENTRIES.keySet());
        names.addAll(AtomicTable.names());
        names.addAll(MatrixTable.names());
        return Collections.unmodifiableSet(names);
    }

    /** The overloads that a language version (300 for 3.0) has under a name; empty if it has none. */
    public static List<Builtin> overloads(String name, int languageVersion) {
        return OVERLOADS.computeIfAbsent(name, Library::expand).stream()
                .filter(overload -> overload.since() <= languageVersion)
                .toList();
    }

    private static List<Builtin> expand(String name) {
        var overloads = new ArrayList<>(AtomicTable.overloads(name));
        overloads.addAll(MatrixTable.overloads(name));
        for (var entry : ENTRIES.getOrDefault(name, List.of())) {
            entry.expand(name, overloads);
        }
        return List.copyOf(overloads);
    }

    /**
     * The Java method for scalars of an elementwise function or of a reduction, which takes the components of all its
     * arguments in order ({@code dot} of two float3: six floats); for a function with two results the method of the
     * result it returns, called with its value parameters alone.
     *
     * <p>The method of half and bfloat is that of float unless the rounding differs: the caller rounds its result to
     * the element type, which changes nothing where the method has done so. Integer results are normalised.
     *
     * @throws IllegalArgumentException if no overload of {@code name} takes these scalars
     */
    public static LibraryMethod method(String name, List<ScalarType> parameters) {
        return entry(name, parameters).method(parameters);
    }

    /**
     * The Java method for the result that a function with two results stores through its pointer: the cosine of
     * {@code sincos}, the integral part of {@code modf}, the exponent (int) of {@code frexp}.
     *
     * @throws IllegalArgumentException if {@code name} has no second result for these scalars
     */
    public static LibraryMethod secondMethod(String name, List<ScalarType> parameters) {
        return entry(name, parameters).secondMethod(parameters);
    }

    /**
     * How to compute component {@code index} (counted as in {@link LibraryCall.Component}) of the result of an overload
     * of kind ELEMENTWISE, TWO_RESULTS (the returned result), REDUCTION, VECTOR, MATRIX or PACK.
     *
     * @throws IllegalArgumentException if the overload is of another kind
     */
    public static LibraryCall component(Builtin builtin, int index) {
        return ComponentCalls.of(builtin, index);
    }

    private static LibraryEntry entry(String name, List<ScalarType> parameters) {
        for (var entry : ENTRIES.getOrDefault(name, List.of())) {
            if (entry.takes(parameters)) {
                return entry;
            }
        }
        throw new IllegalArgumentException("no scalar method: " + name + parameters);
    }
}
