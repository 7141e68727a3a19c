package io.ringkernel.metal.msl.lower;

import io.ringkernel.metal.msl.builtin.LibraryMethod;
import io.ringkernel.metal.msl.builtin.ScalarType;
import io.ringkernel.metal.msl.builtin.Type;
import io.ringkernel.metal.msl.check.TypedExpression;
import io.ringkernel.metal.msl.ir.Expr;
import io.ringkernel.metal.msl.ir.Methods;
import io.ringkernel.metal.msl.ir.Opcode;
import io.ringkernel.metal.msl.ir.Ops;
import io.ringkernel.metal.msl.ir.Slot;
import io.ringkernel.metal.msl.ir.Stmt;
import io.ringkernel.metal.msl.run.Atomics;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Lowers atomic functions. Memory orders are not looked at: every operation is ordered at least as asked. */
final class AtomicLowering {
    /** The method of {@link Atomics} by the middle of the function's name. */
    private static final Map<String, String> METHODS = Map.ofEntries(
            Map.entry("load", "load"),
            Map.entry("store", "store"),
            Map.entry("exchange", "exchange"),
            Map.entry("fetch_add", "add"),
            Map.entry("fetch_sub", "subtract"),
            Map.entry("fetch_and", "and"),
            Map.entry("fetch_or", "or"),
            Map.entry("fetch_xor", "xor"),
            Map.entry("fetch_min", "min"),
            Map.entry("fetch_max", "max"),
            Map.entry("min", "min"),
            Map.entry("max", "max"));

    private static final String COMPARE_EXCHANGE = "atomic_compare_exchange_weak_explicit";

    private final FunctionLowering function;

    AtomicLowering(FunctionLowering function) {
        this.function = function;
    }

    Value lower(TypedExpression.CallBuiltin call) {
        var line = call.position().line();
        var name = call.builtin().name();
        if (name.equals(COMPARE_EXCHANGE)) {
            return Value.of(compareExchange(call, line));
        }
        var operation = name.substring("atomic_".length(), name.length() - "_explicit".length());
        var value = valueType(call);
        var arguments = new ArrayList<>(call.arguments().subList(0, operation.equals("load") ? 1 : 2));
        var operands = function.expressions().lowerAll(arguments).stream()
                .flatMap(v -> v.parts().stream())
                .toList();
        var expression = Methods.impure(method(METHODS.get(operation), value, call, operands.size()), operands, line);
        if (ProgramLowering.isVoid(call.type())) {
            function.code().add(new Stmt.Do(expression, line));
            return Value.NOTHING;
        }
        var result = function.code().temporary(expression.slot());
        function.code().add(new Stmt.Set(result, expression, line));
        Expr local = new Expr.Local(result);
        return Value.of(value == ScalarType.BOOL ? Scalars.convert(ScalarType.INT, ScalarType.BOOL, local) : local);
    }

    private static ScalarType valueType(TypedExpression.CallBuiltin call) {
        var pointer = (Type.Pointer) call.arguments().getFirst().type();
        return ((Type.Atomic) pointer.pointee()).value();
    }

    private static LibraryMethod method(
            String base, ScalarType value, TypedExpression.CallBuiltin call, int operandCount) {
        var extremum = base.equals("min") || base.equals("max");
        var suffix = switch (value) {
            case FLOAT -> "Float";
            case ULONG -> "UnsignedLong";
            case UINT -> extremum ? "Unsigned" : "";
            default -> "";
        };
        var carrier = value.carrier();
        var parameters = new ArrayList<Class<?>>(List.of(MemorySegment.class, long.class));
        if (operandCount > 2) {
            parameters.add(carrier);
        }
        var result = ProgramLowering.isVoid(call.type()) ? void.class : carrier;
        return Methods.method(Atomics.class, base + suffix, result, parameters.toArray(Class<?>[]::new));
    }

    /** Compares bits, as the specification says; stores what was there when it differs. */
    private Expr compareExchange(TypedExpression.CallBuiltin call, int line) {
        var code = function.code();
        var type = valueType(call);
        var values = function.expressions()
                .lowerAll(List.of(call.arguments().get(0), call.arguments().get(2)));
        var object = code.captureAll(values.get(0).parts(), line);
        var desired = code.capture(asInt(type, values.get(1).single()), line);
        var expected = function.places()
                .stable(BuiltinLowering.destination(function, call.arguments().get(1), line), line);
        var old =
                code.capture(asInt(type, function.places().load(expected, line).single()), line);
        var method = Methods.method(
                Atomics.class, "compareExchange", int.class, MemorySegment.class, long.class, int.class, int.class);
        var witness = code.temporary(Slot.INT);
        var operands = List.of(object.get(0), object.get(1), old, desired);
        code.add(new Stmt.Set(witness, Methods.impure(method, operands, line), line));
        var found = new Expr.Local(witness);
        var equal = code.capture(Ops.binary(Opcode.IEQ, found, old), line);
        var update = code.nested(() -> function.places().store(expected, Value.of(fromInt(type, found)), line));
        code.add(new Stmt.If(Ops.not(equal), update, List.of(), line));
        return equal;
    }

    private static Expr asInt(ScalarType type, Expr value) {
        return type == ScalarType.FLOAT ? Ops.unary(Opcode.FLOAT_BITS, value) : value;
    }

    private static Expr fromInt(ScalarType type, Expr value) {
        return switch (type) {
            case FLOAT -> Ops.unary(Opcode.BITS_FLOAT, value);
            case BOOL -> Scalars.convert(ScalarType.INT, ScalarType.BOOL, value);
            default -> value;
        };
    }
}
