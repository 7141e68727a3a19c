package io.ringkernel.metal.msl.syntax.parse;

import io.ringkernel.metal.msl.syntax.Modifiers.Specifier;
import io.ringkernel.metal.msl.syntax.Qualifier;
import io.ringkernel.metal.msl.syntax.preprocess.Token;
import io.ringkernel.metal.msl.syntax.preprocess.TokenKind;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The reserved words of MSL, by what they do. */
final class Keywords {
    static final Map<String, Qualifier> QUALIFIERS = Map.ofEntries(
            Map.entry("const", Qualifier.CONST),
            Map.entry("volatile", Qualifier.VOLATILE),
            Map.entry("__restrict", Qualifier.RESTRICT),
            Map.entry("__restrict__", Qualifier.RESTRICT),
            Map.entry("restrict", Qualifier.RESTRICT),
            Map.entry("device", Qualifier.DEVICE),
            Map.entry("constant", Qualifier.CONSTANT),
            Map.entry("thread", Qualifier.THREAD),
            Map.entry("threadgroup", Qualifier.THREADGROUP),
            Map.entry("threadgroup_imageblock", Qualifier.THREADGROUP_IMAGEBLOCK),
            Map.entry("ray_data", Qualifier.RAY_DATA),
            Map.entry("object_data", Qualifier.OBJECT_DATA));

    static final Map<String, Specifier> SPECIFIERS = Stream.of(
                    Specifier.STATIC,
                    Specifier.EXTERN,
                    Specifier.INLINE,
                    Specifier.CONSTEXPR,
                    Specifier.VIRTUAL,
                    Specifier.EXPLICIT,
                    Specifier.FRIEND,
                    Specifier.MUTABLE,
                    Specifier.THREAD_LOCAL,
                    Specifier.REGISTER,
                    Specifier.KERNEL,
                    Specifier.VERTEX,
                    Specifier.FRAGMENT)
            .collect(Collectors.toUnmodifiableMap(Specifier::spelling, Function.identity()));

    /** The words that a {@code TypeSyntax.Fundamental} is made of. */
    static final Set<String> FUNDAMENTAL = Set.of(
            "void",
            "bool",
            "char",
            "short",
            "int",
            "long",
            "signed",
            "unsigned",
            "float",
            "double",
            "half",
            "bfloat",
            "wchar_t",
            "char16_t",
            "char32_t");

    static final Set<String> STRUCT_KEYS = Set.of("struct", "class", "union");

    private static final Set<String> OTHER_TYPE_STARTS = Set.of("enum", "auto", "decltype", "typename");

    private static final Set<String> STATEMENT_WORDS = Set.of(
            "if",
            "for",
            "while",
            "do",
            "switch",
            "return",
            "break",
            "continue",
            "goto",
            "case",
            "default",
            "public",
            "private",
            "protected");

    private static final Set<String> OTHER = Set.of(
            "alignas",
            "alignof",
            "asm",
            "break",
            "case",
            "catch",
            "const_cast",
            "continue",
            "default",
            "delete",
            "do",
            "dynamic_cast",
            "else",
            "enum",
            "export",
            "false",
            "for",
            "goto",
            "if",
            "namespace",
            "new",
            "noexcept",
            "nullptr",
            "operator",
            "private",
            "protected",
            "public",
            "reinterpret_cast",
            "return",
            "sizeof",
            "static_assert",
            "static_cast",
            "switch",
            "template",
            "this",
            "throw",
            "true",
            "try",
            "typedef",
            "typeid",
            "using",
            "while",
            "auto",
            "decltype",
            "typename",
            "struct",
            "class",
            "union");

    private Keywords() {}

    static boolean isReserved(String word) {
        return OTHER.contains(word)
                || FUNDAMENTAL.contains(word)
                || QUALIFIERS.containsKey(word) && !word.equals("restrict")
                || SPECIFIERS.containsKey(word);
    }

    /** Whether a token is an identifier that a program may use as a name. */
    static boolean isName(Token token) {
        return token.is(TokenKind.IDENTIFIER) && !isReserved(token.text());
    }

    static boolean isQualifier(Token token) {
        return token.is(TokenKind.IDENTIFIER) && QUALIFIERS.containsKey(token.text());
    }

    /** Whether a token is a keyword that only a type or a declaration can begin with. */
    static boolean startsType(Token token) {
        if (!token.is(TokenKind.IDENTIFIER)) {
            return false;
        }
        var word = token.text();
        return FUNDAMENTAL.contains(word)
                || QUALIFIERS.containsKey(word) && !word.equals("restrict")
                || STRUCT_KEYS.contains(word)
                || OTHER_TYPE_STARTS.contains(word);
    }

    /** Whether a token is a keyword that a statement or declaration can begin with, and hardly anything else. */
    static boolean startsStatement(Token token) {
        return startsDeclaration(token)
                || startsType(token)
                || token.is(TokenKind.IDENTIFIER) && STATEMENT_WORDS.contains(token.text());
    }

    /** Whether a token is a keyword that begins a declaration and no expression. */
    static boolean startsDeclaration(Token token) {
        if (!token.is(TokenKind.IDENTIFIER)) {
            return false;
        }
        return switch (token.text()) {
            case "using",
                    "typedef",
                    "static_assert",
                    "template",
                    "namespace",
                    "alignas",
                    "struct",
                    "class",
                    "union",
                    "enum",
                    "auto" -> true;
            default -> isQualifier(token) && !token.isWord("restrict") || SPECIFIERS.containsKey(token.text());
        };
    }
}
