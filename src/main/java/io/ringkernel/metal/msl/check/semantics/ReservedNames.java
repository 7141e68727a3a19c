package io.ringkernel.metal.msl.check.semantics;

import io.ringkernel.metal.msl.check.symbol.Scope;
import io.ringkernel.metal.msl.syntax.Declaration;
import io.ringkernel.metal.msl.syntax.Name;
import java.util.Optional;
import java.util.Set;

/** Names that Metal's headers keep at program scope for types that do not exist yet: nothing else can have them. */
final class ReservedNames {
    private static final Set<String> NAMES = Set.of(
            "quad",
            "complex",
            "imaginary",
            "llong",
            "ullong",
            "double2",
            "double3",
            "double4",
            "half8",
            "half16",
            "float8",
            "float16",
            "int8",
            "int16",
            "uint8",
            "uint16");

    private ReservedNames() {}

    /** Refuses a declaration at program scope of such a name. */
    static void check(Declaration declaration, Scope scope) {
        var name = name(declaration).filter(NAMES::contains);
        if (name.isPresent() && scope.parent() == null) {
            throw Refusal.at(
                    declaration.position(), "redefinition of '" + name.get() + "' as different kind of symbol");
        }
    }

    private static Optional<String> name(Declaration declaration) {
        return switch (declaration) {
            case Declaration.TypeAlias alias -> Optional.of(alias.name());
            case Declaration.Struct struct -> struct.name().map(Name::text);
            case Declaration.Enum enumeration -> enumeration.name().map(Name::text);
            case Declaration.Variable variable -> Optional.of(variable.name().text());
            case Declaration.Function function -> Optional.of(function.name().text());
            case Declaration.Template template -> name(template.declaration());
            default -> Optional.empty();
        };
    }
}
