package io.ringkernel.metal.msl.check.semantics;

import io.ringkernel.metal.msl.builtin.AddressSpace;
import io.ringkernel.metal.msl.check.Variable;
import io.ringkernel.metal.msl.check.symbol.ClassSymbol;
import io.ringkernel.metal.msl.check.symbol.QualType;
import io.ringkernel.metal.msl.check.symbol.ResourceType;
import io.ringkernel.metal.msl.syntax.Parameter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A parameter of a kernel, or a member of a struct that is one. */
record DeclaredParameter(Parameter syntax, QualType type, Variable variable) {
    /** A struct with more is memory, and not the values of its members. */
    private static final int MOST = 32;

    /**
     * The buffers, textures and samplers of a struct that is passed by value, those of structs in it too, each of which
     * is bound for itself (MSL specification, section 2.12.2). Empty for every other parameter.
     */
    List<DeclaredParameter> members() {
        var result = new ArrayList<DeclaredParameter>();
        if (!collect(result)) {
            return List.of();
        }
        int count = result.stream()
                .mapToInt(member ->
                        ResourceType.of(member.type).map(ResourceType::count).orElse(1))
                .sum();
        if (count > MOST) {
            throw Refusal.unsupported(syntax.position(), "a parameter with more than " + MOST + " resources");
        }
        return result;
    }

    /** Whether it is a struct of nothing but resources. */
    private boolean collect(List<DeclaredParameter> into) {
        if (!(type.type() instanceof ClassSymbol symbol)
                || ResourceType.of(type).isPresent()
                || FunctionTables.isTable(symbol)
                || !symbol.isComplete()
                || symbol.isUnion()
                || !symbol.bases().isEmpty()) {
            return false;
        }
        for (int i = 0; i < symbol.fields().size(); i++) {
            var field = symbol.fields().get(i);
            var declaration = field.declaration();
            if (declaration == null || i >= symbol.layout().fields().size()) {
                return false;
            }
            var memberSyntax = new Parameter(
                    declaration.position(),
                    declaration.type(),
                    declaration.name(),
                    declaration.modifiers(),
                    Optional.empty(),
                    false);
            var lowered = symbol.layout().fields().get(i).type();
            var member = new DeclaredParameter(
                    memberSyntax, field.type(), new Variable(field.name(), lowered, AddressSpace.THREAD));
            if (member.isResource()) {
                into.add(member);
            } else if (!member.collect(into)) {
                return false;
            }
        }
        return !symbol.fields().isEmpty();
    }

    private boolean isResource() {
        return type.isPointer() || ResourceType.of(type).isPresent();
    }
}
