package io.ringkernel.metal.msl.lower;

import io.ringkernel.metal.msl.builtin.ScalarType;
import io.ringkernel.metal.msl.builtin.Type;
import io.ringkernel.metal.msl.check.TypedExpression;
import io.ringkernel.metal.msl.ir.Expr;
import io.ringkernel.metal.msl.ir.Methods;
import io.ringkernel.metal.msl.ir.Opcode;
import io.ringkernel.metal.msl.ir.Ops;
import io.ringkernel.metal.msl.ir.Slot;
import io.ringkernel.metal.msl.ir.Stmt;
import java.util.ArrayList;
import java.util.List;

/**
 * Lowers atomic functions. Every operation is ordered at least as asked; what an order asks for matters to instrumented
 * code alone.
 */
final class AtomicLowering {
    private final FunctionLowering function;

    AtomicLowering(FunctionLowering function) {
        this.function = function;
    }

    /** The object's pointer is two operands; a value is the third. */
    Value lower(TypedExpression.CallBuiltin call) {
        var line = call.position().line();
        var method = call.builtin().method();
        var count = method.type().parameterCount() - 1;
        var operands = new ArrayList<Expr>();
        function.expressions()
                .lowerAll(call.arguments().subList(0, count))
                .forEach(value -> operands.addAll(value.parts()));
        check(call, operands, line);
        var expression = Methods.impure(method, operands, line);
        if (ProgramLowering.isVoid(call.type())) {
            function.code().add(new Stmt.Do(expression, line));
            return Value.NOTHING;
        }
        var result = function.code().temporary(expression.slot());
        function.code().add(new Stmt.Set(result, expression, line));
        Expr local = new Expr.Local(result);
        var isBool = valueType(call) == ScalarType.BOOL;
        return Value.of(isBool ? Scalars.convert(ScalarType.INT, ScalarType.BOOL, local) : local);
    }

    /** Lets instrumented code tell of the object, which is the first two operands. */
    private void check(TypedExpression.CallBuiltin call, List<Expr> operands, int line) {
        var effect = effect(call.builtin().name());
        var object = valueType(call).byteSize();
        var offset = function.program()
                .instrument()
                .atomicOffset(operands.get(0), operands.get(1), Math.max(object, Integer.BYTES), effect, line);
        operands.set(1, offset);
    }

    /** 1 reads, 2 writes, 3 does both. */
    private static int effect(String name) {
        return name.startsWith("atomic_load") ? 1 : name.startsWith("atomic_store") ? 2 : 3;
    }

    private static ScalarType valueType(TypedExpression.CallBuiltin call) {
        var pointer = (Type.Pointer) call.arguments().getFirst().type();
        return ((Type.Atomic) pointer.pointee()).value();
    }

    /** Compares bits, as the specification says; stores what was there when it differs. */
    Value compare(TypedExpression.CallBuiltin call) {
        var line = call.position().line();
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
        var witness = code.temporary(Slot.INT);
        var operands = new ArrayList<>(List.of(object.get(0), object.get(1), old, desired));
        check(call, operands, line);
        code.add(new Stmt.Set(witness, Methods.impure(call.builtin().method(), operands, line), line));
        var found = new Expr.Local(witness);
        var equal = code.capture(Ops.binary(Opcode.IEQ, found, old), line);
        var update = code.nested(() -> function.places().store(expected, Value.of(fromInt(type, found)), line));
        code.add(new Stmt.If(Ops.not(equal), update, List.of(), line));
        return Value.of(equal);
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
