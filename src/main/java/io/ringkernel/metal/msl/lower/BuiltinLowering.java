package io.ringkernel.metal.msl.lower;

import io.ringkernel.metal.msl.builtin.Library;
import io.ringkernel.metal.msl.builtin.LibraryCall;
import io.ringkernel.metal.msl.builtin.Type;
import io.ringkernel.metal.msl.check.Place;
import io.ringkernel.metal.msl.check.TypedExpression;
import io.ringkernel.metal.msl.ir.Expr;
import io.ringkernel.metal.msl.ir.Methods;
import io.ringkernel.metal.msl.ir.Stmt;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;

/** Lowers calls of the standard library. */
final class BuiltinLowering {
    private final FunctionLowering function;

    BuiltinLowering(FunctionLowering function) {
        this.function = function;
    }

    private Code code() {
        return function.code();
    }

    Value lower(TypedExpression.CallBuiltin call) {
        var line = call.position().line();
        return switch (call.builtin().kind()) {
            case ELEMENTWISE, REDUCTION, VECTOR, MATRIX, PACK -> components(call, line);
            case TWO_RESULTS -> twoResults(call, line);
            case ATOMIC -> new AtomicLowering(function).lower(call);
            case ATOMIC_COMPARE -> new AtomicLowering(function).compare(call);
            case FENCE -> new SynchronizationLowering(function).fence(call);
            case BARRIER, SIMDGROUP_BARRIER -> new SynchronizationLowering(function).barrier(call);
            case LOG -> {
                var operands = new ArrayList<Expr>();
                function.expressions().lowerAll(call.arguments()).forEach(value -> operands.addAll(value.parts()));
                code().add(new Stmt.Do(new Expr.Call(Methods.LOG, operands, true, false, line), line));
                yield Value.NOTHING;
            }
            case SIMDGROUP, QUADGROUP -> new LaneLowering(function).lower(call);
            case SIMDGROUP_VECTOR -> new LaneLowering(function).vector(call);
            case INPUT ->
                Value.of(function.inputs().orElseThrow().value(call.builtin().name()));
            case TEXTURE -> texture(call, line);
        };
    }

    /** The unit keeps the arguments of a call until its operation: the order of the source is that of the calls. */
    private Value texture(TypedExpression.CallBuiltin call, int line) {
        var operands = function.expressions().lowerAll(call.arguments()).stream()
                .flatMap(value -> value.parts().stream())
                .toList();
        var expression = new Expr.Call(call.builtin().method(), operands, true, false, line);
        if (ProgramLowering.isVoid(call.type())) {
            code().add(new Stmt.Do(expression, line));
            return Value.NOTHING;
        }
        var result = code().temporary(expression.slot());
        code().add(new Stmt.Set(result, expression, line));
        return Value.of(new Expr.Local(result));
    }

    private Value components(TypedExpression.CallBuiltin call, int line) {
        var arguments = function.expressions().lowerAll(call.arguments());
        var count = Leaf.slotCount(call.type());
        var calls = new ArrayList<LibraryCall>();
        for (int i = 0; i < count; i++) {
            calls.add(Library.component(call.builtin(), i));
        }
        return compute(call, calls, arguments, line);
    }

    private Value compute(TypedExpression.CallBuiltin call, List<LibraryCall> calls, List<Value> arguments, int line) {
        var operands = shared(calls, arguments, line);
        var element = ExpressionLowering.elementOf(call.type());
        var results = new ArrayList<Expr>();
        for (var one : calls) {
            var values = one.operands().stream()
                    .map(operand -> switch (operand) {
                        case LibraryCall.Component c ->
                            operands.get(c.argument()).get(c.index());
                        case LibraryCall.Literal literal -> Expr.constant(literal.value());
                    })
                    .toList();
            results.add(Scalars.round(element, Methods.pure(one.method(), values)));
        }
        return Value.of(results);
    }

    /** Arguments with every part that several calls use in a variable. */
    private List<List<Expr>> shared(List<LibraryCall> calls, List<Value> arguments, int line) {
        var uses = new HashMap<LibraryCall.Operand, Integer>();
        calls.forEach(call -> call.operands().forEach(operand -> uses.merge(operand, 1, Integer::sum)));
        var result = new ArrayList<List<Expr>>();
        for (int i = 0; i < arguments.size(); i++) {
            var parts = new ArrayList<Expr>();
            for (int k = 0; k < arguments.get(i).parts().size(); k++) {
                var part = arguments.get(i).parts().get(k);
                var count = uses.getOrDefault(new LibraryCall.Component(i, k), 0);
                parts.add(count > 1 ? code().capture(part, line) : part);
            }
            result.add(parts);
        }
        return result;
    }

    private Value twoResults(TypedExpression.CallBuiltin call, int line) {
        var last = call.arguments().size() - 1;
        var arguments = function.expressions().lowerAll(call.arguments().subList(0, last)).stream()
                .map(value -> Value.of(code().captureAll(value.parts(), line)))
                .toList();
        var scalars = call.arguments().subList(0, last).stream()
                .map(argument -> ExpressionLowering.elementOf(argument.type()))
                .toList();
        var secondType = ((Type.Pointer) call.arguments().get(last).type()).pointee();
        var second = Library.secondMethod(call.builtin().name(), scalars);
        var calls = new ArrayList<LibraryCall>();
        var seconds = new ArrayList<Expr>();
        for (int i = 0; i < Leaf.slotCount(call.type()); i++) {
            var index = i;
            calls.add(Library.component(call.builtin(), i));
            var operands =
                    arguments.stream().map(value -> value.parts().get(index)).toList();
            seconds.add(Scalars.round(ExpressionLowering.elementOf(secondType), Methods.pure(second, operands)));
        }
        var result = compute(call, calls, arguments, line);
        function.places().store(destination(call.arguments().get(last), line), Value.of(seconds), line);
        return result;
    }

    /** The place that a pointer argument of a library function points to. */
    private Ref destination(TypedExpression pointer, int line) {
        return destination(function, pointer, line);
    }

    static Ref destination(FunctionLowering function, TypedExpression pointer, int line) {
        var place = new Place.Dereference(pointer);
        return function.places().lower(place, line);
    }
}
