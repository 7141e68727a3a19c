package io.ringkernel.metal.msl.check.semantics;

import io.ringkernel.metal.msl.builtin.AddressSpace;
import io.ringkernel.metal.msl.builtin.ScalarType;
import io.ringkernel.metal.msl.builtin.Type;
import io.ringkernel.metal.msl.check.LibraryFunction;
import io.ringkernel.metal.msl.check.Place;
import io.ringkernel.metal.msl.check.TypedExpression;
import io.ringkernel.metal.msl.check.TypedFunction;
import io.ringkernel.metal.msl.check.TypedStatement;
import io.ringkernel.metal.msl.check.Variable;
import io.ringkernel.metal.msl.check.symbol.ClassSymbol;
import io.ringkernel.metal.msl.check.symbol.Symbol;
import io.ringkernel.metal.msl.syntax.SourcePosition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Calls through tables of visible functions. Such a call is one of a function that chooses, by the number in the
 * table's entry, among the program's visible functions of the table's signature.
 */
final class FunctionTables {
    private static final String TABLE = "visible_function_table";
    private static final String POINTER = "__function_pointer";

    private FunctionTables() {}

    /** Whether a class is an instance of the library's template of tables. */
    static boolean isTable(ClassSymbol symbol) {
        return isInstance(symbol, TABLE);
    }

    /** Whether a function without a body is the call operator of an entry. */
    static boolean isCall(Symbol.Function function) {
        return function.owner() != null
                && isInstance(function.owner(), POINTER)
                && function.name().equals("operator()");
    }

    private static boolean isInstance(ClassSymbol symbol, String template) {
        return symbol.origin() != null
                && symbol.origin().name().equals(template)
                && symbol.origin().declaration().position().file().equals(Prelude.FUNCTIONS);
    }

    /** The body of an entry's call operator. */
    static TypedStatement.Block body(Symbol.Function function, List<LibraryFunction> functions) {
        var typed = function.typed();
        var position = typed.position();
        var self = typed.parameters().getFirst();
        var arguments = typed.parameters().subList(1, typed.parameters().size());
        var cases = new ArrayList<TypedStatement.Case>();
        int number = 0;
        for (var each : functions) {
            if (each instanceof LibraryFunction.Visible(var _, var visible)) {
                number++;
                if (hasSignature(visible, arguments, typed.returnType())) {
                    cases.add(
                            new TypedStatement.Case(List.of((long) number), false, call(visible, arguments, position)));
                }
            }
        }
        var selection = new TypedStatement.Switch(number(self, position), cases, position);
        return new TypedStatement.Block(List.of(selection, fault(position)), position);
    }

    private static boolean hasSignature(TypedFunction function, List<Variable> arguments, Type result) {
        return function.returnType().equals(result)
                && function.parameters().stream()
                        .map(Variable::type)
                        .toList()
                        .equals(arguments.stream().map(Variable::type).toList());
    }

    private static List<TypedStatement> call(
            TypedFunction function, List<Variable> arguments, SourcePosition position) {
        var values = arguments.stream()
                .map(argument -> Trees.read(argument, position))
                .toList();
        var call = new TypedExpression.Call(function, values, position);
        var isVoid = function.returnType().equals(Trees.VOID);
        return isVoid
                ? List.of(
                        new TypedStatement.Evaluate(call, position),
                        new TypedStatement.Return(Optional.empty(), position))
                : List.of(new TypedStatement.Return(Optional.of(call), position));
    }

    private static TypedExpression number(Variable self, SourcePosition position) {
        var entry = new Place.Dereference(Trees.read(self, position));
        var field = ((Type.Struct) entry.type()).fields().getFirst();
        return new TypedExpression.Load(new Place.Field(entry, field), position);
    }

    /** An entry that holds no function of the signature: a load through a null pointer, which is a fault. */
    private static TypedStatement fault(SourcePosition position) {
        var pointer = new Type.Pointer(new Type.Scalar(ScalarType.UINT), AddressSpace.DEVICE, true);
        var nothing = new Place.Dereference(new TypedExpression.NullPointer(pointer, position));
        return new TypedStatement.Evaluate(new TypedExpression.Load(nothing, position), position);
    }
}
