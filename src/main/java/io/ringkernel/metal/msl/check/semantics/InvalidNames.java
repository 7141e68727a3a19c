package io.ringkernel.metal.msl.check.semantics;

import io.ringkernel.metal.msl.check.symbol.ClassSymbol;
import io.ringkernel.metal.msl.check.symbol.Scope;
import io.ringkernel.metal.msl.check.symbol.Symbol;
import io.ringkernel.metal.msl.syntax.Declaration;
import java.util.List;

/** Names whose declarations were refused: their uses are no further errors. */
final class InvalidNames {
    private InvalidNames() {}

    static void invalidate(Declaration declaration, Scope scope) {
        switch (declaration) {
            case Declaration.Variable variable -> {
                if (!variable.name().isQualified()) {
                    scope.declare(
                            variable.name().last().text(),
                            new Symbol.Invalid(variable.name().last().text()));
                }
            }
            case Declaration.TypeAlias alias -> scope.declare(alias.name(), new Symbol.Invalid(alias.name()));
            case Declaration.Enum enumeration ->
                enumeration.enumerators().stream()
                        .flatMap(List::stream)
                        .map(Declaration.Enumerator::name)
                        .filter(name -> scope.local(name) == null)
                        .forEach(name -> scope.declare(name, new Symbol.Invalid(name)));
            case Declaration.Struct struct
            when struct.definition().isPresent() && struct.name().isPresent() -> {
                var name = struct.name().get().last().text();
                if (scope.local(name) instanceof ClassSymbol symbol && !symbol.isComplete()) {
                    scope.declare(name, new Symbol.Invalid(name));
                }
            }
            case Declaration.Function function
            when scope.local(function.name().last().text()) == null ->
                scope.declare(
                        function.name().last().text(),
                        new Symbol.Invalid(function.name().last().text()));
            default -> {}
        }
    }
}
