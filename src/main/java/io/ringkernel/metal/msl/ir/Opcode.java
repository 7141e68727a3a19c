package io.ringkernel.metal.msl.ir;

import io.ringkernel.metal.msl.builtin.Arithmetic;
import io.ringkernel.metal.msl.builtin.Half;
import io.ringkernel.metal.msl.builtin.LibraryMethod;
import java.lang.invoke.MethodType;
import java.util.Arrays;

/**
 * Operators of the intermediate form. An operator is a JVM instruction, a comparison (0 or 1), or a static method: of
 * {@link Arithmetic} unless another class is given.
 */
public enum Opcode {
    IADD(),
    ISUB(),
    IMUL(),
    IDIV("divide", Slot.INT, Slot.INT, Slot.INT),
    IREM("remainder", Slot.INT, Slot.INT, Slot.INT),
    UDIV("divideUnsigned", Slot.INT, Slot.INT, Slot.INT),
    UREM("remainderUnsigned", Slot.INT, Slot.INT, Slot.INT),
    INEG(),
    IAND(),
    IOR(),
    IXOR(),
    ISHL(),
    ISHR(),
    IUSHR(),
    LADD(),
    LSUB(),
    LMUL(),
    LDIV("divide", Slot.LONG, Slot.LONG, Slot.LONG),
    LREM("remainder", Slot.LONG, Slot.LONG, Slot.LONG),
    ULDIV("divideUnsigned", Slot.LONG, Slot.LONG, Slot.LONG),
    ULREM("remainderUnsigned", Slot.LONG, Slot.LONG, Slot.LONG),
    LNEG(),
    LAND(),
    LOR(),
    LXOR(),
    LSHL(),
    LSHR(),
    LUSHR(),
    FADD(),
    FSUB(),
    FMUL(),
    FDIV(),
    FNEG(),
    I2B(),
    I2S(),
    I2C(),
    I2L(),
    L2I(),
    I2F(),
    L2F(),
    F2I(),
    F2L(),
    U2F("toFloatUnsigned", Slot.FLOAT, Slot.INT),
    UL2F("toFloatUnsigned", Slot.FLOAT, Slot.LONG),
    F2U("toUint", Slot.INT, Slot.FLOAT),
    F2UL("toUlong", Slot.LONG, Slot.FLOAT),
    ROUND_HALF(Half.class, "round", Slot.FLOAT, Slot.FLOAT),
    ROUND_BFLOAT(Half.class, "roundBfloat", Slot.FLOAT, Slot.FLOAT),
    FLOAT_BITS(Float.class, "floatToRawIntBits", Slot.INT, Slot.FLOAT),
    BITS_FLOAT(Float.class, "intBitsToFloat", Slot.FLOAT, Slot.INT),
    HALF_BITS(Half.class, "toBits", Slot.INT, Slot.FLOAT),
    BITS_HALF(Half.class, "fromBits", Slot.FLOAT, Slot.INT),
    BFLOAT_BITS(Half.class, "bfloatToBits", Slot.INT, Slot.FLOAT),
    BITS_BFLOAT(Half.class, "bfloatFromBits", Slot.FLOAT, Slot.INT),
    F2CHAR("toChar", Slot.INT, Slot.FLOAT),
    F2UCHAR("toUchar", Slot.INT, Slot.FLOAT),
    F2SHORT("toShort", Slot.INT, Slot.FLOAT),
    F2USHORT("toUshort", Slot.INT, Slot.FLOAT),
    L2BFLOAT("toBfloat", Slot.FLOAT, Slot.LONG),
    UL2BFLOAT("toBfloatUnsigned", Slot.FLOAT, Slot.LONG),
    IEQ(Compare.INT, Relation.EQ),
    INE(Compare.INT, Relation.NE),
    ILT(Compare.INT, Relation.LT),
    ILE(Compare.INT, Relation.LE),
    IGT(Compare.INT, Relation.GT),
    IGE(Compare.INT, Relation.GE),
    ULT(Compare.UNSIGNED_INT, Relation.LT),
    ULE(Compare.UNSIGNED_INT, Relation.LE),
    UGT(Compare.UNSIGNED_INT, Relation.GT),
    UGE(Compare.UNSIGNED_INT, Relation.GE),
    LEQ(Compare.LONG, Relation.EQ),
    LNE(Compare.LONG, Relation.NE),
    LLT(Compare.LONG, Relation.LT),
    LLE(Compare.LONG, Relation.LE),
    LGT(Compare.LONG, Relation.GT),
    LGE(Compare.LONG, Relation.GE),
    ULLT(Compare.UNSIGNED_LONG, Relation.LT),
    ULLE(Compare.UNSIGNED_LONG, Relation.LE),
    ULGT(Compare.UNSIGNED_LONG, Relation.GT),
    ULGE(Compare.UNSIGNED_LONG, Relation.GE),
    FEQ(Compare.FLOAT, Relation.EQ),
    FNE(Compare.FLOAT, Relation.NE),
    FLT(Compare.FLOAT, Relation.LT),
    FLE(Compare.FLOAT, Relation.LE),
    FGT(Compare.FLOAT, Relation.GT),
    FGE(Compare.FLOAT, Relation.GE),
    NOT(Slot.INT);

    /** What a comparison compares. */
    public enum Compare {
        INT,
        UNSIGNED_INT,
        LONG,
        UNSIGNED_LONG,
        FLOAT
    }

    /** Which outcomes of a comparison are 1. */
    public enum Relation {
        EQ,
        NE,
        LT,
        LE,
        GT,
        GE;

        public Relation negated() {
            return switch (this) {
                case EQ -> NE;
                case NE -> EQ;
                case LT -> GE;
                case LE -> GT;
                case GT -> LE;
                case GE -> LT;
            };
        }

        /** The relation with its operands exchanged. */
        public Relation mirrored() {
            return switch (this) {
                case EQ, NE -> this;
                case LT -> GT;
                case LE -> GE;
                case GT -> LT;
                case GE -> LE;
            };
        }
    }

    private final boolean isInstruction;
    private final LibraryMethod method;
    private final Slot result;
    private final Compare compare;
    private final Relation relation;

    /** The JVM instruction of the same name. */
    Opcode() {
        isInstruction = true;
        method = null;
        result = resultOf(name());
        compare = null;
        relation = null;
    }

    Opcode(String method, Slot result, Slot... parameters) {
        this(Arithmetic.class, method, result, parameters);
    }

    Opcode(Class<?> owner, String method, Slot result, Slot... parameters) {
        this(new LibraryMethod(owner, method, type(result, parameters)), result, null, null);
    }

    Opcode(Compare compare, Relation relation) {
        this(null, Slot.INT, compare, relation);
    }

    Opcode(Slot result) {
        this(null, result, null, null);
    }

    Opcode(LibraryMethod method, Slot result, Compare compare, Relation relation) {
        isInstruction = false;
        this.method = method;
        this.result = result;
        this.compare = compare;
        this.relation = relation;
    }

    /** {@code IADD} gives an int, {@code F2L} a long. */
    private static Slot resultOf(String name) {
        return switch (name.charAt(1) == '2' ? name.charAt(2) : name.charAt(0)) {
            case 'L' -> Slot.LONG;
            case 'F' -> Slot.FLOAT;
            default -> Slot.INT;
        };
    }

    /** Whether the JVM has an instruction of this name. */
    public boolean isInstruction() {
        return isInstruction;
    }

    /** The static method, or null. */
    public LibraryMethod method() {
        return method;
    }

    public Slot result() {
        return result;
    }

    /** What is compared, or null when this is no comparison. */
    public Compare compare() {
        return compare;
    }

    public Relation relation() {
        return relation;
    }

    /** The comparison of the same operands with another relation. */
    public static Opcode comparison(Compare compare, Relation relation) {
        var equality = relation == Relation.EQ || relation == Relation.NE;
        var effective = compare;
        if (equality && compare == Compare.UNSIGNED_INT) {
            effective = Compare.INT;
        } else if (equality && compare == Compare.UNSIGNED_LONG) {
            effective = Compare.LONG;
        }
        for (var op : values()) {
            if (op.compare == effective && op.relation == relation) {
                return op;
            }
        }
        throw new IllegalArgumentException(compare + " " + relation);
    }

    private static MethodType type(Slot result, Slot... parameters) {
        return MethodType.methodType(
                result.carrier(),
                Arrays.stream(parameters).<Class<?>>map(Slot::carrier).toList());
    }
}
