package io.ringkernel.metal.msl.check.semantics;

import io.ringkernel.metal.msl.builtin.AddressSpace;
import io.ringkernel.metal.msl.check.symbol.CppType;
import io.ringkernel.metal.msl.check.symbol.QualType;
import io.ringkernel.metal.msl.check.symbol.Symbol;
import io.ringkernel.metal.msl.syntax.Attribute;
import io.ringkernel.metal.msl.syntax.FunctionType;
import io.ringkernel.metal.msl.syntax.Parameter;
import io.ringkernel.metal.msl.syntax.SourcePosition;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One function of a render pipeline: its result, where its parameters are bound, and the types of its inputs (MSL
 * specification, sections 5.2.3 and 5.2.4). It is never run, so that nothing else is asked of it.
 */
final class GraphicsFunction {
    /** The last index of each kind of resource (Metal Feature Set Tables). */
    private static final Map<String, Integer> LAST_INDEX =
            Map.of("buffer", 30, "texture", 127, "sampler", 15, "threadgroup", 30);

    private static final List<String> INTEGERS = List.of("ushort", "uint");

    /** The types that an input may have, by its attribute. */
    private static final Map<String, List<String>> INPUTS = Map.ofEntries(
            Map.entry("vertex_id", INTEGERS),
            Map.entry("instance_id", INTEGERS),
            Map.entry("base_vertex", INTEGERS),
            Map.entry("base_instance", INTEGERS),
            Map.entry("amplification_id", INTEGERS),
            Map.entry("amplification_count", INTEGERS),
            Map.entry("patch_id", INTEGERS),
            Map.entry("position_in_patch", List.of("float2", "float3")),
            Map.entry("front_facing", List.of("bool")),
            Map.entry("point_coord", List.of("float2")),
            Map.entry("primitive_id", INTEGERS),
            Map.entry("barycentric_coord", List.of("float", "float2", "float3")),
            Map.entry("sample_id", List.of("uint")),
            Map.entry("sample_mask", List.of("uint")));

    private final Analysis analysis;
    private final Symbol.Function function;
    private final FunctionType type;
    private final Map<String, Set<Long>> taken = new HashMap<>();
    private final Set<String> inputs = new HashSet<>();

    GraphicsFunction(Analysis analysis, Symbol.Function function, FunctionType type) {
        this.analysis = analysis;
        this.function = function;
        this.type = type;
    }

    /** Refuses what no such function is; every parameter that is wrong is reported. */
    void check(SourcePosition position) {
        var result = analysis.functions.result(function);
        if (!isResult(result)) {
            throw Refusal.at(
                    position, "invalid return type " + result.quoted() + " for " + type.keyword() + " function");
        }
        var syntax = function.declaration().signature().parameters();
        for (int i = 0; i < syntax.size() && !syntax.get(i).pack(); i++) {
            try {
                check(syntax.get(i), function.parameters().get(i));
            } catch (Refusal refusal) {
                refusal.reportTo(analysis.diagnostics);
            }
        }
    }

    private boolean isResult(QualType result) {
        return switch (type) {
            case MESH, OBJECT -> result.isVoid();
            case VERTEX ->
                result.isVoid() || result.isClass() || result.toString().equals("float4");
            default -> !result.isPointer() && !result.isReference();
        };
    }

    private void check(Parameter parameter, QualType declared) {
        boolean bound = false;
        for (var attribute : parameter.modifiers().attributes()) {
            var last = LAST_INDEX.get(attribute.name());
            if (last != null) {
                reserve(attribute, last, parameter);
                bound = true;
            } else if (INPUTS.containsKey(attribute.name())) {
                checkInput(attribute, declared);
                bound = true;
            } else if (attribute.name().equals("stage_in")) {
                checkStageIn(declared, parameter.position());
            }
        }
        boolean scalar = declared.isArithmetic() || declared.isVector();
        if (!bound && scalar && parameter.modifiers().attributes().isEmpty()) {
            throw Refusal.at(
                    parameter.position(),
                    "invalid type " + declared.unqualified().quoted() + " for input declaration in a " + type.keyword()
                            + " function");
        }
        checkSpace(declared, parameter);
    }

    private void reserve(Attribute attribute, int last, Parameter parameter) {
        long index = analysis.globals.integer(attribute, function.scope());
        if (index < 0 || index > last) {
            throw Refusal.at(
                    attribute.position(),
                    "'" + attribute.name() + "' attribute parameter is out of bounds: must be between 0 and " + last);
        }
        boolean optional = parameter.modifiers().attribute("function_constant").isPresent();
        boolean fresh =
                taken.computeIfAbsent(attribute.name(), _ -> new HashSet<>()).add(index);
        if (!fresh && !optional) {
            throw Refusal.at(
                    attribute.position(),
                    "cannot reserve '" + attribute.name() + "' resource location at index " + index);
        }
    }

    private void checkInput(Attribute attribute, QualType declared) {
        var name = attribute.name();
        if (!INPUTS.get(name).contains(declared.unqualified().toString())) {
            throw Refusal.at(
                    attribute.position(),
                    "type " + declared.unqualified().quoted() + " is not valid for attribute '" + name + "'");
        }
        if (!inputs.add(name)) {
            throw Refusal.at(attribute.position(), "duplicate attribute '" + name + "'");
        }
    }

    private void checkStageIn(QualType declared, SourcePosition position) {
        if (!declared.isClass()) {
            throw Refusal.at(
                    position,
                    "type " + declared.unqualified().quoted()
                            + " is not valid for attribute 'stage_in': it must be a struct");
        }
        if (!inputs.add("stage_in")) {
            throw Refusal.at(position, "duplicate attribute 'stage_in'");
        }
    }

    /** What a stage gets a pointer to is in memory that it shares with the host, its threadgroup or its payload. */
    private void checkSpace(QualType declared, Parameter parameter) {
        var pointee = switch (declared.type()) {
            case CppType.Pointer(var target) -> target;
            case CppType.Reference(var target, var _) -> target;
            default -> null;
        };
        var local = pointee != null && (pointee.space() == AddressSpace.THREAD || pointee.space() == null);
        if (local && !pointee.isArray()) {
            throw Refusal.at(
                    parameter.position(),
                    "invalid address space qualification for buffer pointee type '" + pointee + "'");
        }
    }
}
