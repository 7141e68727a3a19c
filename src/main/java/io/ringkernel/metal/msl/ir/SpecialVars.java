package io.ringkernel.metal.msl.ir;

/** Variables that the frame of a method provides; emission sets them before the body. */
public final class SpecialVars {
    /** Private memory. */
    public static final Expr.Local STACK = segment("stack");
    /** The offset of the running thread's frame in it, of a kernel. */
    public static final Expr.Local FRAME = new Expr.Local(new Var("frame", Slot.LONG, false));
    /** The program's constants. */
    public static final Expr.Local CONSTANTS = segment("constants");
    /** The segment of the null pointer. */
    public static final Expr.Local NULL = segment("null");

    private SpecialVars() {}

    private static Expr.Local segment(String name) {
        return new Expr.Local(Var.provided(name, Slot.SEGMENT));
    }
}
