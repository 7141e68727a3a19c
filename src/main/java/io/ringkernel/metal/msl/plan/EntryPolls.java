package io.ringkernel.metal.msl.plan;

import io.ringkernel.metal.msl.ir.CallGraph;
import io.ringkernel.metal.msl.ir.FunctionCode;
import io.ringkernel.metal.msl.ir.IrWalk;
import io.ringkernel.metal.msl.ir.Stmt;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The functions that look whether their run is cancelled when they begin: those that can come back to themselves, and
 * those from which so many calls fan out that nobody would wait for them. Loops look by themselves.
 */
public final class EntryPolls {
    /** So many calls take far less than a millisecond. */
    private static final long MOST_CALLS = 1000;

    private final CallGraph<FunctionCode> graph = new CallGraph<>(EntryPolls::calls);
    private final Map<FunctionCode, Long> callsUntilPoll = new HashMap<>();
    private final Set<FunctionCode> polling = new HashSet<>();

    private EntryPolls() {}

    /** Those among all functions of a kernel. */
    public static Set<FunctionCode> of(List<FunctionCode> functions) {
        var polls = new EntryPolls();
        for (var function : functions) {
            polls.graph.componentsFrom(function).forEach(polls::decide);
        }
        return polls.polling;
    }

    private void decide(List<FunctionCode> together) {
        for (var function : together) {
            var calls = 1L;
            for (var callee : graph.calls(function)) {
                calls += callsUntilPoll.getOrDefault(callee, 1L);
            }
            if (calls > MOST_CALLS || graph.isRecursive(function, together)) {
                polling.add(function);
                calls = 1;
            }
            callsUntilPoll.put(function, calls);
        }
    }

    private static List<FunctionCode> calls(FunctionCode function) {
        var calls = new ArrayList<FunctionCode>();
        IrWalk.forEach(function.body(), statement -> {
            if (statement instanceof Stmt.Invoke invoke) {
                calls.add(invoke.function());
            }
        });
        return calls;
    }
}
