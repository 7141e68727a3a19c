package io.ringkernel.metal.msl.lower;

import io.ringkernel.metal.msl.builtin.Builtin;
import io.ringkernel.metal.msl.check.TypedExpression;
import io.ringkernel.metal.msl.ir.Expr;
import io.ringkernel.metal.msl.ir.Slot;
import io.ringkernel.metal.msl.ir.Stmt;
import io.ringkernel.metal.msl.ir.Stmt.Exchange.Operand;
import io.ringkernel.metal.msl.ir.Var;
import io.ringkernel.metal.msl.run.Lanes;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.List;

/** Lowers the functions of SIMD-groups and quads to {@link Stmt.Exchange}s, one per component. */
final class LaneLowering {
    /** The parameters that every method has: the state and the number of the lanes, and the width of a group. */
    private static final int FIRST_ARGUMENT = 3;

    private final FunctionLowering function;

    LaneLowering(FunctionLowering function) {
        this.function = function;
    }

    Value lower(TypedExpression.CallBuiltin call) {
        var line = call.position().line();
        var count = Leaf.slotCount(call.type());
        var byLane = byLane(call.builtin().method().type());
        var arguments = arguments(call, byLane, count, line);
        var results = new ArrayList<Expr>();
        for (int i = 0; i < count; i++) {
            var operands = new ArrayList<Operand>();
            for (int k = 0; k < arguments.size(); k++) {
                var parts = arguments.get(k);
                operands.add(new Operand(parts.get(byLane.get(k) ? i : 0), byLane.get(k)));
            }
            results.addAll(exchange(call, operands, 1));
        }
        return Value.of(results);
    }

    /** All components at once. */
    Value vector(TypedExpression.CallBuiltin call) {
        var operands = function.expressions().lowerAll(call.arguments()).stream()
                .flatMap(value -> value.parts().stream())
                .map(part -> new Operand(part, true))
                .toList();
        return Value.of(exchange(call, operands, Leaf.slotCount(call.type())));
    }

    private List<Expr> exchange(TypedExpression.CallBuiltin call, List<Operand> operands, int resultCount) {
        var element = ExpressionLowering.elementOf(call.type());
        var variables = new ArrayList<Var>();
        for (int i = 0; i < resultCount; i++) {
            variables.add(new Var("lanes", Slot.of(element), true));
        }
        var builtin = call.builtin();
        var width = builtin.kind() == Builtin.Kind.QUADGROUP ? Lanes.QUAD_WIDTH : Lanes.SIMD_WIDTH;
        function.code()
                .add(new Stmt.Exchange(
                        builtin.method(),
                        width,
                        operands,
                        variables,
                        call.position().line()));
        return variables.stream()
                .map(variable -> Scalars.normalize(element, new Expr.Local(variable)))
                .toList();
    }

    /** Which arguments are data: the others are an array and a value for all. */
    private static List<Boolean> byLane(MethodType type) {
        var result = new ArrayList<Boolean>();
        var last = type.parameterCount() - 1;
        for (int i = FIRST_ARGUMENT; i < last; i++) {
            var isShared = !type.parameterType(i + 1).isArray();
            result.add(!isShared);
            i += isShared ? 1 : 0;
        }
        return result;
    }

    /** The parts of the arguments; what several exchanges share is in variables. */
    private List<List<Expr>> arguments(
            TypedExpression.CallBuiltin call, List<Boolean> byLane, int exchanges, int line) {
        var arguments = new ArrayList<List<Expr>>();
        var values = function.expressions().lowerAll(call.arguments());
        for (int i = 0; i < values.size(); i++) {
            var parts = values.get(i).parts();
            arguments.add(!byLane.get(i) && exchanges > 1 ? function.code().captureAll(parts, line) : parts);
        }
        return arguments;
    }
}
