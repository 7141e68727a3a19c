package io.ringkernel.metal.msl.ir;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Which functions call which. It is walked without recursion (Tarjan's strongly connected components): chains of calls
 * are as long as a source makes them.
 */
public final class CallGraph<F> {
    private final Function<F, List<F>> scan;
    private final Map<F, List<F>> calls = new IdentityHashMap<>();
    private final Map<F, Visit<F>> visits = new IdentityHashMap<>();

    /** A function on the way: {@code low} is the earliest one that it leads back to. */
    private static final class Visit<F> {
        private final F function;
        private final int number;
        private int low;
        private int next;
        private boolean closed;

        private Visit(F function, int number) {
            this.function = function;
            this.number = number;
            low = number;
        }
    }

    /** {@code scan} finds the calls in a function's body, one by one. */
    public CallGraph(Function<F, List<F>> scan) {
        this.scan = scan;
    }

    /** The calls in a function's body, one by one. */
    public List<F> calls(F function) {
        return calls.computeIfAbsent(function, scan);
    }

    /** Whether a function that is in a component with others, or alone, can come back to itself. */
    public boolean isRecursive(F function, List<F> component) {
        return component.size() > 1 || calls(function).contains(function);
    }

    /**
     * The functions that one reaches and that no earlier call of this method gave, callees before their callers. Those
     * that can call each other, each through the others, are together.
     */
    public List<List<F>> componentsFrom(F root) {
        var components = new ArrayList<List<F>>();
        Deque<Visit<F>> path = new ArrayDeque<>();
        Deque<Visit<F>> open = new ArrayDeque<>();
        enter(root, path, open);
        while (!path.isEmpty()) {
            var visit = path.peek();
            var callees = calls(visit.function);
            if (visit.next < callees.size()) {
                var callee = callees.get(visit.next++);
                var known = visits.get(callee);
                if (known == null) {
                    enter(callee, path, open);
                } else if (!known.closed) {
                    visit.low = Math.min(visit.low, known.number);
                }
                continue;
            }
            path.pop();
            if (!path.isEmpty()) {
                path.peek().low = Math.min(path.peek().low, visit.low);
            }
            if (visit.low == visit.number) {
                components.add(close(visit, open));
            }
        }
        return components;
    }

    private void enter(F function, Deque<Visit<F>> path, Deque<Visit<F>> open) {
        var visit = new Visit<>(function, visits.size());
        visits.put(function, visit);
        path.push(visit);
        open.push(visit);
    }

    private static <F> List<F> close(Visit<F> first, Deque<Visit<F>> open) {
        var component = new ArrayList<F>();
        Visit<F> last;
        do {
            last = open.pop();
            last.closed = true;
            component.add(last.function);
        } while (last != first);
        return component;
    }
}
