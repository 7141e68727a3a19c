package io.ringkernel.metal.msl.syntax.parse;

import io.ringkernel.metal.msl.syntax.Argument;
import io.ringkernel.metal.msl.syntax.Attribute;
import io.ringkernel.metal.msl.syntax.Attribute.Style;
import io.ringkernel.metal.msl.syntax.preprocess.TokenKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Parses {@code [[…]]}, {@code __attribute__((…))} and {@code alignas(…)}. */
final class AttributeParser {
    private final Parser parser;
    private final Tokens tokens;

    AttributeParser(Parser parser) {
        this.parser = parser;
        this.tokens = parser.tokens;
    }

    boolean at() {
        return tokens.atAttributes()
                || tokens.atWord("__attribute__")
                || tokens.atWord("__attribute")
                || tokens.atWord("alignas")
                || tokens.atWord("_Alignas");
    }

    /** All attributes that stand here. */
    List<Attribute> parse() {
        if (!at()) {
            return List.of();
        }
        var result = new ArrayList<Attribute>();
        parse(result);
        return List.copyOf(result);
    }

    /** Adds all attributes that stand here. */
    void parse(List<Attribute> into) {
        while (at()) {
            if (tokens.atAttributes()) {
                brackets(into);
            } else if (tokens.atWord("alignas") || tokens.atWord("_Alignas")) {
                var position = tokens.take().position();
                into.add(new Attribute(position, Style.ALIGNAS, Optional.empty(), "alignas", arguments()));
            } else {
                gnu(into);
            }
        }
    }

    private void brackets(List<Attribute> into) {
        tokens.skip(2);
        Optional<String> common = Optional.empty();
        if (tokens.atWord("using")) {
            tokens.take();
            common = Optional.of(word());
            parser.expect(":");
        }
        while (!tokens.at("]")) {
            if (!tokens.accept(",")) {
                into.add(attribute(Style.BRACKETS, common));
                tokens.accept("...");
                // Apple's compiler takes a list without commas, too.
                if (!tokens.at("]") && !tokens.at(",") && !tokens.peek().is(TokenKind.IDENTIFIER)) {
                    throw parser.error("expected ',' or ']' after attribute");
                }
            }
        }
        parser.expect("]");
        parser.expect("]");
    }

    private void gnu(List<Attribute> into) {
        tokens.take();
        parser.expect("(");
        parser.expect("(");
        while (!tokens.at(")")) {
            if (!tokens.accept(",")) {
                into.add(attribute(Style.GNU, Optional.empty()));
            }
        }
        parser.expect(")");
        parser.expect(")");
    }

    private Attribute attribute(Style style, Optional<String> commonScope) {
        var position = tokens.position();
        var name = word();
        var scope = commonScope;
        if (style == Style.BRACKETS && tokens.accept("::")) {
            scope = Optional.of(name);
            name = word();
        }
        var arguments = tokens.at("(") ? arguments() : List.<Argument>of();
        return new Attribute(position, style, scope, withoutUnderscores(name), arguments);
    }

    private static String withoutUnderscores(String name) {
        boolean surrounded = name.length() > 4 && name.startsWith("__") && name.endsWith("__");
        return surrounded ? name.substring(2, name.length() - 2) : name;
    }

    /** Any word: {@code const} and {@code kernel} name attributes, too. */
    private String word() {
        if (!tokens.peek().is(TokenKind.IDENTIFIER)) {
            throw parser.error("expected an attribute name");
        }
        return tokens.take().text();
    }

    private List<Argument> arguments() {
        var open = tokens.position();
        parser.expect("(");
        var result = new ArrayList<Argument>();
        while (!tokens.at(")")) {
            result.add(parser.names.argument(")"));
            if (!tokens.accept(",")) {
                break;
            }
        }
        parser.expectClosing(")", "(", open);
        return List.copyOf(result);
    }
}
