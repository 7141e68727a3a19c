package io.ringkernel.metal.msl.lower;

import io.ringkernel.metal.msl.builtin.AddressSpace;
import io.ringkernel.metal.msl.builtin.ScalarType;
import io.ringkernel.metal.msl.builtin.Type;
import io.ringkernel.metal.msl.check.ArrayBounds;
import io.ringkernel.metal.msl.check.Place;
import io.ringkernel.metal.msl.check.TypedExpression;
import io.ringkernel.metal.msl.ir.Cell;
import io.ringkernel.metal.msl.ir.Expr;
import io.ringkernel.metal.msl.ir.IrWalk;
import io.ringkernel.metal.msl.ir.Methods;
import io.ringkernel.metal.msl.ir.Opcode;
import io.ringkernel.metal.msl.ir.Ops;
import io.ringkernel.metal.msl.ir.Stmt;
import io.ringkernel.metal.msl.ir.Subscripts;
import io.ringkernel.metal.msl.ir.Var;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Lowers places: finding, reading, writing. */
final class PlaceLowering {
    private final FunctionLowering function;

    PlaceLowering(FunctionLowering function) {
        this.function = function;
    }

    private Code code() {
        return function.code();
    }

    Ref lower(Place place, int line) {
        return switch (place) {
            case Place.OfVariable variable ->
                switch (function.binding(variable.variable())) {
                    case Binding.At at -> at.ref();
                    case Binding.Alias _ ->
                        throw new IllegalStateException("pointer is not materialised: " + variable.variable());
                };
            case Place.Dereference dereference -> dereference(dereference, line);
            case Place.Field field -> field(lower(field.struct(), line), field.field());
            case Place.Element element -> element(element, line);
            case Place.Swizzle swizzle -> pick(lower(swizzle.vector(), line), swizzle.components(), swizzle.type());
        };
    }

    private Ref dereference(Place.Dereference dereference, int line) {
        if (dereference.pointer() instanceof TypedExpression.AddressOf address) {
            return lower(address.place(), line);
        }
        if (dereference.pointer() instanceof TypedExpression.Load load
                && load.place() instanceof Place.OfVariable variable
                && function.binding(variable.variable()) instanceof Binding.Alias alias) {
            return alias.pointee();
        }
        var pointer = function.expressions().lower(dereference.pointer());
        return new Ref.Memory(pointer.parts().get(0), pointer.parts().get(1), dereference.type());
    }

    Ref field(Ref struct, Type.Struct.Field field) {
        if (struct instanceof Ref.Memory memory) {
            var offset = Ops.add(memory.offset(), field.offset());
            var unit = new Ref.Memory(memory.segment(), offset, field.type());
            return field.bitWidth() == 0 ? unit : new Ref.Bits(unit, field.bitOffset(), field.bitWidth(), field.type());
        }
        var from = 0;
        for (var before : ((Type.Struct) struct.type()).fields()) {
            if (before.equals(field)) {
                return part(struct, from, field.type());
            }
            from += Leaf.slotCount(before.type());
        }
        throw new IllegalStateException("no field " + field.name() + " in " + struct.type());
    }

    /** The variables of a part of something in variables, which begins at the given one. */
    private static Ref part(Ref whole, int from, Type type) {
        var to = from + Leaf.slotCount(type);
        return switch (whole) {
            case Ref.Registers registers -> new Ref.Registers(registers.vars().subList(from, to), type);
            case Ref.Fixed fixed -> new Ref.Fixed(fixed.parts().subList(from, to), type);
            default -> throw new IllegalStateException("not in variables: " + whole);
        };
    }

    private Ref element(Place.Element element, int line) {
        var aggregate = lower(element.aggregate(), line);
        var mark = code().mark();
        var index = function.expressions().lower(element.index()).single();
        if (aggregate instanceof Ref.Memory memory) {
            if (code().hasEffectsSince(mark)) {
                var captured = code().captureAt(mark, List.of(memory.segment(), memory.offset()), line);
                memory = new Ref.Memory(captured.get(0), captured.get(1), memory.type());
            }
            return elementInMemory(element, memory, index, line);
        }
        var size = Leaf.slotCount(element.type());
        if (index instanceof Expr.Const constant) {
            var count = Leaf.slotCount(aggregate.type()) / size;
            var from = Math.clamp(constant.bits(), 0, count - 1);
            return aggregate instanceof Ref.Picked || aggregate instanceof Ref.Chosen
                    ? pick(aggregate, List.of(from), element.type())
                    : part(aggregate, from * size, element.type());
        }
        if (aggregate.type() instanceof Type.Vector) {
            var checked = checked(
                    element.aggregate().type(), element.name(), element.index().type(), index, line);
            return new Ref.Chosen(
                    aggregate,
                    code().capture(checked.orElse(toInt(element.index().type(), index)), line),
                    element.type());
        }
        return elementInMemory(element, spill(aggregate, line), index, line);
    }

    private Ref.Memory elementInMemory(Place.Element element, Ref.Memory aggregate, Expr index, int line) {
        var size = element.aggregate().type() instanceof Type.Vector vector
                ? vector.element().byteSize()
                : element.type().byteSize();
        var type = element.index().type();
        var checked = hasBound(element)
                ? checked(element.aggregate().type(), element.name(), type, index, line)
                : Optional.<Expr>empty();
        var offset = checked.isPresent()
                ? Ops.binary(
                        Opcode.LADD,
                        aggregate.offset(),
                        Ops.scale(Ops.unary(Opcode.I2L, code().capture(checked.get(), line)), size))
                : offset(aggregate.offset(), type, index, size);
        return new Ref.Memory(aggregate.segment(), offset, element.type());
    }

    /** Whether the type bounds a subscript, and not the memory: a threadgroup variable has a segment of its own. */
    private static boolean hasBound(Place.Element element) {
        var isOwnMemory = element.aggregate() instanceof Place.OfVariable whole
                && whole.variable().space() == AddressSpace.THREADGROUP;
        return !isOwnMemory && !ArrayBounds.isOpen(element.aggregate());
    }

    /** A subscript as an int that is checked, or nothing if it is known to be in range or checks are off. */
    Optional<Expr> checked(Type aggregate, String name, Type indexType, Expr index, int line) {
        var length = length(aggregate);
        if (!function.program().options().checks() || Subscripts.isBelow(index, length)) {
            return Optional.empty();
        }
        var kind = switch (aggregate) {
            case Type.Vector _ -> "a vector";
            case Type.Matrix _ -> "a matrix";
            default -> "an array";
        };
        var unit = aggregate instanceof Type.Matrix ? " columns" : " elements";
        var description = kind + " of " + length + unit + (name.isEmpty() ? "" : ": '" + name + "'");
        var number = function.program().arrayNumber(description);
        return Optional.of(Methods.checkIndex(((Type.Scalar) indexType).kind(), index, length, number, line));
    }

    private static int length(Type aggregate) {
        return switch (aggregate) {
            case Type.Array array -> array.length();
            case Type.Vector vector -> vector.count();
            case Type.Matrix matrix -> matrix.columns();
            default -> throw new IllegalStateException("no elements: " + aggregate);
        };
    }

    static Expr toInt(Type indexType, Expr index) {
        return Scalars.convert(((Type.Scalar) indexType).kind(), ScalarType.INT, index);
    }

    /** {@code offset + index * size}. */
    Expr offset(Expr offset, Type indexType, Expr index, int size) {
        var wide = Subscripts.widen(
                ((Type.Scalar) indexType).kind(),
                index,
                function.program().options().exactIndices());
        if (wide instanceof Expr.Const constant) {
            return Ops.add(offset, constant.bits() * size);
        }
        return Ops.binary(Opcode.LADD, offset, Ops.scale(wide, size));
    }

    static Ref pick(Ref vector, List<Integer> components, Type type) {
        return switch (vector) {
            case Ref.Registers registers ->
                new Ref.Registers(components.stream().map(registers.vars()::get).toList(), type);
            case Ref.Fixed fixed ->
                new Ref.Fixed(components.stream().map(fixed.parts()::get).toList(), type);
            case Ref.Picked picked ->
                new Ref.Picked(
                        picked.vector(),
                        components.stream().map(picked.components()::get).toList(),
                        type);
            case Ref.Memory memory
            when components.size() == 1 -> {
                var size = ((Type.Vector) memory.type()).element().byteSize();
                yield new Ref.Memory(
                        memory.segment(), Ops.add(memory.offset(), (long) components.getFirst() * size), type);
            }
            default -> new Ref.Picked(vector, components, type);
        };
    }

    /** Copies something in variables to private memory, to index it there. */
    private Ref.Memory spill(Ref ref, int line) {
        var memory = function.allocate(ref.type(), line);
        store(memory, load(ref, line), line);
        return memory;
    }

    /** The place with everything evaluated, so that it can be used twice. */
    Ref stable(Ref ref, int line) {
        return switch (ref) {
            case Ref.Memory m ->
                new Ref.Memory(code().capture(m.segment(), line), code().capture(m.offset(), line), m.type());
            case Ref.Chosen c -> new Ref.Chosen(stable(c.vector(), line), code().capture(c.index(), line), c.type());
            case Ref.Picked p -> new Ref.Picked(stable(p.vector(), line), p.components(), p.type());
            case Ref.Bits b -> new Ref.Bits((Ref.Memory) stable(b.unit(), line), b.from(), b.width(), b.type());
            case Ref.Registers _, Ref.Fixed _ -> ref;
        };
    }

    Value load(Ref ref, int line) {
        return switch (ref) {
            case Ref.Registers registers ->
                Value.of(registers.vars().stream().<Expr>map(Expr.Local::new).toList());
            case Ref.Fixed fixed -> Value.of(fixed.parts());
            case Ref.Memory memory -> loadMemory(memory, line);
            case Ref.Picked picked -> {
                var all = code().captureAll(load(picked.vector(), line).parts(), line);
                yield Value.of(picked.components().stream().map(all::get).toList());
            }
            case Ref.Chosen chosen ->
                Value.of(choose(load(chosen.vector(), line).parts(), code().capture(chosen.index(), line)));
            case Ref.Bits bits -> Value.of(loadBits(bits, line));
        };
    }

    /** The part whose number is {@code index}; the last one for any number beyond. */
    static Expr choose(List<Expr> parts, Expr index) {
        var result = parts.getLast();
        for (int i = parts.size() - 2; i >= 0; i--) {
            result = Ops.select(Ops.binary(Opcode.IEQ, index, Expr.constant(i)), parts.get(i), result);
        }
        return result;
    }

    private Value loadMemory(Ref.Memory memory, int line) {
        if (!Leaf.isFlat(memory.type())) {
            return new Value(List.of(memory.segment(), memory.offset()), true);
        }
        var leaves = Leaf.of(memory.type());
        var place =
                leaves.size() == 1 && leaves.getFirst().slotCount() == 1 ? memory : (Ref.Memory) stable(memory, line);
        var parts = new ArrayList<Expr>();
        for (var leaf : leaves) {
            var offset = Ops.add(place.offset(), leaf.offset());
            if (leaf.type() instanceof Type.Pointer pointer) {
                var address = code().capture(new Expr.Load(Cell.I64, place.segment(), offset, line), line);
                parts.addAll(function.expressions().pointerFromAddress(pointer, address, line));
            } else {
                parts.add(loadScalar(leaf.cell(), place.segment(), offset, line));
            }
        }
        return Value.of(parts);
    }

    private Expr loadScalar(Cell cell, Expr segment, Expr offset, int line) {
        var load = new Expr.Load(cell, segment, offset, line);
        return function.inputs().flatMap(inputs -> inputs.hoist(load)).orElse(load);
    }

    private Expr loadBits(Ref.Bits bits, int line) {
        var type = ((Type.Scalar) bits.type()).kind();
        var unit = loadMemory(bits.unit(), line).single();
        var shift = type.byteSize() * 8;
        var wide = Scalars.toBits(type, unit);
        var up = Ops.binary(Opcode.LSHL, wide, Expr.constant(64 - bits.from() - bits.width()));
        var down = Ops.binary(
                type.isUnsigned() || shift == 8 && type == ScalarType.BOOL ? Opcode.LUSHR : Opcode.LSHR,
                up,
                Expr.constant(64 - bits.width()));
        return Scalars.convert(ScalarType.LONG, type, down);
    }

    /** Writes a value; its parts are evaluated before the first of them is written. */
    void store(Ref ref, Value value, int line) {
        switch (ref) {
            case Ref.Registers registers -> storeRegisters(registers.vars(), value.parts(), line);
            case Ref.Memory memory -> storeMemory(memory, value, line);
            case Ref.Picked picked -> storePicked(picked, value, line);
            case Ref.Chosen chosen -> storeChosen(chosen, value.single(), line);
            case Ref.Bits bits -> storeBits(bits, value.single(), line);
            case Ref.Fixed fixed -> throw new IllegalStateException("not writable: " + fixed);
        }
    }

    private void storeRegisters(List<Var> vars, List<Expr> parts, int line) {
        var safe = parts;
        for (int i = 1; i < parts.size(); i++) {
            if (IrWalk.reads(parts.get(i), Set.copyOf(vars.subList(0, i)))) {
                safe = code().captureAll(parts, line);
                break;
            }
        }
        for (int i = 0; i < vars.size(); i++) {
            code().add(new Stmt.Set(vars.get(i), safe.get(i), line));
        }
    }

    private void storeMemory(Ref.Memory memory, Value value, int line) {
        if (value.inMemory()) {
            var bytes = Expr.constant((long) memory.type().byteSize());
            var operands = List.of(value.segment(), value.offset(), memory.segment(), memory.offset(), (Expr) bytes);
            code().add(new Stmt.Do(Methods.impure(Methods.COPY, operands, line), line));
            return;
        }
        var leaves = Leaf.of(memory.type());
        var single = leaves.size() == 1;
        // Only reading memory after the first write could see it.
        var parts = single || value.parts().stream().allMatch(Expr::isPure)
                ? value.parts()
                : code().captureAll(value.parts(), line);
        var place = single ? memory : (Ref.Memory) stable(memory, line);
        var next = 0;
        for (var leaf : leaves) {
            var offset = Ops.add(place.offset(), leaf.offset());
            if (leaf.type() instanceof Type.Pointer) {
                var address = Methods.address(parts.get(next), parts.get(next + 1));
                code().add(new Stmt.Store(Cell.I64, place.segment(), offset, address, line));
            } else {
                code().add(new Stmt.Store(leaf.cell(), place.segment(), offset, parts.get(next), line));
            }
            next += leaf.slotCount();
        }
    }

    private void storePicked(Ref.Picked picked, Value value, int line) {
        var parts = code().captureAll(value.parts(), line);
        var vector = stable(picked.vector(), line);
        var element = new Type.Scalar(((Type.Vector) vector.type()).element());
        for (int i = 0; i < parts.size(); i++) {
            store(pick(vector, List.of(picked.components().get(i)), element), Value.of(parts.get(i)), line);
        }
    }

    private void storeChosen(Ref.Chosen chosen, Expr value, int line) {
        var captured = code().capture(value, line);
        var index = code().capture(chosen.index(), line);
        var old = load(chosen.vector(), line).parts();
        var parts = new ArrayList<Expr>();
        for (int i = 0; i < old.size(); i++) {
            parts.add(Ops.select(Ops.binary(Opcode.IEQ, index, Expr.constant(i)), captured, old.get(i)));
        }
        store(chosen.vector(), Value.of(parts), line);
    }

    private void storeBits(Ref.Bits bits, Expr value, int line) {
        var type = ((Type.Scalar) bits.type()).kind();
        var unit = (Ref.Memory) stable(bits.unit(), line);
        var mask = (bits.width() == 64 ? -1L : (1L << bits.width()) - 1) << bits.from();
        var shifted = Ops.binary(Opcode.LSHL, Scalars.toBits(type, value), Expr.constant(bits.from()));
        var kept = Ops.binary(
                Opcode.LAND, Scalars.toBits(type, loadMemory(unit, line).single()), Expr.constant(~mask));
        var merged = Ops.binary(Opcode.LOR, kept, Ops.binary(Opcode.LAND, shifted, Expr.constant(mask)));
        storeMemory(unit, Value.of(Scalars.fromBits(type, merged)), line);
    }
}
