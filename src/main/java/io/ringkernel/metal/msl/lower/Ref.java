package io.ringkernel.metal.msl.lower;

import io.ringkernel.metal.msl.builtin.Type;
import io.ringkernel.metal.msl.ir.Expr;
import io.ringkernel.metal.msl.ir.Var;
import java.util.List;

/** A lowered place. */
sealed interface Ref {

    Type type();

    /** Consecutive variables. */
    record Registers(List<Var> vars, Type type) implements Ref {}

    /** Values that never change: a variable that is not written, or an argument. */
    record Fixed(List<Expr> parts, Type type) implements Ref {}

    /** Bytes in memory. */
    record Memory(Expr segment, Expr offset, Type type) implements Ref {}

    /** A component, chosen when the program runs, of a vector in variables. */
    record Chosen(Ref vector, Expr index, Type type) implements Ref {}

    /** Components of a vector. */
    record Picked(Ref vector, List<Integer> components, Type type) implements Ref {}

    /** A bit-field: {@code type} is the type of the unit it lies in. */
    record Bits(Memory unit, int from, int width, Type type) implements Ref {}
}
