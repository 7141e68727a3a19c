package io.ringkernel.metal.msl.syntax;

/** How the source writes an object, for messages about it. */
public final class ExpressionText {

    private ExpressionText() {}

    /** The expression's text; what is no name, member or element in it is three dots. */
    public static String of(Expression expression) {
        return switch (expression) {
            case Expression.NameUse use -> use.name().text();
            case Expression.This _ -> "this";
            case Expression.IntegerLiteral literal -> String.valueOf(literal.value());
            case Expression.Parenthesized parenthesized -> "(" + of(parenthesized.inner()) + ")";
            case Expression.Member member ->
                of(member.base())
                        + (member.arrow() ? "->" : ".")
                        + member.name().text();
            case Expression.Subscript subscript -> of(subscript.base()) + "[" + of(subscript.index()) + "]";
            case Expression.Call call -> of(call.callee()) + "(...)";
            case Expression.Unary unary
            when unary.operator() == Expression.UnaryOperator.DEREFERENCE -> "*" + of(unary.operand());
            default -> "...";
        };
    }
}
