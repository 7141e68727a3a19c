package io.ringkernel.metal.msl.jvm;

import io.ringkernel.metal.msl.builtin.Half;
import io.ringkernel.metal.msl.builtin.LibraryMethod;
import io.ringkernel.metal.msl.ir.Expr;
import io.ringkernel.metal.msl.ir.Methods;
import io.ringkernel.metal.msl.ir.Opcode;
import io.ringkernel.metal.msl.ir.Opcode.Compare;
import io.ringkernel.metal.msl.ir.Opcode.Relation;
import io.ringkernel.metal.msl.ir.Slot;
import io.ringkernel.metal.msl.ir.SpecialVars;
import io.ringkernel.metal.msl.ir.Stmt;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.instruction.ConvertInstruction;
import java.lang.classfile.instruction.OperatorInstruction;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;

/** Writes expressions as bytecode. */
final class ExprEmitter {
    private static final LibraryMethod HALF_FROM_BITS =
            Methods.method(Float.class, "float16ToFloat", float.class, short.class);
    private static final LibraryMethod HALF_TO_BITS =
            Methods.method(Float.class, "floatToFloat16", short.class, float.class);
    private static final LibraryMethod BFLOAT_FROM_BITS =
            Methods.method(Half.class, "bfloatFromBits", float.class, int.class);
    private static final LibraryMethod BFLOAT_TO_BITS =
            Methods.method(Half.class, "bfloatToBits", int.class, float.class);
    private static final MethodTypeDesc COMPARE_INT =
            MethodTypeDesc.of(ConstantDescs.CD_int, ConstantDescs.CD_int, ConstantDescs.CD_int);
    private static final MethodTypeDesc COMPARE_LONG =
            MethodTypeDesc.of(ConstantDescs.CD_int, ConstantDescs.CD_long, ConstantDescs.CD_long);

    private final CodeBuilder code;
    private final Homes homes;
    private int line;

    ExprEmitter(CodeBuilder code, Homes homes) {
        this.code = code;
        this.homes = homes;
    }

    /** Notes the source line of what follows. */
    void line(int number) {
        if (number > 0 && number != line) {
            code.lineNumber(number);
            line = number;
        }
    }

    /** Pushes the value. */
    void push(Expr expression) {
        switch (expression) {
            case Expr.Const constant -> constant(constant);
            case Expr.Local local -> homes.load(code, local.var());
            case Expr.Op op -> operator(op);
            case Expr.Load load -> load(load);
            case Expr.Call call -> call(call);
            case Expr.Select select -> select(select);
        }
    }

    private void constant(Expr.Const constant) {
        switch (constant.slot()) {
            case INT -> code.loadConstant((int) constant.bits());
            case LONG -> code.loadConstant(constant.bits());
            case FLOAT -> floatConstant((int) constant.bits());
            case SEGMENT -> homes.load(code, SpecialVars.NULL.var());
        }
    }

    /** A NaN keeps its bits, which a constant in the class file may not. */
    private void floatConstant(int bits) {
        var value = Float.intBitsToFloat(bits);
        if (Float.isNaN(value)) {
            code.loadConstant(bits);
            Jvm.invoke(code, Opcode.BITS_FLOAT.method());
        } else {
            code.loadConstant(value);
        }
    }

    private void operator(Expr.Op op) {
        if (op.op() == Opcode.NOT) {
            push(op.operands().getFirst());
            code.iconst_1().ixor();
        } else if (op.op().compare() != null) {
            materialize(op);
        } else if (op.op().isInstruction()) {
            op.operands().forEach(this::push);
            instruction(java.lang.classfile.Opcode.valueOf(op.op().name()));
        } else {
            divisionOrMethod(op);
        }
    }

    private void instruction(java.lang.classfile.Opcode instruction) {
        switch (instruction.kind()) {
            case CONVERT -> code.with(ConvertInstruction.of(instruction));
            default -> code.with(OperatorInstruction.of(instruction));
        }
    }

    /** Dividing by a constant other than 0 needs no method; unsigned division has one in Java. */
    private void divisionOrMethod(Expr.Op op) {
        op.operands().forEach(this::push);
        var nonZero = op.operands().getLast() instanceof Expr.Const c && c.bits() != 0;
        var direct = nonZero
                ? switch (op.op()) {
                    case IDIV -> java.lang.classfile.Opcode.IDIV;
                    case IREM -> java.lang.classfile.Opcode.IREM;
                    case LDIV -> java.lang.classfile.Opcode.LDIV;
                    case LREM -> java.lang.classfile.Opcode.LREM;
                    default -> null;
                }
                : null;
        if (direct != null) {
            code.with(OperatorInstruction.of(direct));
        } else {
            Jvm.invoke(code, op.op().method());
        }
    }

    private void load(Expr.Load load) {
        push(load.segment());
        Jvm.layout(code, load.cell());
        push(load.offset());
        line(load.line());
        Jvm.get(code, load.cell());
        switch (load.cell()) {
            case BOOL -> {
                var isFalse = code.newLabel();
                var end = code.newLabel();
                code.ifeq(isFalse).iconst_1().goto_(end);
                code.labelBinding(isFalse).iconst_0().labelBinding(end);
            }
            case U8 -> code.sipush(0xff).iand();
            case F16 -> Jvm.invoke(code, HALF_FROM_BITS);
            case BF16 -> Jvm.invoke(code, BFLOAT_FROM_BITS);
            default -> {
                // The carrier as it is.
            }
        }
    }

    /** Writes a scalar to memory. */
    void store(Stmt.Store store) {
        push(store.segment());
        Jvm.layout(code, store.cell());
        push(store.offset());
        push(store.value());
        switch (store.cell()) {
            case BOOL, I8, U8 -> code.i2b();
            case I16 -> code.i2s();
            case U16 -> code.i2c();
            case F16 -> Jvm.invoke(code, HALF_TO_BITS);
            case BF16 -> {
                Jvm.invoke(code, BFLOAT_TO_BITS);
                code.i2c();
            }
            default -> {
                // As it is carried.
            }
        }
        line(store.line());
        Jvm.set(code, store.cell());
    }

    private void call(Expr.Call call) {
        if (call.withWorker()) {
            homes.worker(code);
            Jvm.partOfWorker(code, call.method().owner());
            call.operands().forEach(this::push);
            line(call.line());
            code.invokevirtual(
                    Jvm.describe(call.method().owner()),
                    call.method().name(),
                    Jvm.describe(call.method().type()));
            return;
        }
        call.operands().forEach(this::push);
        line(call.line());
        Jvm.invoke(code, call.method());
    }

    private void select(Expr.Select select) {
        var other = code.newLabel();
        var end = code.newLabel();
        branch(select.condition(), false, other);
        push(select.then());
        code.goto_(end).labelBinding(other);
        push(select.other());
        code.labelBinding(end);
    }

    private void materialize(Expr condition) {
        var isTrue = code.newLabel();
        var end = code.newLabel();
        branch(condition, true, isTrue);
        code.iconst_0().goto_(end).labelBinding(isTrue).iconst_1().labelBinding(end);
    }

    /** Jumps when the condition has the given outcome, else goes on. */
    void branch(Expr condition, boolean when, Label target) {
        switch (condition) {
            case Expr.Const constant -> {
                if (constant.bits() != 0 == when) {
                    code.goto_(target);
                }
            }
            case Expr.Op op when op.op() == Opcode.NOT -> branch(op.operands().getFirst(), !when, target);
            case Expr.Op op when op.op().compare() != null -> compare(op, when, target);
            case Expr.Select select -> branchSelect(select, when, target);
            default -> {
                push(condition);
                if (when) {
                    code.ifne(target);
                } else {
                    code.ifeq(target);
                }
            }
        }
    }

    private void branchSelect(Expr.Select select, boolean when, Label target) {
        var next = code.newLabel();
        if (select.other() instanceof Expr.Const c && c.bits() == 0) {
            branch(select.condition(), false, when ? next : target);
            branch(select.then(), when, target);
        } else if (select.then() instanceof Expr.Const c && c.bits() == 1) {
            branch(select.condition(), true, when ? target : next);
            branch(select.other(), when, target);
        } else {
            push(select);
            if (when) {
                code.ifne(target);
            } else {
                code.ifeq(target);
            }
        }
        code.labelBinding(next);
    }

    private void compare(Expr.Op op, boolean when, Label target) {
        var left = op.operands().get(0);
        var right = op.operands().get(1);
        var relation = op.op().relation();
        push(left);
        if (op.op().compare() == Compare.INT) {
            if (right instanceof Expr.Const c && c.bits() == 0) {
                jumpZero(when ? relation : relation.negated(), target);
            } else {
                push(right);
                jumpInts(when ? relation : relation.negated(), target);
            }
            return;
        }
        push(right);
        switch (op.op().compare()) {
            case UNSIGNED_INT -> code.invokestatic(ConstantDescs.CD_Integer, "compareUnsigned", COMPARE_INT);
            case UNSIGNED_LONG -> code.invokestatic(ConstantDescs.CD_Long, "compareUnsigned", COMPARE_LONG);
            case LONG -> code.lcmp();
            default -> {
                // With a NaN every relation but != must come out false.
                if (relation == Relation.LT || relation == Relation.LE) {
                    code.fcmpg();
                } else {
                    code.fcmpl();
                }
            }
        }
        jumpZero(when ? relation : relation.negated(), target);
    }

    private void jumpZero(Relation relation, Label target) {
        switch (relation) {
            case EQ -> code.ifeq(target);
            case NE -> code.ifne(target);
            case LT -> code.iflt(target);
            case LE -> code.ifle(target);
            case GT -> code.ifgt(target);
            case GE -> code.ifge(target);
        }
    }

    private void jumpInts(Relation relation, Label target) {
        switch (relation) {
            case EQ -> code.if_icmpeq(target);
            case NE -> code.if_icmpne(target);
            case LT -> code.if_icmplt(target);
            case LE -> code.if_icmple(target);
            case GT -> code.if_icmpgt(target);
            case GE -> code.if_icmpge(target);
        }
    }

    /** Drops what {@link #push} left. */
    void pop(Slot slot) {
        if (slot == Slot.LONG) {
            code.pop2();
        } else {
            code.pop();
        }
    }
}
