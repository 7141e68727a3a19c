package io.ringkernel.metal.msl.syntax.parse;

import io.ringkernel.metal.msl.syntax.Attribute;
import io.ringkernel.metal.msl.syntax.Declaration;
import io.ringkernel.metal.msl.syntax.Declaration.Access;
import io.ringkernel.metal.msl.syntax.Declaration.BaseSpecifier;
import io.ringkernel.metal.msl.syntax.Declaration.Member;
import io.ringkernel.metal.msl.syntax.Declaration.StructBody;
import io.ringkernel.metal.msl.syntax.Declaration.StructKey;
import io.ringkernel.metal.msl.syntax.Expression;
import io.ringkernel.metal.msl.syntax.Modifiers.Specifier;
import io.ringkernel.metal.msl.syntax.Name;
import io.ringkernel.metal.msl.syntax.SourcePosition;
import io.ringkernel.metal.msl.syntax.TypeSyntax;
import io.ringkernel.metal.msl.syntax.parse.TypeParser.Place;
import io.ringkernel.metal.msl.syntax.preprocess.TokenKind;
import io.ringkernel.metal.msl.syntax.scope.Scope;
import io.ringkernel.metal.msl.syntax.scope.Symbol;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Parses structs, classes and unions with their members. */
final class ClassParser {
    private final Parser parser;
    private final Tokens tokens;
    private final EnumParser enums;

    ClassParser(Parser parser) {
        this.parser = parser;
        this.tokens = parser.tokens;
        this.enums = new EnumParser(parser);
    }

    void enumSpecifier(Specifiers specifiers, Place place) {
        enums.specifier(specifiers, place);
    }

    /** A struct among specifiers: defined, declared, or used by its elaborated name. */
    void specifier(Specifiers specifiers, Place place) {
        var keyword = tokens.take();
        var key = StructKey.valueOf(keyword.text().toUpperCase(Locale.ROOT));
        var attributes = parser.attributes.parse();
        NameParser.Parsed parsed = null;
        if (Keywords.isName(tokens.peek()) && !isFinal() || tokens.at("::")) {
            parsed = parser.names.parse();
        }
        if (tokens.at("<") && parsed != null) {
            throw parser.error(
                    parsed.name().last().position(),
                    "explicit specialization of undeclared template " + key.spelling() + " '"
                            + parsed.name().text() + "'");
        }
        boolean defines = tokens.at("{") || place != Place.TYPE && tokens.at(":") || isFinal();
        if (defines) {
            if (place == Place.TYPE) {
                var name = parsed == null
                        ? "(anonymous " + key.spelling() + ")"
                        : parsed.name().text();
                throw parser.error(keyword.position(), "'" + name + "' cannot be defined in a type specifier");
            }
            define(specifiers, key, keyword.position(), attributes, Optional.ofNullable(parsed));
            return;
        }
        if (parsed == null) {
            throw parser.error("declaration of anonymous " + key.spelling() + " must be a definition");
        }
        var name = parsed.name();
        if (tokens.at(";") && place != Place.TYPE) {
            if (name.isSimple() && !specifiers.has(Specifier.FRIEND)) {
                parser.scopes.declare(name.text(), Symbol.TYPE);
            }
            var position = name.last().position();
            specifiers.defined.add(
                    new Declaration.Struct(position, key, Optional.of(name), attributes, Optional.empty()));
        }
        specifiers.type = new TypeSyntax.Elaborated(keyword.position(), key.spelling(), name);
        specifiers.typeSymbol = parsed.symbol();
    }

    private boolean isFinal() {
        return tokens.atWord("final")
                && (tokens.peek(1).is("{") || tokens.peek(1).is(":"));
    }

    private void define(
            Specifiers specifiers,
            StructKey key,
            SourcePosition start,
            List<Attribute> attributes,
            Optional<NameParser.Parsed> parsed) {
        var lastName = parsed.map(p -> p.name().last().text()).orElse("");
        var scope = new Scope(Scope.Kind.CLASS, lastName);
        var symbol = new Symbol(Symbol.Kind.TYPE, Optional.of(scope));
        parsed.ifPresent(p -> declare(p, symbol));
        boolean isFinal = isFinal() && tokens.acceptWord("final");
        var bases = tokens.accept(":") ? bases(key, scope) : List.<BaseSpecifier>of();
        if (!tokens.at("{")) {
            throw parser.error("expected '{' after base class list");
        }
        int mark = parser.scopes.mark();
        parsed.flatMap(NameParser.Parsed::qualifier).ifPresent(parser.scopes::push);
        parser.scopes.push(scope);
        var open = tokens.position();
        MemberNames.declare(tokens, scope, parser.expressions::declareMemberTemplate);
        tokens.take();
        var packing = parser.packing.current();
        var members = parser.nested(() -> members(key));
        parser.scopes.reset(mark);
        parser.expectClosing("}", "{", open);
        parsed.ifPresent(p -> adoptSpecialization(p, scope));
        var trailing = new ArrayList<>(attributes);
        parser.attributes.parse(trailing);
        packing.ifPresent(trailing::add);
        var name = parsed.map(NameParser.Parsed::name).or(() -> unnamed(specifiers, key.spelling(), start));
        var position = parsed.map(p -> p.name().last().position()).orElse(start);
        var body = new StructBody(bases, members, isFinal);
        specifiers.defined.add(new Declaration.Struct(position, key, name, List.copyOf(trailing), Optional.of(body)));
        specifiers.type = new TypeSyntax.Named(position, name.orElse(Name.of(start, "")), false);
        specifiers.typeSymbol = symbol;
        checkSemicolon(specifiers, key.spelling());
    }

    /** Notices where the semicolon behind a body is missing: the next line begins something else. */
    void checkSemicolon(Specifiers specifiers, String keyword) {
        boolean other = Keywords.startsStatement(tokens.peek()) && !tokens.atWord("const");
        boolean type = parser.names.atTypeName() && Keywords.isName(tokens.peek(1));
        boolean missing = tokens.startsLine() && (other || type || tokens.isAtEnd() || tokens.atAttributes());
        if (missing) {
            parser.report(tokens.endOfPrevious(), "expected ';' after " + keyword);
            specifiers.semicolonMissing = true;
        }
    }

    private void declare(NameParser.Parsed parsed, Symbol symbol) {
        var last = parsed.name().last();
        if (!(last instanceof Name.Identifier)) {
            return;
        }
        if (parsed.name().isQualified()) {
            parsed.qualifier().ifPresent(scope -> scope.declare(last.text(), symbol));
        } else {
            parser.scopes.declare(last.text(), symbol);
        }
    }

    /** The member types of a specialisation are found in its template where the template has none of the name. */
    private void adoptSpecialization(NameParser.Parsed parsed, Scope scope) {
        if (!(parsed.name().last() instanceof Name.TemplateId last) || parsed.symbol() == null) {
            return;
        }
        parsed.symbol()
                .members()
                .ifPresentOrElse(
                        primary -> primary.declareMissing(scope),
                        () -> parser.scopes
                                .current()
                                .declare(last.text(), new Symbol(Symbol.Kind.CLASS_TEMPLATE, Optional.of(scope))));
    }

    /** The name of an unnamed type that a declarator uses; none if nothing follows. */
    Optional<Name> unnamed(Specifiers specifiers, String keyword, SourcePosition start) {
        return tokens.at(";") && !specifiers.usesType
                ? Optional.empty()
                : Optional.of(Name.of(start, "(unnamed " + keyword + " at " + start + ")"));
    }

    private List<BaseSpecifier> bases(StructKey key, Scope scope) {
        var result = new ArrayList<BaseSpecifier>();
        do {
            var access = key == StructKey.CLASS ? Access.PRIVATE : Access.PUBLIC;
            boolean isVirtual = false;
            var position = tokens.position();
            while (access(tokens.peek().text()).isPresent() || tokens.atWord("virtual")) {
                access = access(tokens.peek().text()).orElse(access);
                isVirtual |= tokens.take().isWord("virtual");
            }
            tokens.acceptWord("typename");
            if (!parser.names.atName() && !tokens.atWord("decltype")) {
                throw parser.error("expected class name");
            }
            var base = parser.names.parse();
            if (base.symbol() != null) {
                base.symbol().members().ifPresent(scope::include);
            }
            boolean pack = tokens.accept("...");
            // A base is a type, whether that is said or not.
            var type = new TypeSyntax.Named(position, base.name(), true);
            result.add(new BaseSpecifier(position, access, isVirtual, type, pack));
        } while (tokens.accept(","));
        return List.copyOf(result);
    }

    private static Optional<Access> access(String word) {
        return switch (word) {
            case "public" -> Optional.of(Access.PUBLIC);
            case "protected" -> Optional.of(Access.PROTECTED);
            case "private" -> Optional.of(Access.PRIVATE);
            default -> Optional.empty();
        };
    }

    private List<Member> members(StructKey key) {
        var result = new ArrayList<Member>();
        var access = key == StructKey.CLASS ? Access.PRIVATE : Access.PUBLIC;
        while (!tokens.at("}") && !tokens.isAtEnd()) {
            var label = access(tokens.peek().text());
            if (label.isPresent() && tokens.peek(1).is(":")) {
                access = label.get();
                tokens.skip(2);
                continue;
            }
            var declared = new ArrayList<Declaration>();
            parser.recovering(() -> {
                member(declared);
                return declared;
            });
            for (var declaration : declared) {
                result.add(new Member(access, declaration));
            }
        }
        return List.copyOf(result);
    }

    /** Adds the next declaration of a class. */
    private void member(List<Declaration> out) {
        var token = tokens.peek();
        if (token.is(TokenKind.PRAGMA)) {
            new PragmaParser(parser).read(tokens.take(), new ArrayList<>());
        } else if (token.is(";")) {
            tokens.take();
        } else if (token.isWord("template")) {
            parser.templates.declaration(out, this::member);
        } else if (token.isWord("using") || token.isWord("static_assert")) {
            parser.declarations.inBlock(out);
        } else {
            simple(out);
        }
    }

    private void simple(List<Declaration> out) {
        var specifiers = parser.types.specifiers(Place.MEMBER);
        var declared = new ArrayList<Declaration>(specifiers.defined);
        if (specifiers.type == null) {
            if (!parser.functions.atSpecial()) {
                throw parser.declarations.missingType();
            }
            parser.functions.special(specifiers, declared);
        } else if (specifiers.ends(tokens)) {
            if (declared.isEmpty()) {
                parser.warn(specifiers.position, "declaration does not declare anything");
            }
        } else {
            declarators(specifiers, declared);
        }
        boolean friend = specifiers.has(Specifier.FRIEND);
        for (var declaration : declared) {
            out.add(friend ? new Declaration.Friend(specifiers.position, declaration) : declaration);
        }
    }

    private void declarators(Specifiers specifiers, List<Declaration> out) {
        do {
            if (tokens.at(":")) {
                out.add(field(specifiers, null));
                continue;
            }
            var declarator = parser.declarators.parse(DeclaratorParser.Mode.MEMBER);
            var type = declarator.apply(specifiers.qualifiedType());
            if (specifiers.typedef) {
                out.add(parser.declarations.alias(specifiers, declarator, type));
            } else if (type instanceof TypeSyntax.Function function) {
                if (parser.functions.finish(specifiers, declarator, function.signature(), out)) {
                    return;
                }
            } else {
                out.add(field(specifiers, declarator));
            }
        } while (tokens.accept(","));
        parser.expectSemicolon("at end of declaration list");
    }

    /** A data member; without declarator an unnamed bit-field. */
    private Declaration field(Specifiers specifiers, Declarator declarator) {
        var position = declarator == null ? tokens.position() : declarator.position;
        var type = specifiers.qualifiedType();
        List<Attribute> attributes = List.of();
        if (declarator != null) {
            type = declarator.apply(type);
            attributes = declarator.attributes;
            parser.scopes.declare(declarator.name.text(), Symbol.VALUE);
        }
        Optional<Expression> width =
                tokens.accept(":") ? Optional.of(parser.expressions.conditional()) : Optional.empty();
        if (width.isPresent() && specifiers.has(Specifier.STATIC)) {
            throw parser.error(position, "static member cannot be a bit-field");
        }
        var more = new ArrayList<>(attributes);
        parser.attributes.parse(more);
        var modifiers = specifiers.modifiers(more);
        var initializer = parser.declarations.initializer();
        if (specifiers.has(Specifier.STATIC)) {
            return new Declaration.Variable(position, declarator.name, type, modifiers, initializer);
        }
        Optional<String> name = declarator == null ? Optional.empty() : Optional.of(declarator.name.text());
        return new Declaration.Field(position, name, type, modifiers, width, initializer);
    }
}
