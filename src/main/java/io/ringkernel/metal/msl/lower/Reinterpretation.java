package io.ringkernel.metal.msl.lower;

import io.ringkernel.metal.msl.builtin.ScalarType;
import io.ringkernel.metal.msl.builtin.Type;
import io.ringkernel.metal.msl.check.TypedExpression;
import io.ringkernel.metal.msl.ir.Expr;
import io.ringkernel.metal.msl.ir.Methods;
import io.ringkernel.metal.msl.ir.Opcode;
import io.ringkernel.metal.msl.ir.Ops;
import java.util.ArrayList;
import java.util.List;

/** Lowers {@code as_type} and pointer casts: the same bytes as another type. */
final class Reinterpretation {
    private final FunctionLowering function;

    Reinterpretation(FunctionLowering function) {
        this.function = function;
    }

    Value lower(TypedExpression.Reinterpret reinterpret) {
        var line = reinterpret.position().line();
        var value = function.expressions().lower(reinterpret.operand());
        var from = reinterpret.operand().type();
        var to = reinterpret.type();
        if (from instanceof Type.Pointer source && to instanceof Type.Pointer target) {
            return pointer(value, source, target, line);
        }
        if (from instanceof Type.Pointer) {
            return Value.of(Methods.address(value.parts().get(0), value.parts().get(1)));
        }
        if (to instanceof Type.Pointer target) {
            var address = function.code().capture(value.single(), line);
            return Value.of(function.expressions().pointerFromAddress(target, address, line));
        }
        if (!Leaf.isFlat(from) || !Leaf.isFlat(to)) {
            return throughMemory(value, from, to, line);
        }
        return bits(value.parts(), Leaf.of(from), Leaf.of(to), line);
    }

    private Value pointer(Value value, Type.Pointer source, Type.Pointer target, int line) {
        if (target.pointee().alignment() <= source.pointee().alignment() || ProgramLowering.isVoid(target.pointee())) {
            return value;
        }
        var captured = function.code().captureAll(value.parts(), line);
        function.expressions().requireAligned(target, captured.get(0), captured.get(1), line);
        return Value.of(captured);
    }

    private Value throughMemory(Value value, Type from, Type to, int line) {
        var memory = function.allocate(from.byteSize() >= to.byteSize() ? from : to, line);
        var source = new Ref.Memory(memory.segment(), memory.offset(), from);
        function.places().store(source, value, line);
        var target = new Ref.Memory(memory.segment(), memory.offset(), to);
        return function.places().load(target, line);
    }

    private Value bits(List<Expr> parts, List<Leaf> from, List<Leaf> to, int line) {
        var captured = function.code().captureAll(parts, line);
        var results = new ArrayList<Expr>();
        for (var target : to) {
            results.add(gather(captured, from, target));
        }
        return Value.of(results);
    }

    /** The leaf made of the bytes that it shares with the source's leaves; bytes that nothing covers are 0. */
    private static Expr gather(List<Expr> parts, List<Leaf> from, Leaf target) {
        var type = ((Type.Scalar) target.type()).kind();
        Expr bits = Expr.constant(0L);
        for (int i = 0; i < from.size(); i++) {
            var source = from.get(i);
            var sourceType = ((Type.Scalar) source.type()).kind();
            var distance = source.offset() - target.offset();
            if (distance == 0 && is32(sourceType) && is32(type)) {
                return direct(sourceType, type, parts.get(i));
            }
            if (distance < type.byteSize() && -distance < sourceType.byteSize()) {
                var raw = Scalars.toBits(sourceType, parts.get(i));
                var moved = distance >= 0
                        ? Ops.binary(Opcode.LSHL, raw, Expr.constant(distance * 8))
                        : Ops.binary(Opcode.LUSHR, raw, Expr.constant(-distance * 8));
                bits = Ops.binary(Opcode.LOR, bits, moved);
            }
        }
        return Scalars.fromBits(type, bits);
    }

    private static boolean is32(ScalarType type) {
        return type.byteSize() == 4;
    }

    private static Expr direct(ScalarType from, ScalarType to, Expr value) {
        if (from.isFloating() == to.isFloating()) {
            return value;
        }
        return Ops.unary(from.isFloating() ? Opcode.FLOAT_BITS : Opcode.BITS_FLOAT, value);
    }
}
