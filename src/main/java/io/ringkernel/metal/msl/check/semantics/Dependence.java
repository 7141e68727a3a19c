package io.ringkernel.metal.msl.check.semantics;

import io.ringkernel.metal.msl.check.symbol.ClassSymbol;
import io.ringkernel.metal.msl.check.symbol.Scope;
import io.ringkernel.metal.msl.syntax.Name;

/** Names that mean something only once template arguments are known (C++14 [temp.res]). */
final class Dependence {
    private Dependence() {}

    /** Refuses a type that is a member of a template parameter or of what depends on one: it needs a typename. */
    static void requireNone(Name name, Scope scope) {
        if (name.segments().size() < 2) {
            return;
        }
        var qualifier = name.segments().getFirst();
        if (dependsOnParameter(qualifier, scope) && !isCurrentInstantiation(qualifier, scope)) {
            throw Refusal.at(name.position(), "missing 'typename' prior to dependent type name '" + name.text() + "'");
        }
    }

    private static boolean dependsOnParameter(Name.Segment segment, Scope scope) {
        return switch (segment) {
            case Name.Identifier(var _, String text) -> isParameter(text, scope);
            case Name.TemplateId(var _, var _, var arguments) ->
                arguments.stream()
                        .flatMap(argument -> PackExpansion.identifiers(argument).stream())
                        .anyMatch(identifier -> isParameter(identifier, scope));
            default -> false;
        };
    }

    private static boolean isParameter(String name, Scope scope) {
        for (var s = scope; s != null; s = s.parent()) {
            if (s.local(name) != null) {
                return s.kind() == Scope.Kind.TEMPLATE;
            }
        }
        return false;
    }

    /** Inside of a class template its own name with arguments is taken for the class itself. */
    private static boolean isCurrentInstantiation(Name.Segment segment, Scope scope) {
        for (var s = scope; s != null; s = s.parent()) {
            if (s.owner() instanceof ClassSymbol symbol
                    && symbol.origin() != null
                    && symbol.origin().name().equals(segment.text())) {
                return true;
            }
        }
        return false;
    }
}
