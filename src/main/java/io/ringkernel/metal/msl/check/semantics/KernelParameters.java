package io.ringkernel.metal.msl.check.semantics;

import io.ringkernel.metal.msl.builtin.AddressSpace;
import io.ringkernel.metal.msl.builtin.ScalarType;
import io.ringkernel.metal.msl.check.KernelInput;
import io.ringkernel.metal.msl.check.KernelParameter;
import io.ringkernel.metal.msl.check.TypedExpression;
import io.ringkernel.metal.msl.check.TypedFunction;
import io.ringkernel.metal.msl.check.symbol.ClassSymbol;
import io.ringkernel.metal.msl.check.symbol.CppType;
import io.ringkernel.metal.msl.check.symbol.QualType;
import io.ringkernel.metal.msl.check.symbol.ResourceType;
import io.ringkernel.metal.msl.check.symbol.Symbol;
import io.ringkernel.metal.msl.syntax.Argument;
import io.ringkernel.metal.msl.syntax.Attribute;
import io.ringkernel.metal.msl.syntax.LanguageVersion;
import io.ringkernel.metal.msl.syntax.Parameter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The parameters of one kernel: where each gets its value (MSL specification, section 5.2). */
final class KernelParameters {
    private static final int LAST_BUFFER = 30;
    private static final int LAST_THREADGROUP = 30;

    /** Attributes that say where an argument is bound. */
    private static final Set<String> PLACES = Set.of("buffer", "threadgroup", "texture", "sampler");

    /** Attributes of what a tile function, or a kernel with vertex-like input, gets (MSL specification, 5.2.3). */
    private static final Set<String> TILE_INPUTS = Set.of("""
            stage_in color imageblock_data alias_implicit_imageblock
            alias_implicit_imageblock_color pixel_position_in_tile pixels_per_tile
            tile_index render_target_array_index viewport_array_index
            """.split("\\s+"));

    private record Placed(DeclaredParameter declared, Integer index, Optional<TypedExpression> enabledBy) {
        Parameter syntax() {
            return declared.syntax();
        }

        QualType type() {
            return declared.type();
        }
    }

    private final Analysis analysis;
    private final Symbol.Function function;
    private final List<Integer> buffers = new ArrayList<>();
    private final List<Integer> threadgroups = new ArrayList<>();
    private final ResourceParameters resources;
    private final InputTypes inputs;

    KernelParameters(Analysis analysis, Symbol.Function function) {
        this.analysis = analysis;
        this.function = function;
        this.resources = new ResourceParameters(analysis, function.scope());
        this.inputs = new InputTypes(analysis);
    }

    /** All parameters in order; reports every one that is wrong. */
    List<KernelParameter> check() {
        var syntax = function.declaration().signature().parameters();
        if (syntax.stream().anyMatch(Parameter::pack)) {
            throw Refusal.unsupported(function.declaration().position(), "a kernel with a parameter pack");
        }
        var declared = new ArrayList<DeclaredParameter>();
        var structs = new ArrayList<KernelParameter.Members>();
        for (int i = 0; i < syntax.size(); i++) {
            var own = new DeclaredParameter(
                    syntax.get(i),
                    function.parameters().get(i),
                    function.typed().parameters().get(i));
            var members = own.members();
            if (!members.isEmpty()) {
                var variables =
                        members.stream().map(DeclaredParameter::variable).toList();
                structs.add(new KernelParameter.Members(own.variable(), variables));
            }
            declared.addAll(members.isEmpty() ? List.of(own) : members);
        }
        var placed = new ArrayList<Placed>();
        for (var each : declared) {
            reporting(() -> placed.add(explicit(each)));
        }
        var result = new ArrayList<KernelParameter>();
        for (var each : placed) {
            reporting(() -> result.add(parameter(each)));
        }
        result.addAll(structs);
        inputs.checkAlike(function.declaration().position());
        return result;
    }

    private void reporting(Runnable action) {
        try {
            action.run();
        } catch (Refusal refusal) {
            refusal.reportTo(analysis.diagnostics);
        }
    }

    /** Reserves the index that a parameter names. */
    private Placed explicit(DeclaredParameter declared) {
        var syntax = declared.syntax();
        requireOnePlace(syntax);
        var buffer = syntax.modifiers().attribute("buffer");
        var threadgroup = syntax.modifiers().attribute("threadgroup");
        Integer index = null;
        var enabled = syntax.modifiers().attribute("function_constant").map(this::enabling);
        if (buffer.isPresent()) {
            index = reserve(buffer.get(), buffers, LAST_BUFFER, enabled.isPresent());
        } else if (threadgroup.isPresent()) {
            index = reserve(threadgroup.get(), threadgroups, LAST_THREADGROUP, false);
        } else {
            index = resources.reserve(syntax, declared.type(), enabled.isPresent());
        }
        return new Placed(declared, index, enabled);
    }

    private static void requireOnePlace(Parameter syntax) {
        var places = syntax.modifiers().attributes().stream()
                .filter(attribute -> PLACES.contains(attribute.name()))
                .toList();
        if (places.size() > 1) {
            throw Refusal.at(
                    places.get(1).position(),
                    "parameter has a place already: '" + places.getFirst().name() + "'");
        }
    }

    private static void requireNoPlaceButItsOwn(Parameter syntax, QualType type, String own) {
        for (var attribute : syntax.modifiers().attributes()) {
            if (PLACES.contains(attribute.name()) && !attribute.name().equals(own)) {
                throw Refusal.at(
                        attribute.position(),
                        "'" + attribute.name() + "' attribute cannot be applied to a parameter of type "
                                + type.unqualified().quoted());
            }
        }
    }

    private int reserve(Attribute attribute, List<Integer> taken, int last, boolean shared) {
        long index = analysis.globals.integer(attribute, function.scope());
        if (index < 0 || index > last) {
            throw Refusal.at(
                    attribute.position(),
                    "'" + attribute.name() + "' attribute parameter is out of bounds: must be between 0 and " + last);
        }
        // Parameters that function constants switch on may share a place: only one of them exists.
        if (taken.contains((int) index) && !shared) {
            throw Refusal.at(
                    attribute.position(),
                    "cannot reserve '" + attribute.name() + "' resource location at index " + index);
        }
        taken.add((int) index);
        return (int) index;
    }

    private TypedExpression enabling(Attribute attribute) {
        if (attribute.arguments().size() == 1
                && attribute.arguments().getFirst() instanceof Argument.OfExpression(var _, var expression)) {
            var operand = analysis.expressions.check(expression, function.scope());
            if (operand.type() != null && operand.type().scalar() == ScalarType.BOOL) {
                return analysis.conversions.value(operand);
            }
        }
        throw Refusal.at(
                attribute.position(), "'function_constant' attribute requires the name of a bool function constant");
    }

    private KernelParameter parameter(Placed placed) {
        var syntax = placed.syntax();
        var variable = placed.declared().variable();
        var input = input(syntax);
        if (input != null) {
            inputs.check(input, placed.type(), syntax.position());
            return new KernelParameter.Input(variable, input);
        }
        refuseUnsupported(placed);
        var type = placed.type();
        var unsupported = unsupported(placed);
        if (unsupported.isPresent()) {
            return new KernelParameter.Unsupported(variable, unsupported.get());
        }
        if (type.type() instanceof ClassSymbol symbol && FunctionTables.isTable(symbol)) {
            return new KernelParameter.FunctionTable(variable, index(placed.index(), buffers, LAST_BUFFER, placed));
        }
        var resource = ResourceType.of(type);
        if (resource.isPresent()) {
            requireNoPlaceButItsOwn(syntax, type, resource.get().attribute());
            int index = resources.index(resource.get(), placed.index(), syntax.position());
            return new KernelParameter.Resource(
                    variable, index, resource.get().count(), resource.get().use(), placed.enabledBy());
        }
        var isReference = type.isReference();
        var pointee = switch (type.type()) {
            case CppType.Pointer(var target) -> target;
            case CppType.Reference(var target, var _) -> target;
            default ->
                throw Refusal.at(
                        syntax.position(),
                        "invalid type " + type.unqualified().quoted() + " for input declaration in a kernel function");
        };
        checkPointee(pointee, syntax);
        var wantsBuffer = syntax.modifiers().attribute("buffer").isPresent();
        if (pointee.space() == AddressSpace.THREADGROUP && !wantsBuffer) {
            return new KernelParameter.Threadgroup(
                    variable, index(placed.index(), threadgroups, LAST_THREADGROUP, placed));
        }
        if (pointee.space() != AddressSpace.DEVICE && pointee.space() != AddressSpace.CONSTANT
                || syntax.modifiers().attribute("threadgroup").isPresent()) {
            throw Refusal.at(
                    syntax.position(), "invalid address space qualification for buffer pointee type '" + pointee + "'");
        }
        return new KernelParameter.Buffer(
                variable, index(placed.index(), buffers, LAST_BUFFER, placed), isReference, placed.enabledBy());
    }

    /** Parameters whose place is not written: the first index that no other parameter of the group has. */
    static int firstFree(List<Integer> taken) {
        int index = 0;
        while (taken.contains(index)) {
            index++;
        }
        return index;
    }

    private static int index(Integer written, List<Integer> taken, int last, Placed placed) {
        if (written != null) {
            return written;
        }
        int index = firstFree(taken);
        if (index > last) {
            throw Refusal.at(placed.syntax().position(), "too many buffers: a kernel has " + (last + 1) + " places");
        }
        taken.add(index);
        return index;
    }

    /** What only a pipeline other than a compute pipeline of the software device gives, in words. */
    private static Optional<String> unsupported(Placed placed) {
        var attribute = placed.syntax().modifiers().attributes().stream()
                .map(Attribute::name)
                .filter(TILE_INPUTS::contains)
                .findFirst()
                .map(name -> "a parameter with the attribute '" + name + "'");
        var graphics = placed.type().type() instanceof ClassSymbol symbol
                        && symbol.position().file().equals(TypedFunction.GRAPHICS)
                ? Optional.of("a parameter of type '" + symbol + "'")
                : Optional.<String>empty();
        return graphics.or(() -> attribute);
    }

    private static void refuseUnsupported(Placed placed) {
        var syntax = placed.syntax();
        for (var name : List.of("payload", "visible_function_table")) {
            if (syntax.modifiers().attribute(name).isPresent()) {
                throw Refusal.unsupported(syntax.position(), "a parameter with the attribute '" + name + "'");
            }
        }
        if (placed.type().referent().type() instanceof CppType.Opaque(String name)) {
            throw Refusal.unsupported(syntax.position(), "a parameter of type '" + name + "'");
        }
    }

    private void checkPointee(QualType pointee, Parameter syntax) {
        if (pointee.type() instanceof CppType.Pointer || pointee.isReference()) {
            throw Refusal.at(
                    syntax.position(),
                    "invalid type '" + pointee + "' for buffer declaration: a buffer cannot hold pointers by itself");
        }
        var element = pointee.element();
        if ((element == ScalarType.LONG || element == ScalarType.ULONG)
                && !analysis.version.isAtLeast(LanguageVersion.METAL_2_3)) {
            throw Refusal.at(
                    syntax.position(),
                    "'" + element + "' in a buffer requires Metal language standard macos-metal2.3 or higher");
        }
        if (pointee.type() instanceof ClassSymbol symbol) {
            if (!symbol.isComplete()) {
                throw Refusal.at(syntax.position(), "buffer of incomplete type '" + symbol + "'");
            }
            if (!symbol.bases().isEmpty()) {
                throw Refusal.at(
                        syntax.position(),
                        "derived class type '" + symbol + "' cannot be the type of a kernel argument");
            }
        }
    }

    private static KernelInput input(Parameter syntax) {
        return syntax.modifiers().attributes().stream()
                .flatMap(attribute -> KernelInput.of(attribute.name()).stream())
                .findFirst()
                .orElse(null);
    }
}
