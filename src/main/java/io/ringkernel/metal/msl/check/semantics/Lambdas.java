package io.ringkernel.metal.msl.check.semantics;

import io.ringkernel.metal.msl.builtin.AddressSpace;
import io.ringkernel.metal.msl.builtin.Type;
import io.ringkernel.metal.msl.check.TypedExpression;
import io.ringkernel.metal.msl.check.symbol.ClassSymbol;
import io.ringkernel.metal.msl.check.symbol.QualType;
import io.ringkernel.metal.msl.check.symbol.Scope;
import io.ringkernel.metal.msl.check.symbol.Symbol;
import io.ringkernel.metal.msl.syntax.Declaration;
import io.ringkernel.metal.msl.syntax.Expression;
import io.ringkernel.metal.msl.syntax.Modifiers;
import io.ringkernel.metal.msl.syntax.Name;
import io.ringkernel.metal.msl.syntax.Parameter;
import io.ringkernel.metal.msl.syntax.Qualifier;
import io.ringkernel.metal.msl.syntax.Signature;
import io.ringkernel.metal.msl.syntax.SourcePosition;
import io.ringkernel.metal.msl.syntax.TemplateParameter;
import io.ringkernel.metal.msl.syntax.TypeSyntax;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Lambda expressions (MSL 3.2): a struct with one field per captured variable, a pointer if captured by reference, and
 * a call operator that finds those fields under the variables' names.
 */
final class Lambdas {
    /** The field that holds the captured {@code this}. */
    static final String OUTER_THIS = "(this)";

    private record Capture(QualType type, TypedExpression value) {}

    private final Analysis analysis;
    private final Map<Expression.Lambda, Map<Scope, Operand>> made = new IdentityHashMap<>();

    Lambdas(Analysis analysis) {
        this.analysis = analysis;
    }

    /** The closure; the same one if an expression is looked at more than once, to deduce a type from it. */
    Operand check(Expression.Lambda lambda, Scope scope) {
        var known = made.computeIfAbsent(lambda, _ -> new IdentityHashMap<>());
        if (!known.containsKey(scope)) {
            known.put(scope, closure(lambda, scope));
        }
        return known.get(scope);
    }

    private Operand closure(Expression.Lambda lambda, Scope scope) {
        var position = lambda.position();
        var captures = captures(lambda, scope);
        var symbol = new ClassSymbol("(lambda at " + position + ")", Declaration.StructKey.STRUCT, scope, position);
        var types = new ArrayList<Type>();
        captures.forEach((name, capture) -> {
            var field = new Symbol.Field(name, capture.type(), List.of(types.size()), null);
            types.add(Lowering.object(capture.type(), position));
            symbol.fields().add(field);
            symbol.scope().declare(name, field);
        });
        symbol.layout().complete(List.copyOf(captures.keySet()), types, 1);
        symbol.markComplete();
        if (declareCall(lambda, symbol) instanceof Symbol.Function call) {
            // Whether it is called or not.
            analysis.functions.typed(call);
        }
        var values = captures.values().stream().map(Capture::value).toList();
        return new Operand.Value(new TypedExpression.Construct(symbol.layout(), values, position), QualType.of(symbol));
    }

    private Map<String, Capture> captures(Expression.Lambda lambda, Scope scope) {
        var captures = new LinkedHashMap<String, Capture>();
        for (var capture : lambda.captures()) {
            if (capture.pack()) {
                throw Refusal.unsupported(capture.position(), "the capture of a parameter pack");
            }
            if (capture.name().equals("this")) {
                captureThis(scope, lambda.position(), captures);
            } else {
                captures.put(capture.name(), explicit(capture, scope));
            }
        }
        lambda.captureDefault().ifPresent(mode -> captureUsed(lambda, mode.equals("&"), scope, captures));
        return captures;
    }

    private Capture explicit(Expression.Capture capture, Scope scope) {
        var value = capture.value()
                .orElseGet(
                        () -> new Expression.NameUse(capture.position(), Name.of(capture.position(), capture.name())));
        return capture(analysis.expressions.check(value, scope), capture.byReference(), capture.position());
    }

    private Capture capture(Operand operand, boolean byReference, SourcePosition position) {
        if (byReference && operand instanceof Operand.Located located) {
            var referent = located.type().withSpace(Lowering.space(located.type()));
            var pointer = analysis.conversions.address(located, referent.readOnly());
            return new Capture(QualType.referenceTo(referent), pointer);
        }
        if (operand.type() == null) {
            throw Refusal.unsupported(position, "the capture of a function");
        }
        return new Capture(operand.type().unqualified(), analysis.conversions.value(operand));
    }

    /** Captures the variables of the functions around that the body names. */
    private void captureUsed(
            Expression.Lambda lambda, boolean byReference, Scope scope, Map<String, Capture> captures) {
        for (var name : PackExpansion.identifiers(lambda.body())) {
            if (captures.containsKey(name)) {
                continue;
            }
            var found = analysis.lookup.unqualified(name, scope);
            if (found != null && found.symbol() instanceof Symbol.Object object && isLocal(object)) {
                var operand = analysis.expressions.symbol(object, lambda.position());
                captures.put(name, capture(operand, byReference, lambda.position()));
            } else if (found != null && found.member() != null) {
                captureThis(scope, lambda.position(), captures);
            }
        }
        if (lambda.body().toString().contains("This[")) {
            captureThis(scope, lambda.position(), captures);
        }
    }

    private static boolean isLocal(Symbol.Object object) {
        return object.space() == AddressSpace.THREAD || object.space() == AddressSpace.THREADGROUP;
    }

    private void captureThis(Scope scope, SourcePosition position, Map<String, Capture> captures) {
        var self = analysis.selves.self(scope, position);
        if (self != null && !captures.containsKey(OUTER_THIS)) {
            captures.put(OUTER_THIS, capture(self, true, position));
        }
    }

    private static Symbol declareCall(Expression.Lambda lambda, ClassSymbol symbol) {
        var position = lambda.position();
        var parameters = new ArrayList<Parameter>();
        var generic = new ArrayList<TemplateParameter>();
        for (var parameter : lambda.signature().parameters()) {
            parameters.add(named(parameter, generic));
        }
        Set<Qualifier> qualifiers = EnumSet.of(Qualifier.THREAD);
        if (!lambda.mutable()) {
            qualifiers.add(Qualifier.CONST);
        }
        var signature = new Signature(
                Optional.of(lambda.signature().result().orElse(new TypeSyntax.Auto(position))),
                parameters,
                lambda.signature().variadic(),
                qualifiers,
                Signature.RefQualifier.NONE,
                Optional.empty());
        var name = new Name(position, false, List.of(new Name.Operator(position, "()")));
        var modifiers = new Modifiers(Map.of(Modifiers.Specifier.CONSTEXPR, position), List.of());
        var declaration = new Declaration.Function(
                position,
                Declaration.FunctionKind.ORDINARY,
                name,
                signature,
                modifiers,
                new Declaration.FunctionBody.Defined(List.of(), lambda.body()));
        var operator = name.last().text();
        Symbol call = generic.isEmpty()
                ? new Symbol.Function(operator, declaration, symbol.scope(), symbol)
                : new Symbol.FunctionTemplate(operator, generic, declaration, symbol.scope(), symbol);
        Declarations.functionSet(operator, symbol.scope(), position).members().add(call);
        return call;
    }

    /** A parameter of type {@code auto} as one of a template parameter's type. */
    private static Parameter named(Parameter parameter, List<TemplateParameter> generic) {
        if (!AutoTypes.mentionsAuto(parameter.type())) {
            return parameter;
        }
        var name = "(auto " + generic.size() + ")";
        generic.add(new TemplateParameter.OfType(
                parameter.position(), Optional.of(name), parameter.pack(), Optional.empty()));
        return new Parameter(
                parameter.position(),
                AutoTypes.replaceAuto(parameter.type(), name),
                parameter.name(),
                parameter.modifiers(),
                parameter.defaultValue(),
                parameter.pack());
    }
}
