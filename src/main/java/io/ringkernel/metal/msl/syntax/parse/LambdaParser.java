package io.ringkernel.metal.msl.syntax.parse;

import io.ringkernel.metal.msl.syntax.Expression;
import io.ringkernel.metal.msl.syntax.Parameter;
import io.ringkernel.metal.msl.syntax.Signature;
import io.ringkernel.metal.msl.syntax.TypeSyntax;
import io.ringkernel.metal.msl.syntax.scope.Scope;
import io.ringkernel.metal.msl.syntax.scope.Symbol;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Parses lambdas. */
final class LambdaParser {
    private final Parser parser;
    private final Tokens tokens;

    LambdaParser(Parser parser) {
        this.parser = parser;
        this.tokens = parser.tokens;
    }

    Expression parse() {
        var open = tokens.take().position();
        Optional<String> captureDefault = Optional.empty();
        boolean byDefault = tokens.at("=")
                || tokens.at("&") && (tokens.peek(1).is("]") || tokens.peek(1).is(","));
        if (byDefault) {
            captureDefault = Optional.of(tokens.take().text());
            tokens.accept(",");
        }
        var captures = captures();
        parser.expectClosing("]", "[", open);
        int scope = parser.scopes.mark();
        parser.scopes.push(new Scope(Scope.Kind.BLOCK));
        captures.forEach(capture -> parser.scopes.declare(capture.name(), Symbol.VALUE));
        List<Parameter> parameters = List.of();
        boolean variadic = false;
        if (tokens.at("(")) {
            var list = parser.functions.parameters();
            parameters = list.list();
            variadic = list.variadic();
        }
        boolean mutable = false;
        while (tokens.atWord("mutable") || tokens.atWord("constexpr")) {
            mutable |= tokens.take().isWord("mutable");
        }
        var noexcept = parser.functions.exceptionSpecification();
        parser.attributes.parse();
        Optional<TypeSyntax> result = tokens.accept("->") ? Optional.of(parser.types.typeId()) : Optional.empty();
        if (!tokens.at("{")) {
            throw parser.error("expected body of lambda expression");
        }
        var body = parser.nested(parser.statements::compound);
        parser.scopes.reset(scope);
        var signature = new Signature(result, parameters, variadic, Set.of(), Signature.RefQualifier.NONE, noexcept);
        return new Expression.Lambda(open, captureDefault, captures, signature, mutable, body);
    }

    private List<Expression.Capture> captures() {
        var result = new ArrayList<Expression.Capture>();
        while (!tokens.at("]")) {
            result.add(capture());
            if (!tokens.accept(",")) {
                break;
            }
        }
        return List.copyOf(result);
    }

    private Expression.Capture capture() {
        var position = tokens.position();
        boolean dereferenced = tokens.at("*") && tokens.peek(1).isWord("this");
        tokens.skip(dereferenced ? 1 : 0);
        if (tokens.acceptWord("this")) {
            return new Expression.Capture(position, "this", !dereferenced, false, Optional.empty());
        }
        boolean byReference = tokens.accept("&");
        var name = parser.names.identifier();
        Optional<Expression> value = Optional.empty();
        if (tokens.accept("=")) {
            value = Optional.of(parser.expressions.initializerValue());
        } else if (tokens.at("{")) {
            value = Optional.of(parser.expressions.initializerList());
        } else if (tokens.at("(")) {
            value = Optional.of(parser.expressions.postfix());
        }
        boolean pack = tokens.accept("...");
        return new Expression.Capture(position, name, byReference, pack, value);
    }
}
