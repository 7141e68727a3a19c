package io.ringkernel.metal.msl.check.semantics;

import io.ringkernel.metal.msl.check.TypedExpression;
import io.ringkernel.metal.msl.check.symbol.QualType;
import io.ringkernel.metal.msl.check.symbol.Scope;
import io.ringkernel.metal.msl.check.symbol.Symbol;
import io.ringkernel.metal.msl.syntax.Argument;
import io.ringkernel.metal.msl.syntax.Expression;
import io.ringkernel.metal.msl.syntax.Name;

/** Calls whose arguments are types or names: {@code as_type}, {@code is_function_constant_defined}. */
final class SpecialCalls {
    private final Analysis analysis;

    SpecialCalls(Analysis analysis) {
        this.analysis = analysis;
    }

    /** {@code as_type<T>(x)} and {@code is_function_constant_defined(c)}; null for any other call. */
    Operand special(Expression.Call call, Name name, Scope scope) {
        var text = name.last().text();
        if (text.equals("as_type") && name.last() instanceof Name.TemplateId id) {
            return asType(call, id, scope);
        }
        if (text.equals("is_function_constant_defined")) {
            return isDefined(call, scope);
        }
        return null;
    }

    private Operand asType(Expression.Call call, Name.TemplateId id, Scope scope) {
        var position = call.position();
        if (call.arguments().size() != 1 || id.arguments().size() != 1) {
            throw Refusal.at(position, "as_type takes one type and one value");
        }
        if (!(id.arguments().getFirst() instanceof Argument.OfType(var _, var named))) {
            throw Refusal.at(position, "as_type takes a type");
        }
        var type = analysis.types.resolve(named, scope).unqualified();
        var operand = analysis.expressions.check(call.arguments().getFirst(), scope);
        var from = operand.type();
        if (from == null || from.element() == null || type.element() == null) {
            throw Refusal.at(position, "invalid operand of as_type: only scalars and vectors can be reinterpreted");
        }
        var lowered = Lowering.value(type, position);
        var value = analysis.conversions.value(operand);
        if (lowered.byteSize() != value.type().byteSize()) {
            throw Refusal.at(
                    position,
                    "invalid reinterpretation: sizes of " + type.quoted() + " and "
                            + from.unqualified().quoted() + " must match");
        }
        return new Operand.Value(analysis.fold(Trees.retype(value, lowered, position)), type);
    }

    private Operand isDefined(Expression.Call call, Scope scope) {
        if (call.arguments().size() == 1
                && call.arguments().getFirst() instanceof Expression.NameUse(var _, var name)
                && analysis.lookup.resolve(name, scope).symbol() instanceof Symbol.Object object
                && object.functionConstant() != null) {
            return new Operand.Value(
                    new TypedExpression.FunctionConstantDefined(object.functionConstant(), Trees.BOOL, call.position()),
                    QualType.BOOL);
        }
        throw Refusal.at(call.position(), "is_function_constant_defined takes the name of a function constant");
    }
}
