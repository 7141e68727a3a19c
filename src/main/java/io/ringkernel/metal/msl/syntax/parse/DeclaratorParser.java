package io.ringkernel.metal.msl.syntax.parse;

import io.ringkernel.metal.msl.syntax.Expression;
import io.ringkernel.metal.msl.syntax.Name;
import io.ringkernel.metal.msl.syntax.Qualifier;
import io.ringkernel.metal.msl.syntax.Signature;
import io.ringkernel.metal.msl.syntax.TypeSyntax;
import io.ringkernel.metal.msl.syntax.parse.TypeParser.Place;
import io.ringkernel.metal.msl.syntax.preprocess.TokenKind;
import io.ringkernel.metal.msl.syntax.scope.Scope;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Parses declarators: pointers, references, arrays and parameters around a name. */
final class DeclaratorParser {
    /** Whether a declarator has a name. */
    enum Mode {
        NAMED,
        /** A declaration in a class: parentheses are never an initializer. */
        MEMBER,
        /** A parameter: the name may be missing. */
        PARAMETER,
        ABSTRACT
    }

    private final Parser parser;
    private final Tokens tokens;

    DeclaratorParser(Parser parser) {
        this.parser = parser;
        this.tokens = parser.tokens;
    }

    Declarator parse(Mode mode) {
        return parser.nested(() -> {
            var result = new Declarator(tokens.position());
            pointerOperators(result.steps);
            if (mode == Mode.PARAMETER && tokens.accept("...")) {
                result.pack = true;
            }
            direct(result, mode);
            return result;
        });
    }

    /** The type of a conversion function: pointers, but no arrays and no parameters. */
    TypeSyntax conversionType() {
        var specifiers = parser.types.specifiers(Place.TYPE);
        if (specifiers.type == null) {
            throw parser.error("expected a type");
        }
        var type = specifiers.qualifiedType();
        var steps = new ArrayList<UnaryOperator<TypeSyntax>>();
        pointerOperators(steps);
        for (var step : steps) {
            type = step.apply(type);
        }
        return type;
    }

    private void pointerOperators(List<UnaryOperator<TypeSyntax>> steps) {
        while (true) {
            var position = tokens.position();
            if (tokens.accept("*")) {
                var qualifiers = parser.types.qualifiers();
                steps.add(type -> Specifiers.qualified(new TypeSyntax.Pointer(position, type), qualifiers));
            } else if (tokens.at("&") || tokens.at("&&")) {
                boolean rvalue = tokens.take().is("&&");
                // GNU C++ allows qualifiers here; an address space on the reference itself is the checker's to refuse.
                var qualifiers = parser.types.qualifiers();
                steps.add(type -> Specifiers.qualified(new TypeSyntax.Reference(position, type, rvalue), qualifiers));
            } else if (!memberPointer(steps)) {
                return;
            }
        }
    }

    private boolean memberPointer(List<UnaryOperator<TypeSyntax>> steps) {
        boolean mayBe = Keywords.isName(tokens.peek())
                && (tokens.peek(1).is("::") || tokens.peek(1).is("<"));
        if (!mayBe) {
            return false;
        }
        int mark = tokens.mark();
        var position = tokens.position();
        var owner = parser.attempt(parser.names::parse);
        if (owner == null || !tokens.at("::") || !tokens.peek(1).is("*")) {
            tokens.reset(mark);
            return false;
        }
        tokens.skip(2);
        var qualifiers = parser.types.qualifiers();
        steps.add(type -> Specifiers.qualified(new TypeSyntax.MemberPointer(position, owner.name(), type), qualifiers));
        return true;
    }

    private void direct(Declarator result, Mode mode) {
        Declarator inner = null;
        if (mode != Mode.ABSTRACT && atDeclaredName()) {
            declaredName(result);
        } else if (tokens.at("(") && isNested(mode)) {
            var open = tokens.take().position();
            inner = parse(mode);
            parser.expectClosing(")", "(", open);
        } else if (mode == Mode.NAMED || mode == Mode.MEMBER) {
            throw parser.error("expected unqualified-id");
        }
        if (mode != Mode.ABSTRACT) {
            parser.attributes.parse(result.attributes);
        }
        var suffixes = new ArrayList<UnaryOperator<TypeSyntax>>(2);
        int scope = parser.scopes.mark();
        result.qualifier.ifPresent(parser.scopes::push);
        suffixes(result, suffixes, mode);
        parser.scopes.reset(scope);
        result.steps.addAll(suffixes.reversed());
        if (inner != null) {
            adopt(result, inner);
        }
    }

    private static void adopt(Declarator result, Declarator inner) {
        result.steps.addAll(inner.steps);
        result.name = inner.name;
        result.qualifier = inner.qualifier;
        result.position = inner.position;
        result.pack |= inner.pack;
        result.attributes.addAll(inner.attributes);
    }

    private boolean atDeclaredName() {
        return parser.names.atName() || tokens.at("~");
    }

    private void declaredName(Declarator result) {
        var parsed = parser.names.parse();
        result.name = parsed.name();
        result.qualifier = parsed.qualifier();
        result.position = parsed.name().last().position();
    }

    /** Whether the parenthesis that is next holds a declarator, not parameters. */
    private boolean isNested(Mode mode) {
        var next = tokens.peek(1);
        if (next.is("*") || next.is("&") || next.is("&&")) {
            return true;
        }
        if (next.is(")") || next.is("...")) {
            return false;
        }
        int mark = tokens.mark();
        tokens.take();
        boolean type = parser.types.atType();
        boolean named = parser.names.atName() || next.is("(");
        tokens.reset(mark);
        return mode != Mode.ABSTRACT && named && !type || type && atMemberPointer();
    }

    private boolean atMemberPointer() {
        int closer = tokens.closerOf(tokens.mark());
        for (int i = tokens.mark() + 1; i + 1 < closer && !tokens.get(i).is(","); i++) {
            if (tokens.get(i).is("::") && tokens.get(i + 1).is("*")) {
                return true;
            }
        }
        return false;
    }

    private void suffixes(Declarator result, List<UnaryOperator<TypeSyntax>> suffixes, Mode mode) {
        while (true) {
            var position = tokens.position();
            if (tokens.at("[") && !tokens.atAttributes()) {
                tokens.take();
                Optional<Expression> size =
                        tokens.at("]") ? Optional.empty() : Optional.of(parser.expressions.conditional());
                parser.expectClosing("]", "[", position);
                suffixes.add(type -> new TypeSyntax.Array(position, type, size));
                if (mode != Mode.ABSTRACT) {
                    parser.attributes.parse(result.attributes);
                }
            } else if (tokens.at("(") && suffixes.isEmpty() && isParameters(mode)) {
                suffixes.add(parameters(result));
            } else {
                return;
            }
        }
    }

    /** Whether the parenthesis that is next holds parameters, not the initializer that a variable may have. */
    private boolean isParameters(Mode mode) {
        var next = tokens.peek(1);
        if (mode != Mode.NAMED
                || next.is(")")
                || next.is("...")
                || next.is("[") && tokens.peek(2).is("[")) {
            return true;
        }
        if (Keywords.startsDeclaration(next)) {
            return true;
        }
        boolean unknownType = Keywords.isName(next) && Keywords.isName(tokens.peek(2));
        if (unknownType) {
            return true;
        }
        int mark = tokens.mark();
        tokens.take();
        if (parser.declarations.atUnknownType()) {
            tokens.reset(mark);
            return true;
        }
        boolean type = parser.types.atType();
        var specifiers = type ? parser.attempt(() -> parser.types.specifiers(Place.TYPE)) : null;
        boolean decided = specifiers != null && !tokens.at("(") && !tokens.at("{");
        boolean open = specifiers != null && tokens.at("(");
        tokens.reset(mark);
        if (!open) {
            return decided;
        }
        var list = parser.attempt(() -> {
            parser.functions.parameters();
            return true;
        });
        tokens.reset(mark);
        return list != null;
    }

    private UnaryOperator<TypeSyntax> parameters(Declarator declarator) {
        var position = tokens.position();
        int scope = parser.scopes.mark();
        parser.scopes.push(new Scope(Scope.Kind.BLOCK));
        var list = parser.functions.parameters();
        var tail = tail(declarator);
        parser.scopes.reset(scope);
        return type -> new TypeSyntax.Function(position, tail.signature(type, list));
    }

    /** What follows the parameters. */
    private record Tail(
            Set<Qualifier> qualifiers,
            Signature.RefQualifier reference,
            Optional<Expression> noexcept,
            Optional<TypeSyntax> trailing) {
        Signature signature(TypeSyntax result, FunctionParser.Parameters list) {
            Optional<TypeSyntax> type = trailing.isPresent() ? trailing : Optional.ofNullable(result);
            return new Signature(type, list.list(), list.variadic(), qualifiers, reference, noexcept);
        }
    }

    private Tail tail(Declarator declarator) {
        var qualifiers = Collections.unmodifiableSet(parser.types.qualifiers());
        var reference = Signature.RefQualifier.NONE;
        if (tokens.at("&") || tokens.at("&&")) {
            reference = tokens.take().is("&&") ? Signature.RefQualifier.RVALUE : Signature.RefQualifier.LVALUE;
        }
        var noexcept = parser.functions.exceptionSpecification();
        parser.attributes.parse(declarator.attributes);
        Optional<TypeSyntax> trailing = Optional.empty();
        if (tokens.at("->")) {
            tokens.take();
            trailing = Optional.of(parser.types.typeId());
        }
        return new Tail(qualifiers, reference, noexcept, trailing);
    }

    /** Whether a structured binding's names are next: {@code [a, b]}, perhaps behind a reference. */
    boolean atBindings() {
        int ahead = tokens.at("&") || tokens.at("&&") ? 1 : 0;
        return tokens.peek(ahead).is("[")
                && tokens.peek(ahead + 1).is(TokenKind.IDENTIFIER)
                && !tokens.peek(ahead + 1).is("[");
    }

    /** The names of a structured binding. */
    List<Name.Identifier> bindings() {
        var open = tokens.take().position();
        var names = new ArrayList<Name.Identifier>();
        do {
            var position = tokens.position();
            names.add(new Name.Identifier(position, parser.names.identifier()));
        } while (tokens.accept(","));
        parser.expectClosing("]", "[", open);
        return List.copyOf(names);
    }
}
