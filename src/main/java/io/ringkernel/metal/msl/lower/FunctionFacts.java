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
import io.ringkernel.metal.msl.ir.Slot;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;

/**
 * What the code generator decides about functions before it lowers them: which are inlined, and which of their pointer
 * parameters then stand for the caller's variable itself, so that it need not live in memory.
 */
final class FunctionFacts {
    private static final int SMALL = 60;
    private static final int SMALL_WITH_POINTERS = 400;

    /** A method of the JVM has at most 255 words of parameters. */
    private static final int PARAMETER_WORDS = 250;

    private final Map<TypedFunction, Facts> facts = new IdentityHashMap<>();
    private final Map<Variable, Boolean> aliases = new IdentityHashMap<>();

    /** {@code weight} counts nodes, inlined functions included. */
    private record Facts(int weight, boolean needsKernel, boolean recursive) {}

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
                || f.weight <= (pointers ? SMALL_WITH_POINTERS : SMALL)
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

    private Facts of(TypedFunction function) {
        var known = facts.get(function);
        return known != null ? known : compute(function, new HashSet<>());
    }

    private Facts compute(TypedFunction function, Set<TypedFunction> callers) {
        var known = facts.get(function);
        if (known != null) {
            return known;
        }
        callers.add(function);
        var scan = new FactScan(callers);
        scan.statement(function.body());
        callers.remove(function);
        var result = new Facts(scan.weight, scan.needsKernel, scan.callees.contains(function));
        facts.put(function, result);
        return result;
    }

    private final class FactScan extends TypedWalk {
        private final Set<TypedFunction> callers;
        private final Set<TypedFunction> callees = new HashSet<>();
        private int weight;
        private boolean needsKernel;

        private FactScan(Set<TypedFunction> callers) {
            this.callers = callers;
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
            } else if (expression instanceof TypedExpression.Call call) {
                call(call.function());
            }
            super.expression(expression);
        }

        @Override
        public void place(Place place) {
            needsKernel |= place instanceof Place.OfVariable(var variable) && variable.isFromDispatch();
            super.place(place);
        }

        private void call(TypedFunction function) {
            callees.add(function);
            if (callers.contains(function)) {
                return;
            }
            callees.addAll(reachable(function, new HashSet<>()));
            var callee = compute(function, callers);
            needsKernel |= callee.needsKernel;
            weight =
                    (int) Math.min(Integer.MAX_VALUE / 2, (long) weight + (callee.weight <= SMALL ? callee.weight : 2));
        }
    }

    private static Set<TypedFunction> reachable(TypedFunction from, Set<TypedFunction> seen) {
        if (seen.add(from)) {
            new TypedWalk() {
                @Override
                public void expression(TypedExpression expression) {
                    if (expression instanceof TypedExpression.Call call) {
                        reachable(call.function(), seen);
                    }
                    super.expression(expression);
                }
            }.statement(from.body());
        }
        return seen;
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
