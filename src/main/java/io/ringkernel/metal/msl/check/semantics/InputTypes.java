package io.ringkernel.metal.msl.check.semantics;

import io.ringkernel.metal.msl.builtin.ScalarType;
import io.ringkernel.metal.msl.check.KernelInput;
import io.ringkernel.metal.msl.check.symbol.CppType;
import io.ringkernel.metal.msl.check.symbol.QualType;
import io.ringkernel.metal.msl.syntax.LanguageVersion;
import io.ringkernel.metal.msl.syntax.SourcePosition;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The types of one kernel's built-in inputs (MSL specification, section 5.2.3.6). */
final class InputTypes {
    private static final Set<KernelInput> POSITIONS = Set.of(
            KernelInput.THREAD_POSITION_IN_GRID,
            KernelInput.THREADS_PER_GRID,
            KernelInput.THREAD_POSITION_IN_THREADGROUP,
            KernelInput.THREADS_PER_THREADGROUP,
            KernelInput.THREADGROUP_POSITION_IN_GRID,
            KernelInput.THREADGROUPS_PER_GRID,
            KernelInput.DISPATCH_THREADS_PER_THREADGROUP,
            KernelInput.GRID_ORIGIN,
            KernelInput.GRID_SIZE);

    /** Inputs that must have one type if a kernel has more than one of them. */
    private static final List<Set<KernelInput>> ALIKE = List.of(
            Set.of(KernelInput.THREAD_POSITION_IN_GRID, KernelInput.THREADS_PER_GRID),
            Set.of(
                    KernelInput.THREAD_POSITION_IN_THREADGROUP,
                    KernelInput.THREADS_PER_THREADGROUP,
                    KernelInput.DISPATCH_THREADS_PER_THREADGROUP),
            Set.of(
                    KernelInput.THREAD_INDEX_IN_SIMDGROUP,
                    KernelInput.SIMDGROUP_INDEX_IN_THREADGROUP,
                    KernelInput.SIMDGROUPS_PER_THREADGROUP,
                    KernelInput.THREADS_PER_SIMDGROUP,
                    KernelInput.DISPATCH_SIMDGROUPS_PER_THREADGROUP,
                    KernelInput.THREAD_INDEX_IN_QUADGROUP,
                    KernelInput.QUADGROUP_INDEX_IN_THREADGROUP,
                    KernelInput.QUADGROUPS_PER_THREADGROUP,
                    KernelInput.DISPATCH_QUADGROUPS_PER_THREADGROUP));

    private final Analysis analysis;
    private final Map<KernelInput, QualType> inputs = new EnumMap<>(KernelInput.class);

    InputTypes(Analysis analysis) {
        this.analysis = analysis;
    }

    /** Refuses an input that this version lacks, that has a wrong type or is there already. */
    void check(KernelInput input, QualType type, SourcePosition position) {
        var name = input.attribute();
        var since = since(input);
        if (!analysis.version.isAtLeast(since)) {
            throw Refusal.at(
                    position,
                    "'" + name + "' attribute requires Metal language standard macos-" + since + " or higher");
        }
        requireInputType(input, type, position);
        if (inputs.put(input, type.unqualified()) != null) {
            throw Refusal.at(position, "duplicate attribute '" + name + "'");
        }
    }

    /** Refuses a type that an input cannot have. */
    static void requireInputType(KernelInput input, QualType type, SourcePosition position) {
        var element = type.element();
        var vector = type.type() instanceof CppType.Vector(var _, int count, boolean packed) && count <= 3 && !packed;
        var shape = type.type() instanceof CppType.Scalar || vector && POSITIONS.contains(input);
        if (!shape || element != ScalarType.USHORT && element != ScalarType.UINT) {
            throw Refusal.at(
                    position, "type " + type.quoted() + " is not valid for attribute '" + input.attribute() + "'");
        }
    }

    private static LanguageVersion since(KernelInput input) {
        if (input.name().contains("QUADGROUP")) {
            return LanguageVersion.METAL_2_1;
        }
        if (input.name().contains("SIMDGROUP")) {
            return LanguageVersion.METAL_2_0;
        }
        return input == KernelInput.GRID_ORIGIN || input == KernelInput.GRID_SIZE
                ? LanguageVersion.METAL_1_2
                : LanguageVersion.METAL_1_0;
    }

    /** Reports inputs whose types do not go together. */
    void checkAlike(SourcePosition position) {
        for (var group : ALIKE) {
            QualType first = null;
            KernelInput named = null;
            for (var input : group.stream().sorted().toList()) {
                var type = inputs.get(input);
                if (first == null) {
                    first = type;
                    named = input;
                } else if (type != null && !type.equals(first)) {
                    analysis.diagnostics.error(
                            position,
                            "type " + type.quoted() + " of '" + input.attribute() + "' does not match type "
                                    + first.quoted() + " of '" + named.attribute() + "'");
                }
            }
        }
        checkVectorSizes(position);
        checkThreadIndex(position);
    }

    private void checkVectorSizes(SourcePosition position) {
        int count = 0;
        for (var type : inputs.values()) {
            if (type.type() instanceof CppType.Vector vector) {
                if (count != 0 && count != vector.count()) {
                    analysis.diagnostics.error(
                            position,
                            "attributes of thread positions and sizes must have the same number of components");
                    return;
                }
                count = vector.count();
            }
        }
    }

    private void checkThreadIndex(SourcePosition position) {
        var inGroup = inputs.get(KernelInput.THREAD_POSITION_IN_THREADGROUP);
        var index = inputs.get(KernelInput.THREAD_INDEX_IN_THREADGROUP);
        if (inGroup != null
                && index != null
                && inGroup.element() == ScalarType.UINT
                && index.element() != ScalarType.UINT) {
            analysis.diagnostics.error(
                    position,
                    "type " + index.quoted() + " of 'thread_index_in_threadgroup' does not match type "
                            + inGroup.quoted() + " of 'thread_position_in_threadgroup'");
        }
    }
}
