package io.ringkernel.metal.msl.check.semantics;

import io.ringkernel.metal.msl.check.TypedExpression;
import io.ringkernel.metal.msl.check.TypedFunction;
import io.ringkernel.metal.msl.check.TypedWalk;
import io.ringkernel.metal.msl.syntax.Diagnostics;
import io.ringkernel.metal.msl.syntax.SourcePosition;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Functions that call themselves, directly or through others, which Metal has from version 2.4 on. */
final class Recursion {
    private record Call(TypedFunction target, SourcePosition position) {}

    private final Diagnostics diagnostics;
    private final Map<TypedFunction, Boolean> finished = new HashMap<>();

    private Recursion(Diagnostics diagnostics) {
        this.diagnostics = diagnostics;
    }

    /** Reports a call that closes a circle. */
    static void refuse(List<TypedFunction> functions, Diagnostics diagnostics) {
        var search = new Recursion(diagnostics);
        functions.forEach(search::visit);
    }

    private void visit(TypedFunction function) {
        if (finished.putIfAbsent(function, false) != null) {
            return;
        }
        for (var call : calls(function)) {
            visit(call.target());
            if (!finished.get(call.target())) {
                diagnostics.error(
                        call.position(),
                        "recursive call of '" + call.target().name()
                                + "' requires Metal language standard macos-metal2.4 or higher");
            }
        }
        finished.put(function, true);
    }

    private static List<Call> calls(TypedFunction function) {
        var calls = new ArrayList<Call>();
        new TypedWalk() {
            @Override
            public void expression(TypedExpression expression) {
                if (expression instanceof TypedExpression.Call call) {
                    calls.add(new Call(call.function(), call.position()));
                }
                super.expression(expression);
            }
        }.statement(function.body());
        return calls;
    }
}
