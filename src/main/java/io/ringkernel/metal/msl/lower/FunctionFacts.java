package io.ringkernel.metal.msl.lower;

import io.ringkernel.metal.msl.builtin.AddressSpace;
import io.ringkernel.metal.msl.builtin.Builtin;
import io.ringkernel.metal.msl.builtin.Type;
import io.ringkernel.metal.msl.check.Place;
import io.ringkernel.metal.msl.check.TypedExpression;
import io.ringkernel.metal.msl.check.TypedFunction;
import io.ringkernel.metal.msl.check.TypedStatement;
import io.ringkernel.metal.msl.check.TypedWalk;
import io.ringkernel.metal.msl.check.Variable;
import io.ringkernel.metal.msl.ir.CallGraph;
import io.ringkernel.metal.msl.ir.Slot;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the code generator decides about functions before it lowers them: which are inlined, and which of their pointer
 * parameters then stand for the caller's variable itself, so that it need not live in memory.
 */
final class FunctionFacts {
    private static final int SMALL = 60;
    private static final int SMALL_WITH_POINTERS = 400;

    /** Small functions that call small functions twice add up to a large one. */
    private static final int MOST_EXPANDED = 20_000;

    /** A method of the JVM has at most 255 words of parameters. */
    private static final int PARAMETER_WORDS = 250;

    private final CallGraph<TypedFunction> graph = new CallGraph<>(FunctionFacts::calls);
    private final Map<TypedFunction, Facts> facts = new IdentityHashMap<>();
    private final Map<Variable, Boolean> aliases = new IdentityHashMap<>();

    /** {@code weight} counts nodes, small functions included; {@code expanded} includes every inlined one. */
    private record Facts(int weight, long expanded, boolean needsKernel, boolean recursive) {}

    /**
     * Whether the function, or what it calls, needs what a kernel's own method has: the threads of its group (barriers,
     * lane exchange), threadgroup variables, or what the dispatch gives variables at program scope.
     */
    boolean needsKernel(TypedFunction function) {
        return of(function).needsKernel;
    }

    /** Whether calls of the function are replaced by its body. */
    boolean isInlined(TypedFunction function) {
        var f = of(function);
        if (f.recursive) {
            return false;
        }
        var pointers = function.parameters().stream().anyMatch(FunctionFacts::isThreadPointer);
        return f.needsKernel
                || f.weight <= (pointers ? SMALL_WITH_POINTERS : SMALL) && f.expanded <= MOST_EXPANDED
                || words(function) > PARAMETER_WORDS;
    }

    private static int words(TypedFunction function) {
        return function.parameters().stream()
                .flatMap(parameter -> Leaf.slots(parameter.type()).stream())
                .mapToInt(slot -> slot == Slot.LONG ? 2 : 1)
                .sum();
    }

    boolean isRecursive(TypedFunction function) {
        return of(function).recursive;
    }

    private static boolean isThreadPointer(Variable variable) {
        return variable.type() instanceof Type.Pointer pointer && pointer.space() == AddressSpace.THREAD;
    }

    /** Whether a parameter of an inlined function is only dereferenced, with places that need no address. */
    boolean isAlias(TypedFunction function, int parameter) {
        var variable = function.parameters().get(parameter);
        if (!isThreadPointer(variable) || !isInlined(function)) {
            return false;
        }
        var known = aliases.get(variable);
        if (known != null) {
            return known;
        }
        aliases.put(variable, false);
        var scan = new AliasScan(variable);
        scan.statement(function.body());
        aliases.put(variable, !scan.escapes);
        return !scan.escapes;
    }

    /** How many nodes the function has with all that becomes part of it. */
    long expandedNodes(TypedFunction function) {
        return of(function).expanded;
    }

    private Facts of(TypedFunction function) {
        if (!facts.containsKey(function)) {
            graph.componentsFrom(function).forEach(this::compute);
        }
        return facts.get(function);
    }

    /** {@code together} can call each other; what else they call is known. */
    private void compute(List<TypedFunction> together) {
        var scans = together.stream()
                .map(function -> new FactScan(function, together))
                .toList();
        boolean needsKernel = scans.stream().anyMatch(scan -> scan.needsKernel);
        for (var scan : scans) {
            boolean recursive = graph.isRecursive(scan.function, together);
            facts.put(scan.function, new Facts(scan.weight, scan.expanded, needsKernel, recursive));
        }
    }

    private static List<TypedFunction> calls(TypedFunction function) {
        var found = new ArrayList<TypedFunction>();
        new TypedWalk() {
            @Override
            public void expression(TypedExpression expression) {
                if (expression instanceof TypedExpression.Call call) {
                    found.add(call.function());
                }
                super.expression(expression);
            }
        }.statement(function.body());
        return found;
    }

    private final class FactScan extends TypedWalk {
        private final TypedFunction function;
        private int weight;
        private long expanded;
        private boolean needsKernel;

        private FactScan(TypedFunction function, List<TypedFunction> together) {
            this.function = function;
            statement(function.body());
            expanded = weight;
            for (var callee : graph.calls(function)) {
                if (!together.contains(callee)) {
                    call(callee);
                }
            }
        }

        @Override
        public void statement(TypedStatement statement) {
            if (statement instanceof TypedStatement.Declare declare) {
                needsKernel |= declare.variable().space() == AddressSpace.THREADGROUP;
            }
            super.statement(statement);
        }

        @Override
        public void expression(TypedExpression expression) {
            weight++;
            if (expression instanceof TypedExpression.CallBuiltin call) {
                var kind = call.builtin().kind();
                needsKernel |= kind.isCollective() || kind == Builtin.Kind.INPUT;
            }
            super.expression(expression);
        }

        @Override
        public void place(Place place) {
            needsKernel |= place instanceof Place.OfVariable(var variable) && variable.isFromDispatch();
            super.place(place);
        }

        private void call(TypedFunction callee) {
            var known = facts.get(callee);
            needsKernel |= known.needsKernel;
            var part = known.weight <= SMALL ? known.weight : 2;
            weight = (int) Math.min(Integer.MAX_VALUE / 2, (long) weight + part);
            expanded = Math.min(Integer.MAX_VALUE, expanded + (isInlined(callee) ? known.expanded : 2));
        }
    }

    /** Looks for a use of a pointer parameter that needs a real pointer. */
    private final class AliasScan extends TypedWalk {
        private final Variable parameter;
        private boolean escapes;

        private AliasScan(Variable parameter) {
            this.parameter = parameter;
        }

        private boolean isParameter(TypedExpression expression) {
            return expression instanceof TypedExpression.Load load
                    && load.place() instanceof Place.OfVariable variable
                    && variable.variable() == parameter;
        }

        @Override
        public void expression(TypedExpression expression) {
            switch (expression) {
                case TypedExpression.Call call -> arguments(call);
                case TypedExpression.AddressOf address when isRooted(address.place()) -> escapes = true;
                case TypedExpression.Assign assign when isVariable(assign.place()) -> escapes = true;
                case TypedExpression.Update update when isVariable(update.place()) -> escapes = true;
                default -> {
                    escapes |= isParameter(expression);
                    super.expression(expression);
                }
            }
        }

        private void arguments(TypedExpression.Call call) {
            for (int i = 0; i < call.arguments().size(); i++) {
                var argument = call.arguments().get(i);
                if (!isAlias(call.function(), i)) {
                    expression(argument);
                } else if (argument instanceof TypedExpression.AddressOf address) {
                    place(address.place());
                } else if (!isParameter(argument)) {
                    expression(argument);
                }
            }
        }

        private boolean isVariable(Place place) {
            return place instanceof Place.OfVariable variable && variable.variable() == parameter;
        }

        private boolean isRooted(Place place) {
            return root(place) instanceof Place.Dereference dereference && isParameter(dereference.pointer());
        }

        @Override
        public void place(Place place) {
            if (place instanceof Place.Dereference dereference && isParameter(dereference.pointer())) {
                escapes |= !Leaf.isFlat(place.type());
                return;
            }
            if (place instanceof Place.Element element && isRooted(element.aggregate())) {
                escapes |= VariableFacts.needsMemory(element);
            }
            super.place(place);
        }
    }
}
