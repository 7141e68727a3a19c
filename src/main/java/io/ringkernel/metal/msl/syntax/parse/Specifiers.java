package io.ringkernel.metal.msl.syntax.parse;

import io.ringkernel.metal.msl.syntax.Attribute;
import io.ringkernel.metal.msl.syntax.Declaration;
import io.ringkernel.metal.msl.syntax.Modifiers;
import io.ringkernel.metal.msl.syntax.Modifiers.Specifier;
import io.ringkernel.metal.msl.syntax.Qualifier;
import io.ringkernel.metal.msl.syntax.SourcePosition;
import io.ringkernel.metal.msl.syntax.TypeSyntax;
import io.ringkernel.metal.msl.syntax.scope.Symbol;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The specifiers in front of the declarators of one declaration, while they are collected. */
final class Specifiers {
    final SourcePosition position;
    final Map<Specifier, SourcePosition> words = new EnumMap<>(Specifier.class);
    final Set<Qualifier> qualifiers = EnumSet.noneOf(Qualifier.class);
    final List<Attribute> attributes = new ArrayList<>();
    /** The structs and enums that the specifiers define or declare. */
    final List<Declaration> defined = new ArrayList<>(0);

    /** Without qualifiers; null if there is none. */
    TypeSyntax type;

    /** The members of the type, where they are known, for aliases; may be null. */
    Symbol typeSymbol;

    boolean typedef;

    /** Whether an unnamed struct or enum gets a name even if no declarator follows it: an alias uses it. */
    boolean usesType;

    /** Whether the semicolon behind a struct's or enum's body is missing, which has been reported. */
    boolean semicolonMissing;

    Specifiers(SourcePosition position) {
        this.position = position;
    }

    /** The type that the declarators start from. */
    TypeSyntax qualifiedType() {
        return qualified(type, qualifiers);
    }

    static TypeSyntax qualified(TypeSyntax type, Set<Qualifier> qualifiers) {
        if (qualifiers.isEmpty()) {
            return type;
        }
        var copy = Collections.unmodifiableSet(EnumSet.copyOf(qualifiers));
        return new TypeSyntax.Qualified(type.position(), type, copy);
    }

    Modifiers modifiers(List<Attribute> more) {
        if (words.isEmpty() && attributes.isEmpty() && more.isEmpty()) {
            return Modifiers.NONE;
        }
        var all = new ArrayList<>(attributes);
        all.addAll(more);
        Map<Specifier, SourcePosition> copy = new EnumMap<>(Specifier.class);
        copy.putAll(words);
        return new Modifiers(Collections.unmodifiableMap(copy), List.copyOf(all));
    }

    /** Whether the declaration ends here, without declarators; its semicolon is consumed. */
    boolean ends(Tokens tokens) {
        return semicolonMissing || tokens.accept(";");
    }

    boolean has(Specifier word) {
        return words.containsKey(word);
    }
}
