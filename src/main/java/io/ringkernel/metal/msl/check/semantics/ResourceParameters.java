package io.ringkernel.metal.msl.check.semantics;

import io.ringkernel.metal.msl.check.symbol.QualType;
import io.ringkernel.metal.msl.check.symbol.ResourceType;
import io.ringkernel.metal.msl.check.symbol.Scope;
import io.ringkernel.metal.msl.syntax.Parameter;
import io.ringkernel.metal.msl.syntax.SourcePosition;
import java.util.BitSet;
import java.util.Map;
import java.util.TreeMap;

/** Where the textures and samplers among a function's parameters are bound (MSL specification, section 5.2.1). */
final class ResourceParameters {
    /** How many there may be of each kind, by the attribute (Metal Feature Set Tables). */
    private static final Map<String, Integer> PLACES = Map.of("texture", 128, "sampler", 16);

    private final Analysis analysis;
    private final Scope scope;
    private final Map<String, BitSet> taken = new TreeMap<>();

    ResourceParameters(Analysis analysis, Scope scope) {
        this.analysis = analysis;
        this.scope = scope;
        PLACES.keySet().forEach(kind -> taken.put(kind, new BitSet()));
    }

    /**
     * Reserves the places that a parameter names, as many as its array is long; null if it names none.
     *
     * @param shared whether function constants switch the parameter on, so that others may have its place
     */
    Integer reserve(Parameter syntax, QualType type, boolean shared) {
        for (var kind : taken.keySet()) {
            var attribute = syntax.modifiers().attribute(kind);
            if (attribute.isPresent()) {
                int count = ResourceType.of(type).map(ResourceType::count).orElse(1);
                long index = analysis.globals.integer(attribute.get(), scope);
                int last = PLACES.get(kind) - count;
                if (index < 0 || index > last) {
                    throw Refusal.at(
                            attribute.get().position(),
                            "'" + kind + "' attribute parameter is out of bounds: must be between 0 and " + last);
                }
                int next = taken.get(kind).nextSetBit((int) index);
                if (next >= 0 && next < index + count && !shared) {
                    throw Refusal.at(
                            attribute.get().position(),
                            "cannot reserve '" + kind + "' resource location at index " + next);
                }
                taken.get(kind).set((int) index, (int) index + count);
                return (int) index;
            }
        }
        return null;
    }

    /** The place of a parameter: the one that it names, or the first with room. */
    int index(ResourceType type, Integer written, SourcePosition position) {
        if (written != null) {
            return written;
        }
        var kind = type.attribute();
        var places = taken.get(kind);
        int first = places.nextClearBit(0);
        int end = places.nextSetBit(first);
        while (end >= 0 && end < first + type.count()) {
            first = places.nextClearBit(end);
            end = places.nextSetBit(first);
        }
        if (first + type.count() > PLACES.get(kind)) {
            throw Refusal.at(position, "too many " + kind + "s: a kernel has " + PLACES.get(kind) + " places");
        }
        places.set(first, first + type.count());
        return first;
    }
}
