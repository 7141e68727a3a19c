package io.ringkernel.metal.msl.syntax.parse;

import io.ringkernel.metal.msl.syntax.Declaration;
import io.ringkernel.metal.msl.syntax.Declaration.Enumerator;
import io.ringkernel.metal.msl.syntax.Expression;
import io.ringkernel.metal.msl.syntax.Name;
import io.ringkernel.metal.msl.syntax.TypeSyntax;
import io.ringkernel.metal.msl.syntax.parse.TypeParser.Place;
import io.ringkernel.metal.msl.syntax.scope.Scope;
import io.ringkernel.metal.msl.syntax.scope.Symbol;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Parses enums. */
final class EnumParser {
    private final Parser parser;
    private final Tokens tokens;

    EnumParser(Parser parser) {
        this.parser = parser;
        this.tokens = parser.tokens;
    }

    /** An enum among specifiers: defined, declared, or used by its elaborated name. */
    void specifier(Specifiers specifiers, Place place) {
        var start = tokens.take().position();
        boolean scoped = tokens.acceptWord("class") || tokens.acceptWord("struct");
        var attributes = parser.attributes.parse();
        Optional<Name> name = Optional.empty();
        if (Keywords.isName(tokens.peek()) || tokens.at("::")) {
            name = Optional.of(parser.names.parse().name());
        }
        Optional<TypeSyntax> underlying = Optional.empty();
        if (place != Place.TYPE && tokens.accept(":")) {
            underlying = Optional.of(underlying());
        }
        boolean declares = tokens.at("{") || tokens.at(";") && place != Place.TYPE;
        if (!declares) {
            if (name.isEmpty()) {
                throw parser.error("expected identifier or '{'");
            }
            specifiers.type = new TypeSyntax.Elaborated(start, "enum", name.get());
            return;
        }
        if (place == Place.TYPE) {
            var text = name.map(Name::text).orElse("(anonymous enum)");
            throw parser.error(start, "'" + text + "' cannot be defined in a type specifier");
        }
        var members = new Scope(Scope.Kind.NAMESPACE);
        name.filter(Name::isSimple)
                .ifPresent(n -> parser.scopes.declare(n.text(), new Symbol(Symbol.Kind.TYPE, Optional.of(members))));
        Optional<List<Enumerator>> enumerators =
                tokens.at("{") ? Optional.of(enumerators(scoped, members)) : Optional.empty();
        var position = name.map(n -> n.last().position()).orElse(start);
        var finalName = name.or(() -> parser.classes.unnamed(specifiers, "enum", start));
        specifiers.defined.add(new Declaration.Enum(position, finalName, scoped, underlying, attributes, enumerators));
        specifiers.type = new TypeSyntax.Named(position, finalName.orElse(Name.of(start, "")), false);
        parser.classes.checkSemicolon(specifiers, "enum");
    }

    private TypeSyntax underlying() {
        var specifiers = parser.types.specifiers(Place.TYPE);
        if (specifiers.type == null) {
            throw parser.error("expected a type");
        }
        return specifiers.qualifiedType();
    }

    private List<Enumerator> enumerators(boolean scoped, Scope members) {
        var open = tokens.take().position();
        var result = new ArrayList<Enumerator>();
        while (!tokens.at("}")) {
            var position = tokens.position();
            var name = parser.names.identifier();
            var attributes = parser.attributes.parse();
            Optional<Expression> value =
                    tokens.accept("=") ? Optional.of(parser.expressions.conditional()) : Optional.empty();
            members.declare(name, Symbol.VALUE);
            if (!scoped) {
                parser.scopes.declare(name, Symbol.VALUE);
            }
            result.add(new Enumerator(position, name, attributes, value));
            if (!tokens.accept(",")) {
                break;
            }
        }
        parser.expectClosing("}", "{", open);
        return List.copyOf(result);
    }
}
