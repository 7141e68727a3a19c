package io.ringkernel.metal.msl.check.semantics;

import io.ringkernel.metal.msl.check.symbol.Scope;
import io.ringkernel.metal.msl.syntax.Name;
import io.ringkernel.metal.msl.syntax.scope.MissingNames;
import java.util.Optional;

/** What to say of names that mean nothing. */
final class UnknownNames {
    private final Analysis analysis;

    UnknownNames(Analysis analysis) {
        this.analysis = analysis;
    }

    /** Whether a name that means nothing is one of the standard library's. */
    static boolean isMissing(Name name) {
        return name.segments().stream().anyMatch(segment -> MissingNames.contains(segment.text()));
    }

    /** Whether a name is that of the standard library's namespace, or in it, and no header of it is included. */
    boolean isNotIncluded(Name name, Scope scope) {
        var first = name.segments().getFirst().text();
        return Prelude.isNamespace(first) && analysis.lookup.unqualified(first, scope) == null;
    }

    /** What to say when a name's first part, a namespace or class, is unknown; empty when that is known. */
    Optional<Refusal> undeclaredQualifier(Name name, Scope scope) {
        var first = name.segments().getFirst().text();
        if (isNotIncluded(name, scope)) {
            return Optional.of(Refusal.at(
                    name.position(),
                    "use of undeclared identifier '" + first + "'; include <metal_stdlib>, which declares it"));
        }
        var isUnknown =
                name.segments().size() > 1 && !name.global() && analysis.lookup.unqualified(first, scope) == null;
        return isUnknown
                ? Optional.of(Refusal.at(name.position(), "use of undeclared identifier '" + first + "'"))
                : Optional.empty();
    }

    Refusal unknown(Name name, Scope scope) {
        if (isMissing(name) && !isNotIncluded(name, scope)) {
            return Refusal.at(name.position(), MissingNames.message(name.text()));
        }
        var undeclared = undeclaredQualifier(name, scope);
        if (undeclared.isPresent()) {
            return undeclared.get();
        }
        if (name.segments().size() == 1) {
            return Refusal.at(
                    name.position(),
                    "use of undeclared identifier '" + name.last().text() + "'");
        }
        var container = name.segments().get(name.segments().size() - 2).text();
        return Refusal.at(
                name.last().position(), "no member named '" + name.last().text() + "' in '" + container + "'");
    }
}
