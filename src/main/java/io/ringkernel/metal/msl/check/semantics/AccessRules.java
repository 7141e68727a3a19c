package io.ringkernel.metal.msl.check.semantics;

import io.ringkernel.metal.msl.check.symbol.ClassSymbol;
import io.ringkernel.metal.msl.check.symbol.Scope;
import io.ringkernel.metal.msl.check.symbol.Symbol;
import io.ringkernel.metal.msl.syntax.Declaration;
import io.ringkernel.metal.msl.syntax.SourcePosition;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Who may use the members and bases of classes (C++14 [class.access]), and which names mean several of them. */
final class AccessRules {
    private AccessRules() {}

    /** Notes who may use what a member declares, unless it is a function. */
    static void declare(ClassSymbol symbol, Declaration.Member member) {
        if (member.declaration() instanceof Declaration.Friend) {
            symbol.members().markFriends();
        } else {
            declaredNames(member.declaration()).forEach(name -> symbol.members().restrict(name, member.access()));
        }
    }

    /** The names of members; functions are restricted one by one, since overloads of a name may differ. */
    private static Stream<String> declaredNames(Declaration declaration) {
        return switch (declaration) {
            case Declaration.Field field -> field.name().stream();
            case Declaration.Variable variable ->
                Stream.of(variable.name().last().text());
            case Declaration.TypeAlias alias -> Stream.of(alias.name());
            case Declaration.Struct struct ->
                struct.name().stream().map(name -> name.last().text());
            case Declaration.Enum enumeration ->
                Stream.concat(
                        enumeration.name().stream().map(name -> name.last().text()),
                        enumeration.enumerators().stream().flatMap(List::stream).map(Declaration.Enumerator::name));
            case Declaration.UsingDeclaration using ->
                Stream.of(using.target().last().text());
            case Declaration.Template template -> declaredNames(template.declaration());
            default -> Stream.empty();
        };
    }

    /** Refuses a name that means several members, or one that code in {@code from} may not use. */
    static void check(Lookup.Member member, String name, Scope from, SourcePosition position) {
        if (member.rival() != null) {
            throw Refusal.at(position, ambiguous(member, name));
        }
        var derived = member.from();
        for (var base : member.path()) {
            if (derived.members().uses(name)) {
                break;
            }
            if (!derived.members().grants(base.access(), from)) {
                throw inaccessible(name, member.owner(), position);
            }
            derived = base.symbol();
        }
        if (!derived.members().grants(derived.members().access(name), from)) {
            throw inaccessible(name, member.owner(), position);
        }
    }

    private static String ambiguous(Lookup.Member member, String name) {
        return member.rival().symbol() == member.symbol()
                ? "non-static member '" + name + "' found in multiple base-class subobjects of type '" + member.owner()
                        + "'"
                : "member '" + name + "' found in multiple base classes: '" + member.owner() + "' and '"
                        + member.rival().owner() + "'";
    }

    /**
     * Refuses a function that overload resolution chose for code in {@code from} that may not use it.
     *
     * @param user the class whose using-declaration the function was found through, or null
     */
    static void check(Symbol.Function function, ClassSymbol user, Scope from, SourcePosition position) {
        if (function.owner() == null) {
            return;
        }
        var member = function.origin() == null ? function : function.origin();
        var owner = user != null && user.members().uses(member) ? user : function.owner();
        var access = owner.members().access(member);
        if (owner.members().grants(access, from)) {
            return;
        }
        if (function.isConstructor()) {
            var word = access.name().toLowerCase(Locale.ROOT);
            throw Refusal.at(position, "calling a " + word + " constructor of class '" + owner + "'");
        }
        boolean isConversion = function.declaration().kind() == Declaration.FunctionKind.CONVERSION;
        throw inaccessible(isConversion ? "operator " + function.result() : function.name(), owner, position);
    }

    /** Refuses to take an object for one of a base that code in {@code from} may not know of. */
    static void check(ClassSymbol derived, ClassSymbol.Base base, Scope from, SourcePosition position) {
        if (!derived.members().grants(base.access(), from)) {
            var word = base.access().name().toLowerCase(Locale.ROOT);
            throw Refusal.at(
                    position, "cannot cast '" + derived + "' to its " + word + " base class '" + base.symbol() + "'");
        }
    }

    private static Refusal inaccessible(String name, ClassSymbol owner, SourcePosition position) {
        return Refusal.at(position, "'" + name + "' is a private or protected member of '" + owner + "'");
    }
}
