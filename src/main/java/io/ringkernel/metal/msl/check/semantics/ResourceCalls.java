package io.ringkernel.metal.msl.check.semantics;

import io.ringkernel.metal.msl.check.symbol.ClassSymbol;
import io.ringkernel.metal.msl.check.symbol.ResourceType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What overloads do not say of the arguments of samplers and textures. */
final class ResourceCalls {
    private static final String SAMPLER = "metal::sampler";
    private static final String COMPONENT = "component";
    private static final String NAMESPACE = "metal::";

    private static final long PIXEL = 1;
    private static final Set<String> FILTERS = Set.of("filter", "min_filter", "mag_filter");
    private static final Set<String> ADDRESSES = Set.of("address", "s_address", "t_address", "r_address");
    /** {@code repeat} and {@code mirrored_repeat}. */
    private static final Set<Long> REPETITIONS = Set.of(2L, 3L);

    private ResourceCalls() {}

    /** A gather's component is a constant expression (MSL specification, section 6.12.3). */
    static void checkMember(Analysis analysis, String name, Operand object, List<Operand> arguments) {
        if (!name.equals("gather")
                || !(object.type().type() instanceof ClassSymbol symbol)
                || !ResourceType.isResource(symbol)) {
            return;
        }
        for (var argument : arguments) {
            if (typeName(argument).equals(COMPONENT) && constant(analysis, argument) == null) {
                throw Refusal.at(argument.position(), "component argument of 'gather' must be a constant expression");
            }
        }
    }

    /**
     * Each argument of a sampler is given once, and pixel coordinates have their rules (MSL specification, section
     * 2.10).
     */
    static void checkConstructor(Analysis analysis, ClassSymbol symbol, List<Operand> arguments) {
        if (!symbol.name().equals(SAMPLER)) {
            return;
        }
        var given = new HashMap<String, Long>();
        for (var argument : arguments) {
            var name = typeName(argument);
            if (given.containsKey(name)) {
                throw Refusal.at(argument.position(), "argument '" + name + "' of a sampler is given twice");
            }
            given.put(name, constant(analysis, argument));
        }
        if (Long.valueOf(PIXEL).equals(given.get("coord"))) {
            checkPixels(given, arguments);
        }
    }

    private static void checkPixels(Map<String, Long> given, List<Operand> arguments) {
        long minification = 0;
        long magnification = 0;
        for (var argument : arguments) {
            var name = typeName(argument);
            var value = given.get(name);
            if (value == null) {
                continue;
            }
            if (FILTERS.contains(name)) {
                minification = name.equals("mag_filter") ? minification : value;
                magnification = name.equals("min_filter") ? magnification : value;
            }
            if (name.equals("mip_filter") && value != 0) {
                throw Refusal.at(argument.position(), "a sampler with pixel coordinates has no mip filter");
            }
            if (ADDRESSES.contains(name) && REPETITIONS.contains(value)) {
                throw Refusal.at(argument.position(), "a sampler with pixel coordinates cannot repeat");
            }
        }
        if (minification != magnification) {
            throw Refusal.at(
                    arguments.getFirst().position(),
                    "a sampler with pixel coordinates has the same filter for minification and magnification");
        }
    }

    private static String typeName(Operand operand) {
        return operand.type() == null ? "" : operand.type().type().toString().replace(NAMESPACE, "");
    }

    private static Long constant(Analysis analysis, Operand operand) {
        return analysis.evaluator.evaluate(analysis.conversions.value(operand)) instanceof Long value ? value : null;
    }
}
