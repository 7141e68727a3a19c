package io.ringkernel.metal.msl.syntax.parse;

import io.ringkernel.metal.msl.syntax.Declaration;
import io.ringkernel.metal.msl.syntax.Expression;
import io.ringkernel.metal.msl.syntax.Initializer;
import io.ringkernel.metal.msl.syntax.Modifiers.Specifier;
import io.ringkernel.metal.msl.syntax.TypeSyntax;
import io.ringkernel.metal.msl.syntax.parse.TypeParser.Place;
import io.ringkernel.metal.msl.syntax.preprocess.Token;
import io.ringkernel.metal.msl.syntax.preprocess.TokenKind;
import io.ringkernel.metal.msl.syntax.scope.MissingNames;
import io.ringkernel.metal.msl.syntax.scope.Scope;
import io.ringkernel.metal.msl.syntax.scope.Symbol;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Parses declarations outside of classes, and tells them from expressions. */
final class DeclarationParser {
    private final Parser parser;
    private final Tokens tokens;
    private final NamespaceParser namespaces;

    DeclarationParser(Parser parser) {
        this.parser = parser;
        this.tokens = parser.tokens;
        this.namespaces = new NamespaceParser(parser);
    }

    /** Adds the next declaration of a namespace; after an error, what follows it can be parsed. */
    void declarationOrRecover(List<Declaration> out) {
        parser.recovering(() -> {
            declaration(out);
            return out;
        });
    }

    /** Adds the next declaration of a namespace. */
    void declaration(List<Declaration> out) {
        var token = tokens.peek();
        if (token.is(";")) {
            out.add(new Declaration.Empty(tokens.take().position()));
        } else if (token.is(TokenKind.PRAGMA)) {
            pragma(out);
        } else if (!keyword(token, out)) {
            simple(out, Place.DECLARATION, "after top level declarator");
        }
    }

    private boolean keyword(Token token, List<Declaration> out) {
        var next = tokens.peek(1);
        if (token.isWord("template") || token.isWord("extern") && next.isWord("template")) {
            parser.templates.declaration(out, parser.declarations::declaration);
        } else if (token.isWord("extern") && next.is(TokenKind.STRING)) {
            namespaces.linkage(out);
        } else if (token.isWord("namespace") || token.isWord("inline") && next.isWord("namespace")) {
            namespaces.namespace(out);
        } else if (token.isWord("using")) {
            namespaces.using(out);
        } else if (token.isWord("static_assert") || token.isWord("_Static_assert")) {
            staticAssert(out);
        } else if (token.isWord("asm") || token.isWord("__asm__")) {
            throw parser.error("'asm' is not supported in Metal");
        } else {
            return false;
        }
        return true;
    }

    private void pragma(List<Declaration> out) {
        var token = tokens.take();
        var declaration = new PragmaParser(parser).read(token, new ArrayList<>());
        if (declaration.isPresent()) {
            out.add(declaration.get());
        } else {
            parser.report(
                    token.position(), "unexpected '#pragma " + token.pragma().getFirst() + "' at file scope");
        }
    }

    /** Adds the next declaration of a block. */
    void inBlock(List<Declaration> out) {
        if (!keyword(tokens.peek(), out)) {
            simple(out, Place.DECLARATION, "at end of declaration");
        }
    }

    /** {@code static_assert(condition, "message");}. */
    void staticAssert(List<Declaration> out) {
        var position = tokens.take().position();
        var open = tokens.position();
        parser.expect("(");
        var condition = parser.expressions.conditional();
        Optional<String> message = Optional.empty();
        if (tokens.accept(",")) {
            var text = tokens.position();
            if (!(parser.expressions.unary() instanceof Expression.StringLiteral literal)) {
                throw parser.error(text, "expected string literal for diagnostic message in static_assert");
            }
            message = Optional.of(literal.value());
        } else {
            parser.extension(position, "static_assert with no message is a C++17 extension");
        }
        parser.expectClosing(")", "(", open);
        parser.expectSemicolon("after static_assert");
        out.add(new Declaration.StaticAssert(position, condition, message));
    }

    /** Variables, functions and typedefs; types on the way. */
    void simple(List<Declaration> out, Place place, String whereSemicolon) {
        var specifiers = parser.types.specifiers(place);
        out.addAll(specifiers.defined);
        if (specifiers.type == null) {
            if (!parser.functions.atSpecial()) {
                throw missingType();
            }
            parser.functions.special(specifiers, out);
            return;
        }
        if (specifiers.ends(tokens)) {
            if (specifiers.defined.isEmpty()) {
                parser.warn(specifiers.position, "declaration does not declare anything");
            }
            return;
        }
        if (specifiers.type instanceof TypeSyntax.Auto && parser.declarators.atBindings()) {
            var binding = binding(specifiers);
            out.add(new Declaration.StructuredBinding(
                    binding.position(), binding.names(), binding.type(), binding.modifiers(), initializer()));
            parser.expectSemicolon(whereSemicolon);
            return;
        }
        do {
            var declarator = parser.declarators.parse(DeclaratorParser.Mode.NAMED);
            if (declare(specifiers, declarator, out)) {
                return;
            }
        } while (tokens.accept(","));
        parser.expectSemicolon(whereSemicolon);
    }

    /** Adds what a declarator declares; true if a function's body ended the declaration. */
    private boolean declare(Specifiers specifiers, Declarator declarator, List<Declaration> out) {
        var type = declarator.apply(specifiers.qualifiedType());
        if (specifiers.typedef) {
            out.add(alias(specifiers, declarator, type));
            return false;
        }
        if (type instanceof TypeSyntax.Function function) {
            return parser.functions.finish(specifiers, declarator, function.signature(), out);
        }
        var name = declarator.name;
        if (name.isSimple()) {
            parser.scopes.declare(name.text(), Symbol.VALUE);
        }
        if (specifiers.has(Specifier.INLINE)) {
            parser.extension(declarator.position, "inline variables are a C++17 extension");
        }
        var modifiers = specifiers.modifiers(declarator.attributes);
        int scope = parser.scopes.mark();
        declarator.qualifier.ifPresent(parser.scopes::push);
        var initializer = initializer();
        parser.scopes.reset(scope);
        out.add(new Declaration.Variable(declarator.position, name, type, modifiers, initializer));
        return false;
    }

    /** A {@code typedef}; the name becomes a type. */
    Declaration.TypeAlias alias(Specifiers specifiers, Declarator declarator, TypeSyntax type) {
        if (!declarator.name.isSimple()) {
            throw parser.error(declarator.position, "typedef declarator cannot be qualified");
        }
        var name = declarator.name.text();
        boolean plain = declarator.steps.isEmpty() && specifiers.typeSymbol != null;
        var members = plain ? specifiers.typeSymbol.members() : Optional.<Scope>empty();
        parser.scopes.declare(name, new Symbol(Symbol.Kind.TYPE, members));
        var attributes = specifiers.modifiers(declarator.attributes).attributes();
        return new Declaration.TypeAlias(declarator.position, name, type, attributes);
    }

    /** The reference and the names of a structured binding, which are declared; the initializer is still to come. */
    Declaration.StructuredBinding binding(Specifiers specifiers) {
        var position = tokens.position();
        UnaryOperator<TypeSyntax> reference = UnaryOperator.identity();
        if (tokens.at("&") || tokens.at("&&")) {
            boolean rvalue = tokens.take().is("&&");
            reference = type -> new TypeSyntax.Reference(position, type, rvalue);
        }
        parser.extension(tokens.position(), "decomposition declarations are a C++17 extension");
        var names = parser.declarators.bindings();
        names.forEach(name -> parser.scopes.declare(name.text(), Symbol.VALUE));
        var type = reference.apply(specifiers.qualifiedType());
        return new Declaration.StructuredBinding(
                position, names, type, specifiers.modifiers(List.of()), Optional.empty());
    }

    /** {@code = x}, {@code (x)}, {@code {x}} or nothing. */
    Optional<Initializer> initializer() {
        var position = tokens.position();
        if (tokens.accept("=")) {
            var value = parser.expressions.initializerValue();
            return Optional.of(new Initializer(position, Initializer.Style.COPY, List.of(value)));
        }
        if (tokens.at("(")) {
            return Optional.of(new Initializer(position, Initializer.Style.DIRECT, parser.expressions.arguments()));
        }
        if (tokens.at("{")) {
            var list = parser.expressions.initializerList();
            return Optional.of(new Initializer(position, Initializer.Style.LIST, List.of(list)));
        }
        return Optional.empty();
    }

    /**
     * The name that begins here, if it or a namespace in it is one of the library's that mean nothing here; or null.
     */
    private String missingName() {
        var name = new StringBuilder();
        boolean isMissing = false;
        do {
            isMissing |= MissingNames.contains(tokens.peek().text());
            name.append(tokens.take().text());
        } while (!tokens.isAtEnd() && (tokens.peek().is("::") || name.toString().endsWith("::")));
        return isMissing ? name.toString() : null;
    }

    /** Says what is wrong where a declaration begins without a type. */
    Parser.ParseError missingType() {
        var token = tokens.peek();
        if (!Keywords.isName(token) && !token.is("::")) {
            return parser.error(token.is(TokenKind.IDENTIFIER) ? "expected a type" : "expected unqualified-id");
        }
        int mark = tokens.mark();
        var missing = missingName();
        tokens.reset(mark);
        if (missing != null) {
            return parser.error(MissingNames.message(missing));
        }
        var parsed = parser.attempt(parser.names::parse);
        var next = tokens.peek();
        tokens.reset(mark);
        if (parsed != null && parsed.name().isQualified()) {
            var first = parser.scopes.lookup(parsed.name().segments().getFirst().text());
            boolean dependent = first != null && first.isType();
            var text = parsed.name().text();
            return parser.error(
                    dependent
                            ? "missing 'typename' prior to dependent type name '" + text + "'"
                            : "unknown type name '" + text + "'");
        }
        if (parsed == null && (token.is("::") || parser.scopes.lookup(token.text()) != null)) {
            parser.names.parse();
        }
        if (parsed == null || next.is("<")) {
            return parser.error("no template named '" + token.text() + "'");
        }
        if (next.is("(") || next.is("=") || next.is(";") || next.is("[")) {
            return parser.error("a type specifier is required for all declarations");
        }
        var meant = parser.scopes.typeLike(token.text(), Keywords.FUNDAMENTAL);
        return parser.error("unknown type name '" + token.text() + "'"
                + meant.map(name -> "; did you mean '" + name + "'?").orElse(""));
    }

    /** Whether a statement that begins here is a declaration: if it can be one, it is. */
    boolean atDeclaration() {
        var token = tokens.peek();
        if (Keywords.startsDeclaration(token) || token.isWord("_Static_assert") || token.isWord("asm")) {
            return true;
        }
        if (Keywords.isName(token) && Keywords.isName(tokens.peek(1))) {
            var symbol = parser.scopes.lookup(token.text());
            return symbol == null || symbol.isType();
        }
        if (!parser.types.atType()) {
            return Keywords.isName(token) && atUnknownType();
        }
        int mark = tokens.mark();
        var specifiers = parser.attempt(() -> parser.types.specifiers(Place.TYPE));
        boolean result = specifiers != null && specifiers.type != null && declaratorFollows();
        tokens.reset(mark);
        return result;
    }

    /** Whether {@code unknown::name x} or {@code unknown<…> x} is next: it can only be an unknown type. */
    boolean atUnknownType() {
        boolean mayBe = tokens.peek(1).is("::") || tokens.peek(1).is("<");
        if (!mayBe) {
            return false;
        }
        int mark = tokens.mark();
        var parsed = parser.attempt(() -> {
            var name = parser.names.parse();
            if (tokens.at("<") && name.symbol() == null) {
                parser.names.templateArguments();
            }
            return name;
        });
        boolean result = parsed != null && Keywords.isName(tokens.peek());
        tokens.reset(mark);
        return result;
    }

    private boolean declaratorFollows() {
        var token = tokens.peek();
        if (token.is("*") || token.is("&") || token.is("&&") || token.is(";")) {
            return true;
        }
        if (!token.is("(")) {
            return token.is(TokenKind.IDENTIFIER) || token.is(TokenKind.NUMBER);
        }
        int closer = tokens.closerOf(tokens.mark());
        if (closer < 0) {
            return false;
        }
        var behind = tokens.get(closer + 1);
        var inside = tokens.peek(1);
        if (inside.is("*") || inside.is("&")) {
            return behind.is("(") || behind.is("[") || behind.is("=");
        }
        boolean oneName = Keywords.isName(inside) && closer == tokens.mark() + 2;
        return oneName && (behind.is(";") || behind.is("=") || behind.is("["));
    }
}
