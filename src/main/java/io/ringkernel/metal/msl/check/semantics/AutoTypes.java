package io.ringkernel.metal.msl.check.semantics;

import io.ringkernel.metal.msl.check.symbol.CppType;
import io.ringkernel.metal.msl.check.symbol.QualType;
import io.ringkernel.metal.msl.check.symbol.Scope;
import io.ringkernel.metal.msl.check.symbol.Symbol;
import io.ringkernel.metal.msl.syntax.Declaration;
import io.ringkernel.metal.msl.syntax.Diagnostics;
import io.ringkernel.metal.msl.syntax.Expression;
import io.ringkernel.metal.msl.syntax.Modifiers;
import io.ringkernel.metal.msl.syntax.Name;
import io.ringkernel.metal.msl.syntax.Parameter;
import io.ringkernel.metal.msl.syntax.TemplateParameter;
import io.ringkernel.metal.msl.syntax.TypeSyntax;
import java.util.List;
import java.util.Optional;

/** Types that leave a part to their initialiser: {@code auto} is deduced as a template parameter would be. */
final class AutoTypes {
    private AutoTypes() {}

    static boolean mentionsAuto(TypeSyntax syntax) {
        return switch (syntax) {
            case TypeSyntax.Auto _, TypeSyntax.DecltypeAuto _ -> true;
            case TypeSyntax.Qualified(var _, var inner, var _) -> mentionsAuto(inner);
            case TypeSyntax.Pointer(var _, var inner) -> mentionsAuto(inner);
            case TypeSyntax.Reference(var _, var inner, var _) -> mentionsAuto(inner);
            case TypeSyntax.Array(var _, var inner, var _) -> mentionsAuto(inner);
            default -> false;
        };
    }

    /** The same type with a name in the place of {@code auto}. */
    static TypeSyntax replaceAuto(TypeSyntax syntax, String name) {
        return switch (syntax) {
            case TypeSyntax.Auto(var position) -> new TypeSyntax.Named(position, Name.of(position, name), false);
            case TypeSyntax.Qualified(var position, var inner, var qualifiers) ->
                new TypeSyntax.Qualified(position, replaceAuto(inner, name), qualifiers);
            case TypeSyntax.Pointer(var position, var inner) ->
                new TypeSyntax.Pointer(position, replaceAuto(inner, name));
            case TypeSyntax.Reference(var position, var inner, boolean rvalue) ->
                new TypeSyntax.Reference(position, replaceAuto(inner, name), rvalue);
            default -> syntax;
        };
    }

    static QualType deduce(Analysis analysis, TypeSyntax syntax, Expression value, Scope scope) {
        if (syntax instanceof TypeSyntax.DecltypeAuto) {
            return analysis.types.decltype(value, scope);
        }
        return deduce(analysis, syntax, analysis.expressions.check(value, scope), scope);
    }

    static QualType deduce(Analysis analysis, TypeSyntax syntax, Operand operand, Scope scope) {
        if (operand instanceof Operand.Braces braces) {
            return deduce(analysis, syntax, analysis.lists.deduced(braces), scope);
        }
        var position = syntax.position();
        var parameter = new TemplateParameter.OfType(position, Optional.of(TypeResolver.AUTO), false, Optional.empty());
        var binding = new Binding(List.of(parameter), scope);
        var deduction = new Deduction(analysis, binding);
        var written = new Parameter(position, syntax, Optional.empty(), Modifiers.NONE, Optional.empty(), false);
        if (!deduction.call(List.of(written), List.of(operand)) || binding.argument(0) == null) {
            throw Refusal.at(
                    operand.position(), "variable has incompatible initializer of type " + Operators.quoted(operand));
        }
        return analysis.types.resolve(syntax, binding.scope());
    }

    /** Whether two declarations of a function agree on what it returns, or that its body says so. */
    static boolean agreeOnResult(Symbol.Function known, Symbol.Function function) {
        boolean deduced = Functions.isDeduced(known.declaration());
        if (deduced || Functions.isDeduced(function.declaration())) {
            return deduced == Functions.isDeduced(function.declaration());
        }
        return function.result() == null
                || known.result() == null
                || known.result().equals(function.result());
    }

    /** Refuses a member whose result is deduced in its declaration or its definition alone. */
    static void requireSameDeduction(Declaration.Function declaration, Declaration.Function definition) {
        if (Functions.isDeduced(declaration) != Functions.isDeduced(definition)) {
            throw Refusal.at(
                    definition.position(),
                    "return type of out-of-line definition of '"
                            + definition.name().last().text() + "' differs from that in the declaration");
        }
    }

    /** Reports declarators of one declaration for which {@code auto} is not the same (C++14 [dcl.spec.auto] 8). */
    static void requireSame(List<Declaration> declarations, Scope scope, Diagnostics diagnostics) {
        Declaration.Variable first = null;
        QualType expected = null;
        for (var declaration : declarations) {
            if (declarations.size() > 1
                    && declaration instanceof Declaration.Variable variable
                    && mentionsAuto(variable.type())
                    && scope.local(variable.name().last().text()) instanceof Symbol.Object object) {
                var deduced = part(variable.type(), object.type());
                if (deduced != null && expected != null && !deduced.equals(expected)) {
                    diagnostics.error(
                            variable.position(),
                            "'auto' deduced as '" + expected + "' in declaration of '"
                                    + first.name().text() + "' and deduced as '" + deduced + "' in declaration of '"
                                    + variable.name().text() + "'");
                }
                first = first == null ? variable : first;
                expected = expected == null ? deduced : expected;
            }
        }
    }

    /** What {@code auto} stands for in a type as written. */
    private static QualType part(TypeSyntax syntax, QualType type) {
        return switch (syntax) {
            case TypeSyntax.Auto _ -> type.unqualified();
            case TypeSyntax.Qualified(var _, var inner, var _) -> part(inner, type);
            case TypeSyntax.Pointer(var _, var inner) ->
                type.type() instanceof CppType.Pointer(var pointee) ? part(inner, pointee) : null;
            case TypeSyntax.Reference(var _, var inner, var _) -> part(inner, type.referent());
            default -> null;
        };
    }
}
