package io.ringkernel.metal.msl.check.semantics;

import io.ringkernel.metal.msl.builtin.Type;
import io.ringkernel.metal.msl.check.symbol.ClassSymbol;
import io.ringkernel.metal.msl.check.symbol.EnumSymbol;
import io.ringkernel.metal.msl.check.symbol.QualType;
import io.ringkernel.metal.msl.check.symbol.Scope;
import io.ringkernel.metal.msl.check.symbol.Symbol;
import io.ringkernel.metal.msl.syntax.Declaration;
import io.ringkernel.metal.msl.syntax.Declaration.FunctionKind;
import io.ringkernel.metal.msl.syntax.Modifiers.Specifier;
import io.ringkernel.metal.msl.syntax.Name;
import io.ringkernel.metal.msl.syntax.TypeSyntax;
import java.util.ArrayList;
import java.util.List;

/** Structs, classes and unions: members are declared first, then laid out; bodies come when the class is complete. */
final class Classes {
    private final Analysis analysis;
    private final InheritedConstructors inheritedConstructors;
    private final List<ClassSymbol> named = new ArrayList<>();

    Classes(Analysis analysis) {
        this.analysis = analysis;
        this.inheritedConstructors = new InheritedConstructors(analysis);
    }

    /** Complete structs that are no template instances, in the order of their definition. */
    List<Type.Struct> structs() {
        return named.stream().map(ClassSymbol::layout).toList();
    }

    void declare(Declaration.Struct struct, Scope scope) {
        if (struct.name().isEmpty()) {
            throw Refusal.at(struct.position(), "anonymous structs and unions are only allowed inside of a class");
        }
        var name = struct.name().get();
        if (name.isQualified()) {
            declareQualified(struct, name, scope);
            return;
        }
        var text = name.last().text();
        var known = scope.tag(text) == null ? scope.local(text) : scope.tag(text);
        if (known instanceof Symbol.TypeName(var _, var type) && type.type() instanceof ClassSymbol) {
            known = (ClassSymbol) type.type();
        }
        ClassSymbol symbol;
        if (known instanceof ClassSymbol declared) {
            if (struct.definition().isPresent() && declared.isComplete()) {
                throw Refusal.at(struct.position(), "redefinition of '" + text + "'")
                        .note(declared.position(), "previous definition is here");
            }
            symbol = declared;
        } else {
            if (isTaken(known)) {
                throw Refusal.at(struct.position(), "redefinition of '" + text + "' as different kind of symbol");
            }
            symbol = new ClassSymbol(qualified(text, scope), struct.key(), scope, struct.position());
            scope.declare(text, symbol);
        }
        if (struct.definition().isPresent()) {
            complete(symbol, struct);
            named.add(symbol);
            checkBodies(symbol);
        }
    }

    /** A class may have the name of a variable or function, which then hides it (C++14 [basic.scope.hiding] 2). */
    private static boolean isTaken(Symbol known) {
        return known instanceof EnumSymbol || known instanceof Symbol.TypeName || known instanceof Symbol.Namespace;
    }

    private static String qualified(String name, Scope scope) {
        return scope.owner() instanceof Symbol.Namespace namespace
                ? namespace.qualify(name)
                : scope.owner() instanceof ClassSymbol outer ? outer.name() + "::" + name : name;
    }

    private void declareQualified(Declaration.Struct struct, Name name, Scope scope) {
        var found = analysis.lookup.resolve(name, scope);
        if (!(found.symbol() instanceof ClassSymbol symbol) || symbol.isComplete()) {
            throw Refusal.at(struct.position(), "redefinition of '" + name.text() + "'");
        }
        complete(symbol, struct);
        named.add(symbol);
        checkBodies(symbol);
    }

    /** Has the bodies of a class that is no instance checked, whether they are used or not. */
    private void checkBodies(ClassSymbol symbol) {
        if (isWithinTemplate(symbol.scope())) {
            return;
        }
        for (var member : symbol.scope().symbols()) {
            if (member instanceof Symbol.FunctionSet set) {
                set.members().forEach(this::checkBody);
            }
        }
        symbol.constructors().forEach(this::checkBody);
        symbol.conversions().forEach(this::checkBody);
    }

    private static boolean isWithinTemplate(Scope scope) {
        for (var s = scope; s != null; s = s.parent()) {
            if (s.kind() == Scope.Kind.TEMPLATE) {
                return true;
            }
        }
        return false;
    }

    private void checkBody(Symbol member) {
        if (member instanceof Symbol.Function function
                && function.declaration().body() instanceof Declaration.FunctionBody.Defined
                && function.parameters().stream().noneMatch(QualType::isFunctionPointer)) {
            analysis.functions.typed(function);
        }
    }

    /** Declares the members of a class and lays it out. */
    void complete(ClassSymbol symbol, Declaration.Struct struct) {
        var body = struct.definition().orElseThrow();
        if (symbol.origin() != null) {
            symbol.scope().declare(symbol.origin().name(), symbol.origin());
        }
        if (body.isFinal()) {
            symbol.markFinal();
        }
        var layout = new StructLayout(analysis, symbol, struct);
        for (var base : body.bases()) {
            base(symbol, base, layout);
        }
        for (var member : body.members()) {
            AccessRules.declare(symbol, member);
            try {
                analysis.within(symbol.scope(), () -> member(symbol, member, layout));
            } catch (Refusal refusal) {
                // An instance with a broken member is no candidate; a plain class reports and goes on.
                if (symbol.origin() != null) {
                    throw refusal;
                }
                refusal.reportTo(analysis.diagnostics);
            }
        }
        if (symbol.constructors().stream().allMatch(Classes::isWrittenByNobody)) {
            symbol.constructors().clear();
        }
        layout.finish();
        symbol.markComplete();
        signatures(symbol);
        if (symbol.origin() != null) {
            analysis.outsideDefinitions.defineMembers(symbol);
        }
    }

    private void base(ClassSymbol symbol, Declaration.BaseSpecifier base, StructLayout layout) {
        if (base.isVirtual()) {
            throw Refusal.at(base.position(), "virtual base classes are not supported in Metal");
        }
        if (base.pack()) {
            for (var scope : analysis.packs.scopes(base.type(), symbol.scope().parent())) {
                addBase(symbol, analysis.types.resolve(base.type(), scope), base, layout);
            }
            return;
        }
        addBase(symbol, analysis.types.resolve(base.type(), symbol.scope().parent()), base, layout);
    }

    private static void addBase(
            ClassSymbol symbol, QualType type, Declaration.BaseSpecifier base, StructLayout layout) {
        if (!(type.type() instanceof ClassSymbol parent) || !parent.isComplete()) {
            throw Refusal.at(base.position(), "base class has incomplete type or is no class: '" + type + "'");
        }
        if (parent.isUnion() || symbol.isUnion()) {
            throw Refusal.at(
                    base.position(),
                    parent.isUnion() ? "unions cannot be base classes" : "unions cannot have base classes");
        }
        if (parent.isFinal()) {
            throw Refusal.at(base.position(), "base '" + parent + "' is marked 'final'");
        }
        if (symbol.bases().stream().anyMatch(each -> each.symbol() == parent)) {
            throw Refusal.at(
                    base.position(), "base class '" + parent + "' specified more than once as a direct base class");
        }
        symbol.bases().add(new ClassSymbol.Base(parent, layout.base(parent), base.access()));
    }

    private Void member(ClassSymbol symbol, Declaration.Member member, StructLayout layout) {
        var scope = symbol.scope();
        switch (member.declaration()) {
            case Declaration.Field field -> layout.field(field);
            case Declaration.Struct struct when struct.name().isEmpty() -> layout.anonymous(struct);
            case Declaration.Function function -> method(symbol, function, member.access());
            case Declaration.Template template -> memberTemplate(symbol, template, member.access());
            case Declaration.Variable variable -> {
                if (!variable.modifiers().has(Specifier.STATIC)) {
                    throw Refusal.at(variable.position(), "a data member must be a field or static");
                }
                var name = variable.name().last().text();
                scope.declare(name, new Symbol.LazyObject(variable, scope));
            }
            case Declaration.Friend(var _, Declaration.Function function) -> friend(symbol, function);
            case Declaration.UsingDeclaration using -> using(symbol, using, member.access());
            case Declaration.StaticAssert check -> layout.after(() -> analysis.declarations.staticAssert(check, scope));
            default -> analysis.declarations.declare(member.declaration(), scope);
        }
        return null;
    }

    private void using(ClassSymbol symbol, Declaration.UsingDeclaration using, Declaration.Access access) {
        var target = using.target();
        var name = target.last().text();
        if (inheritedConstructors.isMeant(symbol, target)) {
            inheritedConstructors.declare(symbol, target);
            return;
        }
        analysis.declarations.declare(using, symbol.scope());
        symbol.members().use(name, access);
        if (symbol.scope().local(name) instanceof Symbol.FunctionSet set) {
            set.members().stream()
                    .filter(member -> !isOwn(member, symbol))
                    .forEach(member -> symbol.members().use(member, access));
        }
    }

    private static boolean isOwn(Symbol member, ClassSymbol symbol) {
        return switch (member) {
            case Symbol.Function function -> function.owner() == symbol;
            case Symbol.FunctionTemplate template -> template.owner() == symbol;
            default -> false;
        };
    }

    /** A friend that is defined here is a function of the namespace; it sees the names of the class. */
    private static void friend(ClassSymbol symbol, Declaration.Function declaration) {
        if (!(declaration.body() instanceof Declaration.FunctionBody.Defined)) {
            return;
        }
        var name = declaration.name().last().text();
        var home = symbol.scope().enclosingNamespace().scope();
        Declarations.functionSet(name, home, declaration.position())
                .members()
                .add(new Symbol.Function(name, declaration, symbol.scope(), null));
    }

    private void method(ClassSymbol symbol, Declaration.Function declaration, Declaration.Access access) {
        Declarations.checkSpecifiers(declaration);
        Parameters.requireTrailingDefaults(declaration);
        declaration.modifiers().functionType().ifPresent(type -> {
            throw Refusal.at(declaration.position(), type.keyword() + " functions cannot be member functions");
        });
        switch (declaration.kind()) {
            case DESTRUCTOR -> {
                if (declaration.body() instanceof Declaration.FunctionBody.Defined defined
                        && !defined.statements().statements().isEmpty()) {
                    throw Refusal.unsupported(declaration.position(), "a destructor");
                }
            }
            case CONSTRUCTOR -> symbol.constructors().add(made(symbol.name(), symbol, declaration, access));
            case CONVERSION -> symbol.conversions().add(made("operator", symbol, declaration, access));
            case ORDINARY -> {
                var name = declaration.name().last().text();
                if (isNameOf(symbol, name)) {
                    throw Refusal.at(declaration.position(), "constructor cannot have a return type");
                }
                Parameters.requireOperands(declaration, true);
                if (isTrivialAssignment(symbol, declaration)) {
                    return;
                }
                var set = Declarations.functionSet(name, symbol.scope(), declaration.position());
                set.members().add(made(name, symbol, declaration, access));
            }
        }
    }

    private static boolean isNameOf(ClassSymbol symbol, String name) {
        var full = symbol.origin() == null ? symbol.name() : symbol.origin().name();
        return full.equals(name) || full.endsWith("::" + name);
    }

    private static Symbol.Function made(
            String name, ClassSymbol owner, Declaration.Function declaration, Declaration.Access access) {
        var function = new Symbol.Function(name, declaration, owner.scope(), owner);
        owner.members().restrict(function, access);
        return function;
    }

    /** A constructor that does what happens anyway where a class has no other ones. */
    private static boolean isWrittenByNobody(Symbol constructor) {
        return constructor instanceof Symbol.Function function
                && function.declaration().body() instanceof Declaration.FunctionBody.Defaulted;
    }

    /** A default constructor that is not written out; alone it does what happens anyway. */
    static boolean isDefaulted(Symbol constructor) {
        return constructor instanceof Symbol.Function function
                && function.declaration().body() instanceof Declaration.FunctionBody.Defaulted
                && function.declaration().signature().parameters().isEmpty();
    }

    private static boolean isTrivialAssignment(ClassSymbol symbol, Declaration.Function declaration) {
        return declaration.name().last().text().equals("operator=")
                && declaration.body() instanceof Declaration.FunctionBody.Defaulted;
    }

    private void memberTemplate(ClassSymbol symbol, Declaration.Template template, Declaration.Access access) {
        if (!(template.declaration() instanceof Declaration.Function function)) {
            analysis.templateDeclarations.declare(template, symbol.scope());
            return;
        }
        var made = analysis.templateDeclarations.function(template, function, symbol.scope(), symbol);
        if (made == null) {
            throw Refusal.at(
                    function.position(),
                    "extra qualification on member '" + function.name().last().text() + "'");
        }
        symbol.members().restrict(made, access);
        switch (function.kind()) {
            case FunctionKind.CONSTRUCTOR -> symbol.constructors().add(made);
            case FunctionKind.CONVERSION -> symbol.conversions().add(made);
            default ->
                Declarations.functionSet(made.name(), symbol.scope(), function.position())
                        .members()
                        .add(made);
        }
    }

    /** Resolves the types of all methods, now that nested types are known. */
    private void signatures(ClassSymbol symbol) {
        for (var member : symbol.scope().symbols()) {
            if (member instanceof Symbol.FunctionSet set) {
                set.members().removeIf(this::isBroken);
                requireDistinct(set.members(), symbol);
            }
        }
        symbol.constructors().removeIf(this::isBroken);
        requireDistinct(symbol.constructors(), symbol);
        symbol.conversions().removeIf(this::isBroken);
    }

    private void requireDistinct(List<Symbol> members, ClassSymbol symbol) {
        var own = members.stream()
                .filter(Symbol.Function.class::isInstance)
                .map(Symbol.Function.class::cast)
                .filter(function -> function.owner() == symbol && symbol.origin() == null)
                .toList();
        for (int i = 1; i < own.size(); i++) {
            var later = own.get(i);
            if (own.subList(0, i).stream().anyMatch(earlier -> Declarations.sameParameters(earlier, later))) {
                Refusal.at(later.declaration().position(), "class member cannot be redeclared: '" + later.name() + "'")
                        .reportTo(analysis.diagnostics);
            }
        }
    }

    private boolean isBroken(Symbol member) {
        if (!(member instanceof Symbol.Function function)) {
            return false;
        }
        try {
            analysis.functions.signature(function);
            return false;
        } catch (Refusal refusal) {
            refusal.reportTo(analysis.diagnostics);
            return true;
        }
    }

    /** The type of a field as written; refuses what cannot be a member. */
    static void checkField(QualType type, TypeSyntax syntax) {
        if (type.space() != null && !type.isReference()) {
            throw Refusal.at(syntax.position(), "field may not be qualified with an address space");
        }
    }
}
