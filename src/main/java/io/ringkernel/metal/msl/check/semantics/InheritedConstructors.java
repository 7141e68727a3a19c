package io.ringkernel.metal.msl.check.semantics;

import io.ringkernel.metal.msl.check.symbol.ClassSymbol;
import io.ringkernel.metal.msl.check.symbol.Symbol;
import io.ringkernel.metal.msl.syntax.Declaration;
import io.ringkernel.metal.msl.syntax.Expression;
import io.ringkernel.metal.msl.syntax.Initializer;
import io.ringkernel.metal.msl.syntax.Name;
import io.ringkernel.metal.msl.syntax.Parameter;
import io.ringkernel.metal.msl.syntax.Signature;
import io.ringkernel.metal.msl.syntax.SourcePosition;
import io.ringkernel.metal.msl.syntax.Statement;
import io.ringkernel.metal.msl.syntax.TypeSyntax;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * {@code using B::B;}: for each constructor of a base one of the class itself, which passes its arguments on and
 * initialises the rest as if nothing was said about it (C++14 [class.inhctor]).
 */
final class InheritedConstructors {
    private final Analysis analysis;

    InheritedConstructors(Analysis analysis) {
        this.analysis = analysis;
    }

    /** Whether a using-declaration names the constructors of a base. */
    boolean isMeant(ClassSymbol symbol, Name target) {
        if (target.segments().size() < 2) {
            return false;
        }
        var base = base(symbol, target);
        var name = target.last().text();
        return base != null && (target.qualifiers().getLast().text().equals(name) || isNameOf(base, name));
    }

    private static boolean isNameOf(ClassSymbol base, String name) {
        var full = base.origin() == null ? base.name() : base.origin().name();
        return full.equals(name) || full.endsWith("::" + name);
    }

    private ClassSymbol base(ClassSymbol symbol, Name target) {
        var qualifier = new Name(target.position(), target.global(), target.qualifiers());
        var found = analysis.lookup.tryResolve(qualifier, symbol.scope());
        if (found == null) {
            return null;
        }
        var type = Lookup.typeOf(found.symbol());
        return symbol.bases().stream()
                .map(ClassSymbol.Base::symbol)
                .filter(base -> type == null ? base.origin() == found.symbol() : type.type() == base)
                .findFirst()
                .orElse(null);
    }

    void declare(ClassSymbol symbol, Name target) {
        var base = base(symbol, target);
        base.demand();
        for (var member : base.constructors()) {
            switch (member) {
                case Symbol.Function function -> {
                    if (isInherited(function, base)) {
                        var declaration = passing(function.declaration(), base, target.position());
                        var made = new Symbol.Function(symbol.name(), declaration, function.scope(), symbol);
                        add(symbol, made, base.members().access(function));
                    }
                }
                case Symbol.FunctionTemplate template -> {
                    var declaration = passing(template.declaration(), base, target.position());
                    var made = new Symbol.FunctionTemplate(
                            symbol.name(), template.parameters(), declaration, template.scope(), symbol);
                    add(symbol, made, base.members().access(template));
                }
                default -> throw new IllegalStateException("no constructor: " + member.name());
            }
        }
    }

    private static void add(ClassSymbol symbol, Symbol constructor, Declaration.Access access) {
        symbol.constructors().add(constructor);
        symbol.members().restrict(constructor, access);
    }

    /** Constructors without parameters and those that copy are every class's own. */
    private static boolean isInherited(Symbol.Function constructor, ClassSymbol base) {
        return !constructor.declaration().signature().parameters().isEmpty() && !ObjectCopies.isCopy(constructor, base);
    }

    private static Declaration.Function passing(
            Declaration.Function inherited, ClassSymbol base, SourcePosition position) {
        var parameters = new ArrayList<Parameter>();
        var arguments = new ArrayList<Expression>();
        for (var parameter : inherited.signature().parameters()) {
            var name = parameter.name().orElse("(argument " + parameters.size() + ")");
            parameters.add(new Parameter(
                    parameter.position(),
                    parameter.type(),
                    Optional.of(name),
                    parameter.modifiers(),
                    parameter.defaultValue(),
                    parameter.pack()));
            arguments.add(argument(parameter, Name.of(position, name), position));
        }
        var target = Name.of(
                position,
                base.origin() == null ? lastPart(base.name()) : base.origin().name());
        var initializer = new Declaration.MemberInitializer(
                position, target, new Initializer(position, Initializer.Style.DIRECT, arguments), false);
        var old = inherited.signature();
        var signature = new Signature(
                old.result(), parameters, old.variadic(), old.qualifiers(), old.refQualifier(), old.noexcept());
        return new Declaration.Function(
                inherited.position(),
                inherited.kind(),
                inherited.name(),
                signature,
                inherited.modifiers(),
                new Declaration.FunctionBody.Defined(
                        List.of(initializer), new Statement.Compound(position, List.of(), position)));
    }

    private static String lastPart(String name) {
        return name.substring(name.lastIndexOf(':') + 1);
    }

    /** A parameter as it was given: an rvalue goes on as one. */
    private static Expression argument(Parameter parameter, Name name, SourcePosition position) {
        Expression use = new Expression.NameUse(position, name);
        if (parameter.type() instanceof TypeSyntax.Reference(var _, var _, boolean rvalue) && rvalue) {
            use = new Expression.NamedCast(position, Expression.CastKind.STATIC, parameter.type(), use);
        }
        return parameter.pack() ? new Expression.PackExpansion(position, use) : use;
    }
}
