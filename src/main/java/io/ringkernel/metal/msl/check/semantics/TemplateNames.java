package io.ringkernel.metal.msl.check.semantics;

import io.ringkernel.metal.msl.check.symbol.Scope;
import io.ringkernel.metal.msl.check.symbol.Symbol;
import io.ringkernel.metal.msl.syntax.Declaration;
import io.ringkernel.metal.msl.syntax.Expression;
import io.ringkernel.metal.msl.syntax.Name;
import io.ringkernel.metal.msl.syntax.Syntax;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Looks up the names in function templates that nobody instantiates, where no argument can give them a meaning (C++14
 * [temp.nondep]). It refuses only what is certain: a name counts as declared if anything in the template declares it,
 * and names that are called, or stand beside a local class or a using, are left alone.
 */
final class TemplateNames {
    private final Analysis analysis;
    private final List<Symbol.FunctionTemplate> templates = new ArrayList<>();

    TemplateNames(Analysis analysis) {
        this.analysis = analysis;
    }

    /** Takes a template of a namespace. */
    void add(Symbol.FunctionTemplate template) {
        templates.add(template);
    }

    /** Leaves out what was taken so far: the standard library's own. */
    void forget() {
        templates.clear();
    }

    /** Reports unknown names; when everything that is instantiated has been. */
    void check() {
        for (var template : templates) {
            if (template.instances().isEmpty()) {
                var names = new Names();
                template.parameters().forEach(names::read);
                names.read(template.declaration());
                names.report(analysis, template.scope());
            }
        }
    }

    /** What one template declares and uses. */
    private static final class Names {
        private final Set<String> declared = new HashSet<>();
        private final List<Name> used = new ArrayList<>();
        private boolean isOpen;

        void read(Syntax part) {
            switch (part) {
                case Expression.NameUse(var _, var name)
                when !name.isQualified() -> {
                    if (name.last() instanceof Name.Identifier) {
                        used.add(name);
                    }
                    return;
                }
                case Expression.Call call
                when call.callee() instanceof Expression.NameUse -> {
                    call.arguments().forEach(this::read);
                    return;
                }
                case Declaration.UsingDirective _, Declaration.UsingDeclaration _, Declaration.Struct _ ->
                    isOpen = true;
                default -> {}
            }
            part.parts().forEach(each -> declare(part, each));
            part.forEachChild(this::read);
        }

        /** Takes any word for the name of something; more names than there are do no harm here. */
        private void declare(Syntax whole, Object part) {
            switch (part) {
                case String text -> declared.add(text);
                case Name name
                when whole instanceof Declaration -> declared.add(name.last().text());
                case Collection<?> many -> many.forEach(one -> declare(whole, one));
                case Optional<?> maybe -> maybe.ifPresent(one -> declare(whole, one));
                case Name.Identifier(var _, String text) when whole instanceof Declaration -> declared.add(text);
                default -> {}
            }
        }

        void report(Analysis analysis, Scope scope) {
            for (var name : used) {
                var text = name.last().text();
                if (!isOpen && !declared.contains(text) && analysis.lookup.tryResolve(name, scope) == null) {
                    Refusal.at(name.position(), "use of undeclared identifier '" + text + "'")
                            .reportTo(analysis.diagnostics);
                }
            }
        }
    }
}
