package io.ringkernel.metal.msl.syntax.parse;

import io.ringkernel.metal.msl.syntax.LanguageVersion;
import io.ringkernel.metal.msl.syntax.Qualifier;
import io.ringkernel.metal.msl.syntax.SourcePosition;
import io.ringkernel.metal.msl.syntax.TypeSyntax;
import io.ringkernel.metal.msl.syntax.preprocess.Token;
import io.ringkernel.metal.msl.syntax.preprocess.TokenKind;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Parses specifiers and types. */
final class TypeParser {
    /** Where specifiers stand. */
    enum Place {
        DECLARATION,
        MEMBER,
        /** A parameter, a type-id: no struct may be defined here. */
        TYPE
    }

    private static final Map<String, Qualifier> COHERENCE = Map.of(
            "device", Qualifier.COHERENT_DEVICE,
            "threadgroup", Qualifier.COHERENT_THREADGROUP,
            "system", Qualifier.COHERENT_SYSTEM);

    private static final Set<String> SIZES = Set.of("short", "long", "long long");

    private final Parser parser;
    private final Tokens tokens;

    TypeParser(Parser parser) {
        this.parser = parser;
        this.tokens = parser.tokens;
    }

    /** Whether a type begins here. */
    boolean atType() {
        return Keywords.startsType(tokens.peek()) || atCoherence() || parser.names.atTypeName();
    }

    /** Whether the keyword that is next, which begins a type, may begin an expression as well. */
    boolean mayStartExpression() {
        var next = tokens.peek(1);
        return tokens.atWord("decltype") || tokens.atWord("typename") || next.is("(") || next.is("{");
    }

    /** A type with an abstract declarator: what a cast, a template argument or {@code sizeof} names. */
    TypeSyntax typeId() {
        var specifiers = specifiers(Place.TYPE);
        if (specifiers.type == null) {
            throw parser.error("expected a type");
        }
        var declarator = parser.declarators.parse(DeclaratorParser.Mode.ABSTRACT);
        return declarator.apply(specifiers.qualifiedType());
    }

    /** Everything up to the declarator; the type may be missing. */
    Specifiers specifiers(Place place) {
        var result = new Specifiers(tokens.position());
        specifiers(place, result);
        return result;
    }

    /** Adds everything up to the declarator. */
    void specifiers(Place place, Specifiers result) {
        var words = new ArrayList<Token>(0);
        while (specifier(result, words, place)) {
            // Each round takes one specifier.
        }
        if (!words.isEmpty()) {
            result.type = fundamental(words);
        }
    }

    private boolean specifier(Specifiers result, List<Token> words, Place place) {
        var token = tokens.peek();
        if (result.semicolonMissing) {
            return false;
        }
        if (parser.attributes.at()) {
            parser.attributes.parse(result.attributes);
            return true;
        }
        if (atCoherence()) {
            result.qualifiers.add(coherence());
            return true;
        }
        if (!token.is(TokenKind.IDENTIFIER)) {
            return token.is("::") && words.isEmpty() && namedType(result, place);
        }
        if (Keywords.FUNDAMENTAL.contains(token.text())) {
            if (result.type != null) {
                throw parser.error("cannot combine with previous type specifier in declaration");
            }
            words.add(tokens.take());
            return true;
        }
        return word(result, token) || words.isEmpty() && result.type == null && typeWord(result, place);
    }

    /** Takes a specifier or qualifier. */
    private boolean word(Specifiers result, Token token) {
        var qualifier = Keywords.QUALIFIERS.get(token.text());
        if (qualifier != null && !token.isWord("restrict")) {
            if (!result.qualifiers.add(qualifier) && !qualifier.isAddressSpace()) {
                parser.warn(token.position(), "duplicate '" + token.text() + "' declaration specifier");
            }
            tokens.take();
            return true;
        }
        var specifier = Keywords.SPECIFIERS.get(token.text());
        if (specifier != null) {
            if (result.words.putIfAbsent(specifier, token.position()) != null) {
                parser.warn(token.position(), "duplicate '" + token.text() + "' declaration specifier");
            }
            tokens.take();
            return true;
        }
        if (tokens.acceptWord("typedef")) {
            result.typedef = true;
            return true;
        }
        return false;
    }

    /** Takes a type that is not made of fundamental words. */
    private boolean typeWord(Specifiers result, Place place) {
        var position = tokens.position();
        switch (tokens.peek().text()) {
            case "struct", "class", "union" -> parser.classes.specifier(result, place);
            case "enum" -> parser.classes.enumSpecifier(result, place);
            case "auto" -> {
                tokens.take();
                result.type = new TypeSyntax.Auto(position);
            }
            case "decltype" -> result.type = decltype();
            case "typename" -> {
                tokens.take();
                result.type =
                        new TypeSyntax.Named(position, parser.names.parse().name(), true);
            }
            default -> {
                return namedType(result, place);
            }
        }
        return true;
    }

    private boolean namedType(Specifiers result, Place place) {
        if (result.type != null || !parser.names.atTypeName() || place != Place.TYPE && atConstructor()) {
            return false;
        }
        int mark = tokens.mark();
        var parsed = parser.names.parse();
        boolean memberPointer = tokens.at("::") && tokens.peek(1).is("*");
        if (!parsed.isType() || memberPointer) {
            tokens.reset(mark);
            return false;
        }
        result.type = new TypeSyntax.Named(parsed.name().position(), parsed.name(), false);
        result.typeSymbol = parsed.symbol();
        return true;
    }

    /** Whether the name of the class that is being declared is that of its constructor, or {@code S::S} begins here. */
    private boolean atConstructor() {
        boolean named = tokens.peek().text().equals(parser.scopes.className());
        if (Keywords.isName(tokens.peek()) && tokens.peek(1).is("(")) {
            return named;
        }
        boolean qualified = tokens.peek(1).is("::") || tokens.peek(1).is("<") || tokens.at("::");
        if (!qualified) {
            return false;
        }
        int mark = tokens.mark();
        var parsed = parser.attempt(parser.names::parse);
        boolean followed = tokens.at("(");
        tokens.reset(mark);
        if (parsed == null || !followed || parsed.name().segments().size() < 2) {
            // S<T>() in the class template S is a constructor, too, until C++20.
            return named && parsed != null && followed;
        }
        var segments = parsed.name().segments();
        return segments.getLast()
                .text()
                .equals(segments.get(segments.size() - 2).text());
    }

    /** {@code decltype(x)}, {@code decltype(auto)}. */
    TypeSyntax decltype() {
        var position = tokens.take().position();
        var open = tokens.position();
        parser.expect("(");
        TypeSyntax result;
        if (tokens.acceptWord("auto")) {
            result = new TypeSyntax.DecltypeAuto(position);
        } else {
            result = new TypeSyntax.Decltype(position, parser.expressions.expression());
        }
        parser.expectClosing(")", "(", open);
        return result;
    }

    /** Whether {@code coherent} qualifies what follows: it is a plain name before Metal 3.2. */
    private boolean atCoherence() {
        if (!tokens.atWord("coherent") || !parser.version.isAtLeast(LanguageVersion.METAL_3_2)) {
            return false;
        }
        var next = tokens.peek(1);
        return next.is("(")
                        && COHERENCE.containsKey(tokens.peek(2).text())
                        && tokens.peek(3).is(")")
                || next.is(TokenKind.IDENTIFIER);
    }

    private Qualifier coherence() {
        tokens.take();
        if (!tokens.at("(")) {
            return Qualifier.COHERENT_DEVICE;
        }
        var result = COHERENCE.get(tokens.peek(1).text());
        tokens.skip(3);
        return result;
    }

    /** The qualifiers behind {@code *} or behind a method's parameters. */
    Set<Qualifier> qualifiers() {
        var result = EnumSet.noneOf(Qualifier.class);
        while (true) {
            if (atCoherence()) {
                result.add(coherence());
            } else if (Keywords.isQualifier(tokens.peek())) {
                result.add(Keywords.QUALIFIERS.get(tokens.take().text()));
            } else {
                return result;
            }
        }
    }

    private TypeSyntax fundamental(List<Token> words) {
        var position = words.getFirst().position();
        var sign = "";
        var size = "";
        var base = "";
        for (var word : words) {
            var text = word.text();
            boolean valid;
            switch (text) {
                case "signed", "unsigned" -> {
                    valid = sign.isEmpty();
                    sign = text;
                }
                case "short", "long" -> {
                    valid = size.isEmpty() || size.equals("long") && text.equals("long");
                    size = size.isEmpty() ? text : "long long";
                }
                default -> {
                    valid = base.isEmpty();
                    base = text;
                }
            }
            if (!valid) {
                var message = "cannot combine with previous '" + text + "' declaration specifier";
                throw parser.error(word.position(), message);
            }
        }
        return new TypeSyntax.Fundamental(position, canonical(position, sign, size, base));
    }

    private String canonical(SourcePosition position, String sign, String size, String base) {
        if (base.equals("char") && size.isEmpty()) {
            return sign.isEmpty() ? "char" : sign + " char";
        }
        if (base.equals("int") || base.isEmpty()) {
            var width = SIZES.contains(size) ? size : "int";
            return sign.equals("unsigned") ? "unsigned " + width : width;
        }
        if (base.equals("double") && size.equals("long") && sign.isEmpty()) {
            return "long double";
        }
        if (!sign.isEmpty() || !size.isEmpty()) {
            throw parser.error(position, "'" + base + "' cannot be " + (sign.isEmpty() ? size : "signed or unsigned"));
        }
        return base;
    }
}
