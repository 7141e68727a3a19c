package io.ringkernel.metal.msl.lower;

import io.ringkernel.metal.msl.builtin.Builtin;
import io.ringkernel.metal.msl.builtin.Type;
import io.ringkernel.metal.msl.check.Place;
import io.ringkernel.metal.msl.check.TypedExpression;
import io.ringkernel.metal.msl.check.TypedFunction;
import io.ringkernel.metal.msl.check.TypedWalk;
import io.ringkernel.metal.msl.check.Variable;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;

/** Which variables of a function are written after their declaration, and which must live in memory. */
final class VariableFacts {
    private final FunctionFacts functions;
    private final Set<TypedFunction> included = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Set<Variable> written = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Set<Variable> inMemory = Collections.newSetFromMap(new IdentityHashMap<>());

    VariableFacts(FunctionFacts functions) {
        this.functions = functions;
    }

    /** Adds what a function's body does with its variables. */
    void include(TypedFunction function) {
        if (included.add(function)) {
            new Scan().statement(function.body());
        }
    }

    /** Adds what an initialiser at program scope does. */
    void include(TypedExpression expression) {
        new Scan().expression(expression);
    }

    boolean isWritten(Variable variable) {
        return written.contains(variable);
    }

    boolean isInMemory(Variable variable) {
        return inMemory.contains(variable) || !Leaf.isFlat(variable.type());
    }

    /** Whether an index that is not constant selects among variables: only cheap for the components of a vector. */
    static boolean needsMemory(Place.Element element) {
        return !(element.index() instanceof TypedExpression.Constant)
                && !(element.aggregate().type() instanceof Type.Vector);
    }

    private final class Scan extends TypedWalk {

        @Override
        public void expression(TypedExpression expression) {
            switch (expression) {
                case TypedExpression.Assign assign -> {
                    write(assign.place());
                    super.expression(assign);
                }
                case TypedExpression.Update update -> {
                    write(update.place());
                    super.expression(update);
                }
                case TypedExpression.AddressOf address -> {
                    if (TypedWalk.root(address.place()) instanceof Place.OfVariable variable) {
                        inMemory.add(variable.variable());
                    }
                    super.expression(address);
                }
                case TypedExpression.Call call -> call(call);
                case TypedExpression.CallBuiltin call -> call(call);
                default -> super.expression(expression);
            }
        }

        private void call(TypedExpression.Call call) {
            for (int i = 0; i < call.arguments().size(); i++) {
                var argument = call.arguments().get(i);
                if (argument instanceof TypedExpression.AddressOf address && functions.isAlias(call.function(), i)) {
                    write(address.place());
                    place(address.place());
                } else {
                    expression(argument);
                }
            }
        }

        /** A result that a library function stores through a pointer goes straight into the variable. */
        private void call(TypedExpression.CallBuiltin call) {
            for (var argument : call.arguments()) {
                if (argument instanceof TypedExpression.AddressOf address
                        && storesThroughPointer(call.builtin(), argument)) {
                    write(address.place());
                    place(address.place());
                } else {
                    expression(argument);
                }
            }
        }

        private void write(Place place) {
            if (TypedWalk.root(place) instanceof Place.OfVariable variable) {
                written.add(variable.variable());
            }
        }

        @Override
        public void place(Place place) {
            if (place instanceof Place.Dereference dereference
                    && dereference.pointer() instanceof TypedExpression.AddressOf address) {
                place(address.place());
                return;
            }
            if (place instanceof Place.Element element
                    && needsMemory(element)
                    && TypedWalk.root(element) instanceof Place.OfVariable variable) {
                inMemory.add(variable.variable());
            }
            super.place(place);
        }
    }

    private static boolean storesThroughPointer(Builtin builtin, TypedExpression argument) {
        return switch (builtin.kind()) {
            case TWO_RESULTS -> true;
            case ATOMIC_COMPARE ->
                argument.type() instanceof Type.Pointer pointer && !(pointer.pointee() instanceof Type.Atomic);
            default -> false;
        };
    }
}
