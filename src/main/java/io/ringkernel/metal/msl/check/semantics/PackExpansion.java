package io.ringkernel.metal.msl.check.semantics;

import io.ringkernel.metal.msl.check.symbol.Scope;
import io.ringkernel.metal.msl.check.symbol.Symbol;
import io.ringkernel.metal.msl.check.symbol.TemplateArgument;
import io.ringkernel.metal.msl.syntax.Name;
import io.ringkernel.metal.msl.syntax.Node;
import io.ringkernel.metal.msl.syntax.Syntax;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Expands {@code pattern...}: one scope per element, in which the packs of the pattern name that element. */
final class PackExpansion {
    private final Lookup lookup;

    PackExpansion(Lookup lookup) {
        this.lookup = lookup;
    }

    /** All identifiers in a piece of syntax, in order. */
    static Set<String> identifiers(Node syntax) {
        var identifiers = new LinkedHashSet<String>();
        collect(syntax, identifiers);
        return identifiers;
    }

    List<Scope> scopes(Node pattern, Scope scope) {
        var identifiers = identifiers(pattern);
        int length = -1;
        var packs = new ArrayList<String>();
        for (var name : identifiers) {
            var size = size(name, scope);
            if (size < 0) {
                continue;
            }
            if (length >= 0 && size != length) {
                throw Refusal.at(
                        pattern.position(),
                        "pack expansion contains parameter packs that have different lengths (" + length + " vs. "
                                + size + ")");
            }
            length = size;
            packs.add(name);
        }
        if (length < 0) {
            throw Refusal.at(pattern.position(), "pack expansion does not contain any unexpanded parameter packs");
        }
        var result = new ArrayList<Scope>();
        for (int i = 0; i < length; i++) {
            var element = scope.templateParameters();
            for (var name : packs) {
                element.declare(name, element(name, i, scope));
            }
            result.add(element);
        }
        return result;
    }

    /** How many elements the pack of this name has, or -1 if it is none. */
    int size(String name, Scope scope) {
        var found = lookup.unqualified(name, scope);
        return switch (found == null ? null : found.symbol()) {
            case Symbol.Pack(var _, var elements) -> elements.elements().size();
            case Symbol.ObjectPack(var _, var elements) -> elements.size();
            case null, default -> -1;
        };
    }

    private Symbol element(String name, int index, Scope scope) {
        return switch (lookup.unqualified(name, scope).symbol()) {
            case Symbol.Pack(var _, var elements) ->
                bind(name, elements.elements().get(index));
            case Symbol.ObjectPack(var _, var elements) -> elements.get(index);
            default -> throw new IllegalStateException("no pack: " + name);
        };
    }

    /** The symbol by which an instance knows an argument of its template. */
    static Symbol bind(String name, TemplateArgument argument) {
        return switch (argument) {
            case TemplateArgument.OfType(var type) -> new Symbol.TypeName(name, type);
            case TemplateArgument.OfValue value -> new Symbol.Value(name, value);
            case TemplateArgument.OfFunction(var function) -> new Symbol.FunctionBinding(name, null, function);
            case TemplateArgument.OfTemplate(var template) -> template;
            case TemplateArgument.Pack pack -> new Symbol.Pack(name, pack);
        };
    }

    private static void collect(Syntax part, Set<String> names) {
        if (part instanceof Name.Identifier || part instanceof Name.TemplateId) {
            names.add(((Name.Segment) part).text());
        }
        part.forEachChild(child -> collect(child, names));
    }
}
