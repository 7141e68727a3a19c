package io.ringkernel.metal.msl.check.semantics;

import io.ringkernel.metal.msl.builtin.AddressSpace;
import io.ringkernel.metal.msl.check.Kernel;
import io.ringkernel.metal.msl.check.KernelInput;
import io.ringkernel.metal.msl.check.KernelParameter;
import io.ringkernel.metal.msl.check.Place;
import io.ringkernel.metal.msl.check.TypedExpression;
import io.ringkernel.metal.msl.check.TypedFunction;
import io.ringkernel.metal.msl.check.TypedWalk;
import io.ringkernel.metal.msl.check.Variable;
import io.ringkernel.metal.msl.check.symbol.CppType;
import io.ringkernel.metal.msl.check.symbol.QualType;
import io.ringkernel.metal.msl.check.symbol.ResourceType;
import io.ringkernel.metal.msl.check.symbol.Scope;
import io.ringkernel.metal.msl.check.symbol.Symbol;
import io.ringkernel.metal.msl.syntax.Attribute;
import io.ringkernel.metal.msl.syntax.Declaration;
import io.ringkernel.metal.msl.syntax.LanguageVersion;
import io.ringkernel.metal.msl.syntax.SourcePosition;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Variables at program scope whose value comes from the dispatch: built-in inputs, and bindings (MSL specification,
 * section 5.9). A kernel that uses one, itself or through functions, has it as one more parameter.
 */
final class ProgramInputs {
    private static final int LAST = 30;
    private static final int LAST_TEXTURE = 127;
    private static final int LAST_SAMPLER = 15;

    private final Analysis analysis;
    private final Map<Variable, KernelParameter> inputs = new LinkedHashMap<>();
    private final Map<Variable, SourcePosition> positions = new IdentityHashMap<>();
    private final Map<String, QualType> bound = new LinkedHashMap<>();

    ProgramInputs(Analysis analysis) {
        this.analysis = analysis;
    }

    /** The symbol of a declaration that is such a variable; empty for any other. */
    Optional<Symbol.Object> declare(Declaration.Variable variable, QualType type, Scope scope) {
        for (var attribute : variable.modifiers().attributes()) {
            var input = KernelInput.of(attribute.name());
            if (input.isPresent()) {
                return Optional.of(input(variable, type, input.get()));
            }
            if (attribute.name().equals("texture") || attribute.name().equals("sampler")) {
                return Optional.of(resource(variable, type, attribute, scope));
            }
            if (attribute.name().equals("buffer") || attribute.name().equals("threadgroup")) {
                return Optional.of(binding(variable, type, attribute, scope));
            }
        }
        return Optional.empty();
    }

    private Symbol.Object input(Declaration.Variable variable, QualType type, KernelInput input) {
        var position = variable.position();
        if (!analysis.version.isAtLeast(LanguageVersion.METAL_3_1)) {
            throw Refusal.at(position, "program scope variable must reside in constant address space");
        }
        InputTypes.requireInputType(input, type, position);
        return declare(variable, type.withConst(true), typed -> new KernelParameter.Input(typed, input));
    }

    private Symbol.Object binding(Declaration.Variable variable, QualType type, Attribute attribute, Scope scope) {
        var position = variable.position();
        var name = attribute.name();
        requireBindings(attribute);
        if (type.space() != AddressSpace.CONSTANT || !(type.type() instanceof CppType.Pointer(var pointee))) {
            throw Refusal.at(position, "program scope variable must reside in constant address space");
        }
        boolean shared = name.equals("threadgroup");
        if (shared != (pointee.space() == AddressSpace.THREADGROUP)
                || !shared && pointee.space() != AddressSpace.DEVICE && pointee.space() != AddressSpace.CONSTANT) {
            throw Refusal.at(
                    position, "invalid address space qualification for " + name + " pointee type '" + pointee + "'");
        }
        int index = index(attribute, type, scope, LAST);
        return declare(
                variable,
                type.withSpace(null).withConst(true),
                typed -> shared
                        ? new KernelParameter.Threadgroup(typed, index)
                        : new KernelParameter.Buffer(typed, index, false, Optional.empty()));
    }

    private void requireBindings(Attribute attribute) {
        if (!analysis.version.isAtLeast(LanguageVersion.METAL_3_2)) {
            throw Refusal.at(
                    attribute.position(),
                    "'" + attribute.name()
                            + "' attribute on a variable requires Metal language standard macos-metal3.2 or higher");
        }
    }

    private Symbol.Object resource(Declaration.Variable variable, QualType type, Attribute attribute, Scope scope) {
        requireBindings(attribute);
        var resource = ResourceType.of(type);
        if (type.space() != AddressSpace.CONSTANT
                || resource.isEmpty()
                || !resource.get().attribute().equals(attribute.name())) {
            throw Refusal.at(
                    variable.position(),
                    "invalid type " + type.quoted() + " for a binding with the attribute '" + attribute.name() + "'");
        }
        int last = (attribute.name().equals("texture") ? LAST_TEXTURE : LAST_SAMPLER)
                - resource.get().count()
                + 1;
        int index = index(attribute, type, scope, last);
        return declare(
                variable,
                type.withSpace(null).withConst(true),
                typed -> new KernelParameter.Resource(
                        typed, index, resource.get().count(), resource.get().use(), Optional.empty()));
    }

    private int index(Attribute attribute, QualType type, Scope scope, int last) {
        long index = analysis.globals.integer(attribute, scope);
        if (index < 0 || index > last) {
            throw Refusal.at(
                    attribute.position(),
                    "'" + attribute.name() + "' attribute parameter is out of bounds: must be between 0 and " + last);
        }
        var before = bound.putIfAbsent(attribute.name() + index, type);
        if (before != null && !before.equals(type)) {
            throw Refusal.at(
                    attribute.position(),
                    "bindings at '" + attribute.name() + "' index " + index + " have different types: '" + before
                            + "' and '" + type + "'");
        }
        return (int) index;
    }

    private Symbol.Object declare(
            Declaration.Variable variable,
            QualType type,
            java.util.function.Function<Variable, KernelParameter> parameter) {
        var position = variable.position();
        var name = variable.name().last().text();
        if (variable.initializer().isPresent()) {
            throw Refusal.at(position, "variable '" + name + "' gets its value from the dispatch: no initializer");
        }
        var typed = Variable.fromDispatch(name, Lowering.object(type, position));
        inputs.put(typed, parameter.apply(typed));
        positions.put(typed, position);
        return new Symbol.Object(name, type, typed, position);
    }

    /** A kernel with the variables that it uses as further parameters. */
    Kernel complete(Kernel kernel) {
        if (inputs.isEmpty()) {
            return kernel;
        }
        var uses = new Uses();
        uses.function(kernel.function());
        var parameters = new ArrayList<>(kernel.parameters());
        inputs.forEach((variable, parameter) -> {
            if (uses.found.contains(variable)) {
                requireFree(kernel, parameter, positions.get(variable));
                parameters.add(parameter);
            }
        });
        return new Kernel(kernel.name(), kernel.function(), parameters, kernel.maxTotalThreadsPerThreadgroup());
    }

    /** Refuses a binding at a place that a parameter of the kernel has. */
    private void requireFree(Kernel kernel, KernelParameter added, SourcePosition position) {
        for (var parameter : kernel.parameters()) {
            boolean clash = switch (added) {
                case KernelParameter.Buffer buffer ->
                    parameter instanceof KernelParameter.Buffer own && own.index() == buffer.index();
                case KernelParameter.Threadgroup group ->
                    parameter instanceof KernelParameter.Threadgroup own && own.index() == group.index();
                case KernelParameter.Resource resource ->
                    parameter instanceof KernelParameter.Resource own
                            && own.use().isPresent() == resource.use().isPresent()
                            && own.index() < resource.index() + resource.count()
                            && resource.index() < own.index() + own.count();
                default -> false;
            };
            if (clash) {
                analysis.diagnostics.error(
                        position,
                        "binding '" + added.variable().name() + "' is where kernel '" + kernel.name()
                                + "' has its parameter '" + parameter.variable().name() + "'");
            }
        }
    }

    /** The program-scope variables that a function reads, and those that it calls. */
    private final class Uses extends TypedWalk {
        private final Set<Variable> found = Collections.newSetFromMap(new IdentityHashMap<>());
        private final Set<TypedFunction> seen = Collections.newSetFromMap(new IdentityHashMap<>());

        void function(TypedFunction function) {
            if (seen.add(function) && function.isDefined()) {
                statement(function.body());
            }
        }

        @Override
        public void expression(TypedExpression expression) {
            if (expression instanceof TypedExpression.Call call) {
                function(call.function());
            }
            super.expression(expression);
        }

        @Override
        public void place(Place place) {
            if (place instanceof Place.OfVariable(var variable) && inputs.containsKey(variable)) {
                found.add(variable);
            }
            super.place(place);
        }
    }
}
