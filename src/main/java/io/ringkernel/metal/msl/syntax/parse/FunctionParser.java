package io.ringkernel.metal.msl.syntax.parse;

import io.ringkernel.metal.msl.syntax.Attribute;
import io.ringkernel.metal.msl.syntax.Declaration;
import io.ringkernel.metal.msl.syntax.Declaration.FunctionBody;
import io.ringkernel.metal.msl.syntax.Declaration.FunctionKind;
import io.ringkernel.metal.msl.syntax.Expression;
import io.ringkernel.metal.msl.syntax.Initializer;
import io.ringkernel.metal.msl.syntax.Modifiers.Specifier;
import io.ringkernel.metal.msl.syntax.Name;
import io.ringkernel.metal.msl.syntax.Parameter;
import io.ringkernel.metal.msl.syntax.Signature;
import io.ringkernel.metal.msl.syntax.SourcePosition;
import io.ringkernel.metal.msl.syntax.TypeSyntax;
import io.ringkernel.metal.msl.syntax.preprocess.TokenKind;
import io.ringkernel.metal.msl.syntax.scope.Scope;
import io.ringkernel.metal.msl.syntax.scope.Symbol;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Parses parameters, function bodies, and the functions that have no result type. */
final class FunctionParser {
    /** The parameters of a function. */
    record Parameters(List<Parameter> list, boolean variadic) {}

    private final Parser parser;
    private final Tokens tokens;

    FunctionParser(Parser parser) {
        this.parser = parser;
        this.tokens = parser.tokens;
    }

    /** {@code (int a, float b = 1, ...)}; the names are declared in the current scope. */
    Parameters parameters() {
        var open = tokens.position();
        parser.expect("(");
        if (tokens.atWord("void") && tokens.peek(1).is(")")) {
            tokens.skip(2);
            return new Parameters(List.of(), false);
        }
        var list = new ArrayList<Parameter>();
        boolean variadic = false;
        while (!tokens.at(")") && !variadic) {
            variadic = tokens.accept("...");
            if (!variadic) {
                list.add(parameter(false));
                variadic = tokens.at("...") && tokens.peek(1).is(")") && tokens.accept("...");
                if (!tokens.at(")") && !variadic) {
                    separator(open);
                }
            }
        }
        parser.expectClosing(")", "(", open);
        return new Parameters(List.copyOf(list), variadic);
    }

    private void separator(SourcePosition open) {
        if (!tokens.accept(",")) {
            parser.expectClosing(")", "(", open);
        }
        if (tokens.at(")")) {
            throw parser.error("expected parameter declarator");
        }
    }

    /** One parameter, of a function or (in angle brackets) of a template. */
    Parameter parameter(boolean inAngles) {
        var specifiers = parser.types.specifiers(TypeParser.Place.TYPE);
        if (specifiers.type == null) {
            throw parser.declarations.missingType();
        }
        var declarator = parser.declarators.parse(DeclaratorParser.Mode.PARAMETER);
        parser.attributes.parse(declarator.attributes);
        var type = declarator.apply(specifiers.qualifiedType());
        Optional<String> name = Optional.empty();
        if (declarator.name != null) {
            if (!declarator.name.isSimple()) {
                throw parser.error(declarator.position, "parameter declarator cannot be qualified");
            }
            name = Optional.of(declarator.name.text());
            declareParameter(declarator.name.text(), inAngles);
        }
        Optional<Expression> defaultValue = Optional.empty();
        if (tokens.accept("=")) {
            defaultValue = Optional.of(
                    inAngles ? parser.expressions.templateDefault() : parser.expressions.initializerValue());
        }
        var modifiers = specifiers.modifiers(declarator.attributes);
        return new Parameter(declarator.position, type, name, modifiers, defaultValue, declarator.pack);
    }

    private void declareParameter(String name, boolean inAngles) {
        if (inAngles) {
            parser.scopes.declareParameter(name, Symbol.VALUE);
        } else {
            parser.scopes.declare(name, Symbol.VALUE);
        }
    }

    /** {@code noexcept}, {@code noexcept(x)}, {@code throw()}. */
    Optional<Expression> exceptionSpecification() {
        var position = tokens.position();
        if (tokens.acceptWord("throw")) {
            parser.expect("(");
            parser.expect(")");
            return Optional.of(new Expression.BoolLiteral(position, true));
        }
        if (!tokens.acceptWord("noexcept")) {
            return Optional.empty();
        }
        if (!tokens.at("(")) {
            return Optional.of(new Expression.BoolLiteral(position, true));
        }
        var open = tokens.take().position();
        var condition = parser.expressions.conditional();
        parser.expectClosing(")", "(", open);
        return Optional.of(condition);
    }

    /** Whether a constructor, destructor or conversion function is next. */
    boolean atSpecial() {
        int mark = tokens.mark();
        var parsed = tokens.at("~") || parser.names.atName() ? parser.attempt(parser.names::parse) : null;
        boolean called = tokens.at("(");
        tokens.reset(mark);
        return parsed != null && called && kind(parsed.name()) != FunctionKind.ORDINARY;
    }

    private FunctionKind kind(Name name) {
        return switch (name.last()) {
            case Name.Destructor ignored -> FunctionKind.DESTRUCTOR;
            case Name.Conversion ignored -> FunctionKind.CONVERSION;
            case Name.Identifier last ->
                isConstructor(name, last.text()) ? FunctionKind.CONSTRUCTOR : FunctionKind.ORDINARY;
            case Name.TemplateId last
            when name.segments().size() == 1 && last.text().equals(parser.scopes.className()) ->
                FunctionKind.CONSTRUCTOR;
            default -> FunctionKind.ORDINARY;
        };
    }

    private boolean isConstructor(Name name, String last) {
        int count = name.segments().size();
        return count == 1
                ? last.equals(parser.scopes.className())
                : last.equals(name.segments().get(count - 2).text());
    }

    /** A function without result type. */
    void special(Specifiers specifiers, List<Declaration> out) {
        var declarator = parser.declarators.parse(DeclaratorParser.Mode.MEMBER);
        if (!(declarator.apply(null) instanceof TypeSyntax.Function type)) {
            throw parser.error(declarator.position, "a type specifier is required for all declarations");
        }
        if (!finish(specifiers, declarator, type.signature(), out)) {
            parser.expectSemicolon("after declaration");
        }
    }

    /**
     * Adds a function whose declarator has been parsed, with the body that follows it.
     *
     * @return whether a body or its substitute was consumed, so that no declarator and no semicolon can follow
     */
    boolean finish(Specifiers specifiers, Declarator declarator, Signature signature, List<Declaration> out) {
        var kind = signature.result().isPresent() ? FunctionKind.ORDINARY : kind(declarator.name);
        if (declarator.name.isSimple() && kind == FunctionKind.ORDINARY) {
            parser.scopes.declare(declarator.name.text(), Symbol.VALUE);
        }
        virtualSpecifiers(specifiers);
        var attributes = new ArrayList<Attribute>(declarator.attributes);
        parser.attributes.parse(attributes);
        var body = body(declarator, signature);
        var modifiers = specifiers.modifiers(attributes);
        out.add(new Declaration.Function(declarator.position, kind, declarator.name, signature, modifiers, body));
        return !(body instanceof FunctionBody.None);
    }

    private void virtualSpecifiers(Specifiers specifiers) {
        while (tokens.atWord("override") || tokens.atWord("final")) {
            var token = tokens.take();
            specifiers.words.put(token.isWord("final") ? Specifier.FINAL : Specifier.OVERRIDE, token.position());
        }
    }

    private FunctionBody body(Declarator declarator, Signature signature) {
        if (tokens.at("=")) {
            return substitute();
        }
        if (!tokens.at("{") && !tokens.at(":") && !tokens.atWord("try")) {
            return new FunctionBody.None();
        }
        int scope = parser.scopes.mark();
        declarator.qualifier.ifPresent(parser.scopes::push);
        parser.scopes.push(new Scope(Scope.Kind.BLOCK));
        for (var parameter : signature.parameters()) {
            parameter.name().ifPresent(name -> parser.scopes.declare(name, Symbol.VALUE));
        }
        if (tokens.atWord("try")) {
            throw parser.error("function try blocks are not supported in Metal");
        }
        var initializers = tokens.accept(":") ? memberInitializers() : List.<Declaration.MemberInitializer>of();
        if (!tokens.at("{")) {
            throw parser.error("expected '{'");
        }
        var statements = parser.nested(parser.statements::compound);
        parser.scopes.reset(scope);
        return new FunctionBody.Defined(initializers, statements);
    }

    private FunctionBody substitute() {
        tokens.take();
        FunctionBody result;
        if (tokens.acceptWord("delete")) {
            result = new FunctionBody.Deleted();
        } else if (tokens.acceptWord("default")) {
            result = new FunctionBody.Defaulted();
        } else if (tokens.peek().is(TokenKind.NUMBER) && tokens.peek().text().equals("0")) {
            tokens.take();
            result = new FunctionBody.Pure();
        } else {
            throw parser.error("initializer on function does not look like a pure-specifier");
        }
        parser.expectSemicolon("after function declaration");
        return result;
    }

    private List<Declaration.MemberInitializer> memberInitializers() {
        var result = new ArrayList<Declaration.MemberInitializer>();
        do {
            var position = tokens.position();
            var target = parser.names.parse().name();
            var start = tokens.position();
            Initializer initializer;
            if (tokens.at("(")) {
                initializer = new Initializer(start, Initializer.Style.DIRECT, parser.expressions.arguments());
            } else if (tokens.at("{")) {
                var list = parser.expressions.initializerList();
                initializer = new Initializer(start, Initializer.Style.LIST, List.of(list));
            } else {
                throw parser.error("expected '{' or '('");
            }
            boolean pack = tokens.accept("...");
            result.add(new Declaration.MemberInitializer(position, target, initializer, pack));
        } while (tokens.accept(","));
        return List.copyOf(result);
    }
}
