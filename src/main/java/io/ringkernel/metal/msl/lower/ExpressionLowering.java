package io.ringkernel.metal.msl.lower;

import io.ringkernel.metal.msl.builtin.ScalarType;
import io.ringkernel.metal.msl.builtin.Type;
import io.ringkernel.metal.msl.check.FunctionConstant;
import io.ringkernel.metal.msl.check.TypedExpression;
import io.ringkernel.metal.msl.check.TypedWalk;
import io.ringkernel.metal.msl.ir.Expr;
import io.ringkernel.metal.msl.ir.Methods;
import io.ringkernel.metal.msl.ir.Opcode;
import io.ringkernel.metal.msl.ir.Ops;
import io.ringkernel.metal.msl.ir.Slot;
import io.ringkernel.metal.msl.ir.SpecialVars;
import io.ringkernel.metal.msl.ir.Stmt;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Lowers expressions: appends their effects to the code and gives their value. */
final class ExpressionLowering {
    private final FunctionLowering function;
    private final AggregateLowering aggregates;

    ExpressionLowering(FunctionLowering function) {
        this.function = function;
        aggregates = new AggregateLowering(function);
    }

    private Code code() {
        return function.code();
    }

    /** Lowers for the effects alone. */
    void discard(TypedExpression expression) {
        var line = expression.position().line();
        switch (expression) {
            case TypedExpression.Assign assign -> assign(assign, false);
            case TypedExpression.Update update -> update(update, false);
            case TypedExpression.Call call -> function.calls().lower(call);
            case TypedExpression.Sequence sequence -> {
                function.statements().lower(sequence.statements());
                discard(sequence.result());
            }
            case TypedExpression.Convert convert
            when ProgramLowering.isVoid(convert.type()) -> discard(convert.operand());
            default ->
                lower(expression).parts().stream()
                        .filter(part -> !part.isPure())
                        .forEach(part -> code().add(new Stmt.Do(part, line)));
        }
    }

    Value lower(TypedExpression expression) {
        var line = expression.position().line();
        return switch (expression) {
            case TypedExpression.Constant constant -> Value.of(constant(constant));
            case TypedExpression.NullPointer _ -> nullPointer();
            case TypedExpression.Zero zero -> aggregates.zero(zero.type(), line);
            case TypedExpression.FunctionConstantValue value -> functionConstant(value.constant());
            case TypedExpression.FunctionConstantDefined defined ->
                Value.of(Expr.constant(
                        function.program().valueOf(defined.constant()).isPresent() ? 1 : 0));
            case TypedExpression.Load load ->
                function.places().load(function.places().lower(load.place(), line), line);
            case TypedExpression.AddressOf address ->
                pointerTo(function.places().lower(address.place(), line), line);
            case TypedExpression.Assign assign -> assign(assign, true);
            case TypedExpression.Update update -> update(update, true);
            case TypedExpression.Unary unary -> unary(unary);
            case TypedExpression.Binary binary -> binary(binary, line);
            case TypedExpression.Logical logical -> Value.of(logical(logical, line));
            case TypedExpression.Conditional conditional -> conditional(conditional, line);
            case TypedExpression.Convert convert -> convert(convert, line);
            case TypedExpression.Reinterpret reinterpret -> new Reinterpretation(function).lower(reinterpret);
            case TypedExpression.Construct construct -> aggregates.construct(construct, line);
            case TypedExpression.Swizzle swizzle -> aggregates.swizzle(swizzle, line);
            case TypedExpression.FieldOf field -> aggregates.field(field, line);
            case TypedExpression.ElementOf element -> aggregates.element(element, line);
            case TypedExpression.PointerAdd add -> pointerAdd(add, line);
            case TypedExpression.PointerDifference difference -> Value.of(pointerDifference(difference, line));
            case TypedExpression.Call call -> function.calls().lower(call);
            case TypedExpression.CallBuiltin call -> new BuiltinLowering(function).lower(call);
            case TypedExpression.Sequence sequence -> {
                function.statements().lower(sequence.statements());
                yield lower(sequence.result());
            }
        };
    }

    /** Lowers in order; no value changes by the effects of a later one. */
    List<Value> lowerAll(List<TypedExpression> expressions) {
        var values = new ArrayList<Value>();
        for (var expression : expressions) {
            var mark = code().mark();
            var value = lower(expression);
            if (code().hasEffectsSince(mark)) {
                protect(values, mark, expression.position().line());
            }
            values.add(value);
        }
        return values;
    }

    private void protect(List<Value> values, int mark, int line) {
        var at = mark;
        for (int i = 0; i < values.size(); i++) {
            var before = code().mark();
            values.set(
                    i,
                    new Value(
                            code().captureAt(at, values.get(i).parts(), line),
                            values.get(i).inMemory()));
            at += code().mark() - before;
        }
    }

    /** A scalar bool. */
    Expr condition(TypedExpression expression) {
        return lower(expression).single();
    }

    private static Expr constant(TypedExpression.Constant constant) {
        return switch (Slot.of(constant.type().kind())) {
            case LONG -> Expr.constant(constant.bits());
            case FLOAT -> new Expr.Const(Slot.FLOAT, (int) constant.bits());
            default -> Expr.constant((int) constant.bits());
        };
    }

    private static Value nullPointer() {
        return Value.of(List.of(SpecialVars.NULL, Expr.constant(0L)));
    }

    private Value functionConstant(FunctionConstant constant) {
        var bytes = function.program().valueOf(constant);
        if (bytes.isEmpty()) {
            return aggregates.zero(constant.type(), constant.position().line());
        }
        var buffer = ByteBuffer.wrap(bytes.get()).order(ByteOrder.LITTLE_ENDIAN);
        return Value.of(Leaf.of(constant.type()).stream()
                .map(leaf -> scalar(buffer, leaf))
                .toList());
    }

    private static Expr scalar(ByteBuffer bytes, Leaf leaf) {
        var at = leaf.offset();
        var bits = switch (leaf.cell().byteSize()) {
            case 1 -> bytes.get(at);
            case 2 -> bytes.getShort(at);
            case 4 -> bytes.getInt(at);
            default -> bytes.getLong(at);
        };
        return Scalars.fromBits(((Type.Scalar) leaf.type()).kind(), Expr.constant(bits));
    }

    Value pointerTo(Ref place, int line) {
        if (place instanceof Ref.Memory memory) {
            return Value.of(List.of(memory.segment(), memory.offset()));
        }
        // Only something that is never written stays out of memory although its address is taken.
        var copy = function.allocate(place.type(), line);
        function.places().store(copy, function.places().load(place, line), line);
        return Value.of(List.of(copy.segment(), copy.offset()));
    }

    private Value assign(TypedExpression.Assign assign, boolean isUsed) {
        var line = assign.position().line();
        var ref = function.places().lower(assign.place(), line);
        var mark = code().mark();
        var value = lower(assign.value());
        if (code().hasEffectsSince(mark) && ref instanceof Ref.Memory memory) {
            var captured = code().captureAt(mark, List.of(memory.segment(), memory.offset()), line);
            ref = new Ref.Memory(captured.get(0), captured.get(1), memory.type());
        }
        if (!isUsed) {
            function.places().store(ref, value, line);
            return Value.NOTHING;
        }
        var kept = new Value(code().captureAll(value.parts(), line), value.inMemory());
        function.places().store(ref, kept, line);
        return kept;
    }

    private Value update(TypedExpression.Update update, boolean isUsed) {
        var line = update.position().line();
        var places = function.places();
        var ref = places.stable(places.lower(update.place(), line), line);
        var loaded = places.load(ref, line);
        var mayChange = isUsed && update.yieldsOld() || !(ref instanceof Ref.Registers) || hasEffects(update.value());
        var old = mayChange ? Value.of(code().captureAll(loaded.parts(), line)) : loaded;
        function.bind(
                update.old(),
                new Binding.At(new Ref.Fixed(old.parts(), update.old().type())));
        var value = lower(update.value());
        if (isUsed && !update.yieldsOld()) {
            value = Value.of(code().captureAll(value.parts(), line));
        }
        places.store(ref, value, line);
        return update.yieldsOld() ? old : value;
    }

    private static boolean hasEffects(TypedExpression expression) {
        var found = new boolean[1];
        new TypedWalk() {
            @Override
            public void expression(TypedExpression inner) {
                found[0] |= switch (inner) {
                    case TypedExpression.Assign _,
                            TypedExpression.Update _,
                            TypedExpression.Call _,
                            TypedExpression.CallBuiltin _,
                            TypedExpression.Sequence _ -> true;
                    default -> false;
                };
                super.expression(inner);
            }
        }.expression(expression);
        return found[0];
    }

    private Value unary(TypedExpression.Unary unary) {
        var type = elementOf(unary.type());
        return Value.of(lower(unary.operand()).parts().stream()
                .map(part -> Scalars.unary(unary.operator(), type, part))
                .toList());
    }

    /** The scalar that a scalar, vector or matrix consists of. */
    static ScalarType elementOf(Type type) {
        return switch (type) {
            case Type.Scalar scalar -> scalar.kind();
            case Type.Vector vector -> vector.element();
            case Type.Matrix matrix -> matrix.element();
            default -> throw new IllegalStateException("no numeric type: " + type);
        };
    }

    private Value binary(TypedExpression.Binary binary, int line) {
        var operands = lowerAll(List.of(binary.left(), binary.right()));
        if (binary.left().type() instanceof Type.Pointer) {
            return Value.of(Scalars.binary(
                    binary.operator(),
                    ScalarType.ULONG,
                    address(operands.get(0)),
                    address(operands.get(1)),
                    ScalarType.ULONG));
        }
        var type = elementOf(binary.left().type());
        var rightType = elementOf(binary.right().type());
        var left = operands.get(0).parts();
        var right = operands.get(1).parts();
        if (right.size() < left.size()) {
            right = Collections.nCopies(left.size(), code().capture(right.getFirst(), line));
        }
        var results = new ArrayList<Expr>();
        for (int i = 0; i < left.size(); i++) {
            results.add(Scalars.binary(binary.operator(), type, left.get(i), right.get(i), rightType));
        }
        return Value.of(results);
    }

    private static Expr address(Value pointer) {
        return Methods.address(pointer.parts().get(0), pointer.parts().get(1));
    }

    private Expr logical(TypedExpression.Logical logical, int line) {
        var left = condition(logical.left());
        if (left instanceof Expr.Const constant) {
            return (constant.bits() != 0) == logical.isAnd() ? condition(logical.right()) : constant;
        }
        var right = new Expr[1];
        var effects = code().nested(() -> right[0] = condition(logical.right()));
        if (effects.isEmpty()) {
            return logical.isAnd() ? Ops.and(left, right[0]) : Ops.or(left, right[0]);
        }
        var result = code().mutable("logical", Slot.INT);
        code().add(new Stmt.Set(result, left, line));
        effects.add(new Stmt.Set(result, right[0], line));
        var local = new Expr.Local(result);
        code().add(new Stmt.If(logical.isAnd() ? local : Ops.not(local), effects, List.of(), line));
        return local;
    }

    private Value conditional(TypedExpression.Conditional conditional, int line) {
        var condition = condition(conditional.condition());
        if (condition instanceof Expr.Const constant) {
            return lower(constant.bits() != 0 ? conditional.left() : conditional.right());
        }
        if (ProgramLowering.isVoid(conditional.type())) {
            var then = code().nested(() -> discard(conditional.left()));
            var other = code().nested(() -> discard(conditional.right()));
            code().add(new Stmt.If(condition, then, other, line));
            return Value.NOTHING;
        }
        var values = new Value[2];
        var then = code().nested(() -> values[0] = lower(conditional.left()));
        var other = code().nested(() -> values[1] = lower(conditional.right()));
        if (then.isEmpty() && other.isEmpty()) {
            return select(condition, values, line);
        }
        var results = new ArrayList<Expr>();
        for (int i = 0; i < values[0].parts().size(); i++) {
            var result = code().mutable("chosen", values[0].parts().get(i).slot());
            then.add(new Stmt.Set(result, values[0].parts().get(i), line));
            other.add(new Stmt.Set(result, values[1].parts().get(i), line));
            results.add(new Expr.Local(result));
        }
        code().add(new Stmt.If(condition, then, other, line));
        return new Value(results, values[0].inMemory());
    }

    private Value select(Expr condition, Value[] values, int line) {
        var count = values[0].parts().size();
        var shared = count > 1 ? code().capture(condition, line) : condition;
        var results = new ArrayList<Expr>();
        for (int i = 0; i < count; i++) {
            results.add(Ops.select(
                    shared, values[0].parts().get(i), values[1].parts().get(i)));
        }
        return new Value(results, values[0].inMemory());
    }

    private Value convert(TypedExpression.Convert convert, int line) {
        if (ProgramLowering.isVoid(convert.type())) {
            discard(convert.operand());
            return Value.NOTHING;
        }
        var operand = lower(convert.operand());
        if (convert.operand().type() instanceof Type.Pointer) {
            return Value.of(Ops.binary(Opcode.LNE, address(operand), Expr.constant(0L)));
        }
        var from = elementOf(convert.operand().type());
        var to = elementOf(convert.type());
        return Value.of(operand.parts().stream()
                .map(part -> Scalars.convert(from, to, part))
                .toList());
    }

    private Value pointerAdd(TypedExpression.PointerAdd add, int line) {
        var values = lowerAll(List.of(add.pointer(), add.index()));
        var pointee = ((Type.Pointer) add.type()).pointee();
        var size = Math.max(1, pointee.byteSize());
        var offset = function.places()
                .offset(
                        values.get(0).parts().get(1),
                        add.index().type(),
                        values.get(1).single(),
                        size);
        return Value.of(List.of(values.get(0).parts().get(0), offset));
    }

    private Expr pointerDifference(TypedExpression.PointerDifference difference, int line) {
        var values = lowerAll(List.of(difference.left(), difference.right()));
        var bytes = Ops.binary(Opcode.LSUB, address(values.get(0)), address(values.get(1)));
        var size = ((Type.Pointer) difference.left().type()).pointee().byteSize();
        return Ops.binary(Opcode.LDIV, bytes, Expr.constant((long) Math.max(1, size)));
    }

    /** A pointer from its address; checked for the pointee's alignment if checks are on. */
    List<Expr> pointerFromAddress(Type.Pointer type, Expr address, int line) {
        function.program().resolveAddresses();
        var segment = code().capture(Methods.resolve(address, line), line);
        var offset = code().capture(Methods.pure(Methods.OFFSET, List.of(segment, address)), line);
        requireAligned(type, segment, offset, line);
        return List.of(segment, offset);
    }

    void requireAligned(Type.Pointer type, Expr segment, Expr offset, int line) {
        var alignment = type.pointee().alignment();
        if (alignment > 1 && function.program().options().checks()) {
            var operands = List.of(segment, offset, Expr.constant(alignment));
            code().add(new Stmt.Do(Methods.impure(Methods.REQUIRE_ALIGNED, operands, line), line));
        }
    }
}
