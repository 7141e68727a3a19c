package io.ringkernel.metal.msl.check;

import java.util.List;

/** Visits every node of a typed tree once; subclasses override what they look for and call super to go on. */
public abstract class TypedWalk {

    public void statements(List<TypedStatement> statements) {
        statements.forEach(this::statement);
    }

    public void statement(TypedStatement statement) {
        switch (statement) {
            case TypedStatement.Block block -> statements(block.statements());
            case TypedStatement.Declare declare -> declare.initializer().ifPresent(this::expression);
            case TypedStatement.Evaluate evaluate -> expression(evaluate.expression());
            case TypedStatement.If branch -> {
                expression(branch.condition());
                statement(branch.then());
                branch.otherwise().ifPresent(this::statement);
            }
            case TypedStatement.Loop loop -> {
                loop.condition().ifPresent(this::expression);
                statement(loop.body());
                loop.step().ifPresent(this::expression);
            }
            case TypedStatement.Switch selection -> {
                expression(selection.selector());
                selection.cases().forEach(c -> statements(c.statements()));
            }
            case TypedStatement.Return result -> result.value().ifPresent(this::expression);
            case TypedStatement.Break _, TypedStatement.Continue _ -> {
                // No parts.
            }
        }
    }

    public void expressions(List<TypedExpression> expressions) {
        expressions.forEach(this::expression);
    }

    public void expression(TypedExpression expression) {
        switch (expression) {
            case TypedExpression.Load load -> place(load.place());
            case TypedExpression.AddressOf address -> place(address.place());
            case TypedExpression.Assign assign -> {
                place(assign.place());
                expression(assign.value());
            }
            case TypedExpression.Update update -> {
                place(update.place());
                expression(update.value());
            }
            case TypedExpression.Unary unary -> expression(unary.operand());
            case TypedExpression.Binary binary -> {
                expression(binary.left());
                expression(binary.right());
            }
            case TypedExpression.Logical logical -> {
                expression(logical.left());
                expression(logical.right());
            }
            case TypedExpression.Conditional conditional -> {
                expression(conditional.condition());
                expression(conditional.left());
                expression(conditional.right());
            }
            case TypedExpression.Convert convert -> expression(convert.operand());
            case TypedExpression.Reinterpret reinterpret -> expression(reinterpret.operand());
            case TypedExpression.Construct construct -> expressions(construct.parts());
            case TypedExpression.Swizzle swizzle -> expression(swizzle.vector());
            case TypedExpression.FieldOf field -> expression(field.struct());
            case TypedExpression.ElementOf element -> {
                expression(element.aggregate());
                expression(element.index());
            }
            case TypedExpression.PointerAdd add -> {
                expression(add.pointer());
                expression(add.index());
            }
            case TypedExpression.PointerDifference difference -> {
                expression(difference.left());
                expression(difference.right());
            }
            case TypedExpression.Call call -> expressions(call.arguments());
            case TypedExpression.CallBuiltin call -> expressions(call.arguments());
            case TypedExpression.Sequence sequence -> {
                statements(sequence.statements());
                expression(sequence.result());
            }
            case TypedExpression.Constant _,
                    TypedExpression.NullPointer _,
                    TypedExpression.Zero _,
                    TypedExpression.FunctionConstantValue _,
                    TypedExpression.FunctionConstantDefined _ -> {
                // No parts.
            }
        }
    }

    public void place(Place place) {
        switch (place) {
            case Place.OfVariable _ -> {
                // No parts.
            }
            case Place.Dereference dereference -> expression(dereference.pointer());
            case Place.Field field -> place(field.struct());
            case Place.Element element -> {
                place(element.aggregate());
                expression(element.index());
            }
            case Place.Swizzle swizzle -> place(swizzle.vector());
        }
    }

    /** The place at the bottom: a variable or a dereference. {@code *&place} is the place itself. */
    public static Place root(Place place) {
        return switch (place) {
            case Place.OfVariable variable -> variable;
            case Place.Dereference dereference ->
                dereference.pointer() instanceof TypedExpression.AddressOf address
                        ? root(address.place())
                        : dereference;
            case Place.Field field -> root(field.struct());
            case Place.Element element -> root(element.aggregate());
            case Place.Swizzle swizzle -> root(swizzle.vector());
        };
    }
}
