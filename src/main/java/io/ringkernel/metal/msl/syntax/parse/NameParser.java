package io.ringkernel.metal.msl.syntax.parse;

import io.ringkernel.metal.msl.syntax.Argument;
import io.ringkernel.metal.msl.syntax.Name;
import io.ringkernel.metal.msl.syntax.SourcePosition;
import io.ringkernel.metal.msl.syntax.TypeSyntax;
import io.ringkernel.metal.msl.syntax.preprocess.Token;
import io.ringkernel.metal.msl.syntax.preprocess.TokenKind;
import io.ringkernel.metal.msl.syntax.scope.Scope;
import io.ringkernel.metal.msl.syntax.scope.Scopes;
import io.ringkernel.metal.msl.syntax.scope.Symbol;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Parses names, deciding by what is declared whether {@code <} opens template arguments. */
final class NameParser {
    /**
     * A name and what is known of it.
     *
     * @param symbol null if nothing is
     * @param qualifier the scope that the last part was looked up in, if it is qualified and the scope known
     */
    record Parsed(Name name, Symbol symbol, Optional<Scope> qualifier) {
        boolean isType() {
            return symbol != null && symbol.isType();
        }
    }

    private static final Set<String> OVERLOADABLE = Set.of(
            "+", "-", "*", "/", "%", "^", "&", "|", "~", "!", "=", "<", "+=", "-=", "*=", "/=", "%=", "^=", "&=", "|=",
            "<<", "<<=", "==", "!=", "<=", ">=", "&&", "||", "++", "--", ",", "->*", "->");

    /** Member types of standard templates, which are known without knowing the template's arguments. */
    private static final Set<String> STANDARD_MEMBER_TYPES = Set.of("type", "value_type");

    private record Arguments(List<Argument> list, int end) {}

    private final Parser parser;
    private final Tokens tokens;
    private final Scopes scopes;
    /** Argument lists by where they begin, so that nested attempts do not parse them again and again. */
    private final Map<Integer, Arguments> parsedArguments = new HashMap<>();

    NameParser(Parser parser) {
        this.parser = parser;
        this.tokens = parser.tokens;
        this.scopes = parser.scopes;
    }

    /** Whether a name can begin here. */
    boolean atName() {
        return Keywords.isName(tokens.peek()) || tokens.at("::") || tokens.atWord("operator");
    }

    /** Whether a name of a type begins here; nothing is consumed. */
    boolean atTypeName() {
        if (!Keywords.isName(tokens.peek()) && !tokens.at("::")) {
            return false;
        }
        boolean simple =
                !tokens.at("::") && !tokens.peek(1).is("::") && !tokens.peek(1).is("<");
        if (simple) {
            var symbol = scopes.lookup(tokens.peek().text());
            return symbol != null && symbol.isType();
        }
        int mark = tokens.mark();
        var parsed = parser.attempt(this::parse);
        tokens.reset(mark);
        return parsed != null && parsed.isType();
    }

    /** Parses a name: an id-expression, or the name of a type. */
    Parsed parse() {
        return new Path().parse();
    }

    String identifier() {
        if (!Keywords.isName(tokens.peek())) {
            throw parser.error("expected identifier");
        }
        return tokens.take().text();
    }

    /** The arguments of a template-id, from {@code <} to {@code >}. */
    List<Argument> templateArguments() {
        int start = tokens.mark();
        var known = parsedArguments.get(start);
        if (known != null) {
            tokens.reset(known.end);
            return known.list;
        }
        var list = new ArrayList<Argument>();
        tokens.take();
        while (!tokens.at(">")) {
            list.add(parser.nested(() -> argument(">")));
            if (!tokens.accept(",")) {
                break;
            }
        }
        if (!tokens.accept(">")) {
            throw parser.error("expected '>'");
        }
        var result = new Arguments(List.copyOf(list), tokens.mark());
        parsedArguments.put(start, result);
        return result.list;
    }

    /** A type or an expression, followed by a comma or by {@code end}. */
    Argument argument(String end) {
        var position = tokens.position();
        if (parser.types.atType()) {
            TypeSyntax type = parser.attempt(() -> {
                var parsed = parser.types.typeId();
                if (tokens.accept("...")) {
                    parsed = new TypeSyntax.PackExpansion(position, parsed);
                }
                if (!tokens.at(",") && !tokens.at(end)) {
                    throw parser.error("expected '" + end + "'");
                }
                return parsed;
            });
            if (type != null) {
                return new Argument.OfType(position, type);
            }
        }
        if (Keywords.startsType(tokens.peek()) && !parser.types.mayStartExpression()) {
            parser.types.typeId();
            throw parser.error("expected '" + end + "'");
        }
        boolean angle = end.equals(">");
        return new Argument.OfExpression(position, parser.expressions.packElement(angle));
    }

    /** {@code operator+}, {@code operator()}, {@code operator float}; the word is next. */
    Name.Segment operatorName() {
        var position = tokens.take().position();
        if (tokens.at("(") && tokens.peek(1).is(")")
                || tokens.at("[") && tokens.peek(1).is("]")) {
            var symbol = tokens.at("(") ? "()" : "[]";
            tokens.skip(2);
            return new Name.Operator(position, symbol);
        }
        if (tokens.at(">")) {
            return new Name.Operator(position, greaterOperator());
        }
        if (tokens.peek().is(TokenKind.PUNCTUATOR)
                && OVERLOADABLE.contains(tokens.peek().text())) {
            return new Name.Operator(position, tokens.take().text());
        }
        if (tokens.atWord("new") || tokens.atWord("delete")) {
            var word = tokens.take().text();
            boolean array = tokens.accept("[") && tokens.accept("]");
            return new Name.Operator(position, array ? word + "[]" : word);
        }
        if (tokens.peek().is(TokenKind.STRING)) {
            throw parser.error("user-defined literals are not supported in Metal");
        }
        return new Name.Conversion(position, parser.declarators.conversionType());
    }

    private String greaterOperator() {
        var symbol = tokens.take().text();
        boolean shift = (tokens.at(">") || tokens.at(">=")) && !tokens.peek().spaceBefore();
        return shift ? symbol + tokens.take().text() : symbol;
    }

    /** One name while it is parsed from left to right. */
    private final class Path {
        private final SourcePosition position = tokens.position();
        private final List<Name.Segment> segments = new ArrayList<>();
        private boolean global;
        private boolean qualified;
        private Optional<Scope> scope = Optional.empty();
        private Symbol symbol;

        Parsed parse() {
            if (tokens.at("::")) {
                tokens.take();
                global = true;
                qualified = true;
            }
            do {
                segment();
            } while (descend());
            var name = new Name(position, global, List.copyOf(segments));
            return new Parsed(name, symbol, qualified ? scope : Optional.empty());
        }

        private boolean descend() {
            boolean further = tokens.at("::") && !tokens.peek(1).is("*");
            if (further) {
                tokens.take();
                scope = symbol == null ? Optional.empty() : symbol.members();
                qualified = true;
                global &= segments.isEmpty();
            }
            return further;
        }

        private void segment() {
            boolean saysTemplate = qualified && tokens.acceptWord("template");
            var token = tokens.peek();
            if (token.isWord("operator")) {
                segments.add(operatorName());
                symbol = Symbol.VALUE;
            } else if (token.is("~")) {
                tokens.take();
                segments.add(new Name.Destructor(token.position(), identifier()));
                symbol = Symbol.VALUE;
            } else if (token.isWord("decltype") && segments.isEmpty()) {
                if (!(parser.types.decltype() instanceof TypeSyntax.Decltype type)) {
                    throw parser.error(token.position(), "'decltype(auto)' cannot be used as a nested name specifier");
                }
                segments.add(new Name.DecltypeScope(token.position(), type.expression()));
                symbol = Symbol.TYPE;
            } else {
                identifierOrTemplateId(saysTemplate);
            }
        }

        private void identifierOrTemplateId(boolean saysTemplate) {
            var token = tokens.peek();
            var text = identifier();
            var owner = symbol;
            symbol = lookup(text);
            if (symbol == null && owner != null && owner.isType() && STANDARD_MEMBER_TYPES.contains(text)) {
                symbol = owner.members().isEmpty() && lastIsTemplateId() ? Symbol.TYPE : null;
            }
            var arguments = tokens.at("<") ? arguments(saysTemplate) : null;
            segments.add(segment(token, text, arguments));
        }

        private Name.Segment segment(Token token, String text, List<Argument> arguments) {
            return arguments == null
                    ? new Name.Identifier(token.position(), text)
                    : new Name.TemplateId(token.position(), text, arguments);
        }

        private boolean lastIsTemplateId() {
            return !segments.isEmpty() && segments.getLast() instanceof Name.TemplateId;
        }

        private Symbol lookup(String text) {
            if (!qualified) {
                return scopes.lookup(text);
            }
            if (segments.isEmpty()) {
                return scopes.lookupGlobal(text);
            }
            return scope.map(members -> members.find(text)).orElse(null);
        }

        /** The arguments, or null if {@code <} is an operator. */
        private List<Argument> arguments(boolean saysTemplate) {
            if (saysTemplate || symbol != null && symbol.isTemplate()) {
                return templateArguments();
            }
            if (symbol != null) {
                return null;
            }
            // Unknown here: perhaps a function of the standard library, or a member of a dependent type.
            return parser.attempt(() -> {
                var list = templateArguments();
                if (!tokens.at("(") && !tokens.at("::")) {
                    throw parser.error("expected '('");
                }
                return list;
            });
        }
    }
}
