package io.ringkernel.metal.msl.lower;

import io.ringkernel.metal.msl.builtin.LibraryEnumerator;
import io.ringkernel.metal.msl.check.TypedExpression;
import io.ringkernel.metal.msl.ir.Expr;
import io.ringkernel.metal.msl.ir.Methods;
import io.ringkernel.metal.msl.ir.Stmt;
import java.util.ArrayList;

/** Lowers barriers and fences with the memory that they order (MSL specification, sections 6.9.1 and 6.15.3). */
final class SynchronizationLowering {
    /** {@code thread_scope_device}, which a fence has that names no scope. */
    private static final int DEVICE_SCOPE = LibraryEnumerator.valueOf("thread_scope_device");

    private final FunctionLowering function;

    SynchronizationLowering(FunctionLowering function) {
        this.function = function;
    }

    /** A barrier, unless nobody is there to wait for. */
    Value barrier(TypedExpression.CallBuiltin call) {
        var flags = function.expressions().lower(call.arguments().getFirst()).single();
        if (!function.program().options().loneThreads()) {
            var bits = flags instanceof Expr.Const known ? (int) known.bits() : LibraryEnumerator.ALL_MEMORY;
            function.code()
                    .add(new Stmt.Barrier(
                            call.builtin().method(), bits, call.position().line()));
        }
        return Value.NOTHING;
    }

    /** A call with flags, order and scope. */
    Value fence(TypedExpression.CallBuiltin call) {
        var line = call.position().line();
        var operands = new ArrayList<Expr>();
        function.expressions().lowerAll(call.arguments()).forEach(value -> operands.add(value.single()));
        if (operands.size() < call.builtin().method().type().parameterCount()) {
            operands.add(Expr.constant(DEVICE_SCOPE));
        }
        function.program().instrument().fence(operands, line, function.code().statements());
        function.code().add(new Stmt.Do(Methods.impure(call.builtin().method(), operands, line), line));
        return Value.NOTHING;
    }
}
