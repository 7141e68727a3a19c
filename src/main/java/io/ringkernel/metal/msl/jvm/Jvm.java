package io.ringkernel.metal.msl.jvm;

import io.ringkernel.metal.msl.builtin.LibraryMethod;
import io.ringkernel.metal.msl.ir.Cell;
import io.ringkernel.metal.msl.ir.Slot;
import io.ringkernel.metal.msl.run.KernelCode;
import io.ringkernel.metal.msl.run.Worker;
import io.ringkernel.metal.msl.run.check.AccessCheck;
import io.ringkernel.metal.msl.texture.TextureUnit;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodType;

/** Names of Java's classes and members as generated code refers to them. */
final class Jvm {
    static final ClassDesc WORKER = describe(Worker.class);
    static final ClassDesc KERNEL_CODE = describe(KernelCode.class);
    static final ClassDesc SEGMENT = describe(MemorySegment.class);
    static final MethodTypeDesc NO_ARGUMENTS = MethodTypeDesc.of(ConstantDescs.CD_void);
    static final MethodTypeDesc POLL = MethodTypeDesc.of(ConstantDescs.CD_void, WORKER);

    private Jvm() {}

    static ClassDesc describe(Class<?> type) {
        return type.describeConstable().orElseThrow();
    }

    static MethodTypeDesc describe(MethodType type) {
        return type.describeConstable().orElseThrow();
    }

    /** The JVM's type of a slot. */
    static TypeKind kind(Slot slot) {
        return switch (slot) {
            case INT -> TypeKind.INT;
            case LONG -> TypeKind.LONG;
            case FLOAT -> TypeKind.FLOAT;
            case SEGMENT -> TypeKind.REFERENCE;
        };
    }

    /** Where a range with a handler begins; the range is not empty, as no class file may have it. */
    static Label beginRange(CodeBuilder code) {
        var from = code.newBoundLabel();
        code.nop();
        return from;
    }

    /** Calls a static method. */
    static void invoke(CodeBuilder code, LibraryMethod method) {
        code.invokestatic(describe(method.owner()), method.name(), describe(method.type()));
    }

    /** Replaces the worker by the part of it that has a type's methods. */
    static void partOfWorker(CodeBuilder code, Class<?> owner) {
        if (owner == TextureUnit.class) {
            code.getfield(WORKER, "textures", describe(TextureUnit.class));
        } else if (owner == AccessCheck.class) {
            code.getfield(WORKER, "check", describe(AccessCheck.class));
        }
    }

    /** Calls a method of the worker, which is below the arguments. */
    static void invokeWorker(CodeBuilder code, String name, Class<?> result, Class<?>... parameters) {
        code.invokevirtual(WORKER, name, describe(MethodType.methodType(result, parameters)));
    }

    /** Pushes the layout of a cell in memory. */
    static void layout(CodeBuilder code, Cell cell) {
        var type = describe(layoutType(cell));
        code.getstatic(describe(ValueLayout.class), layoutName(cell), type);
    }

    private static String layoutName(Cell cell) {
        return switch (cell) {
            case BOOL, I8, U8 -> "JAVA_BYTE";
            case I16, F16 -> "JAVA_SHORT_UNALIGNED";
            case U16, BF16 -> "JAVA_CHAR_UNALIGNED";
            case I32 -> "JAVA_INT_UNALIGNED";
            case I64 -> "JAVA_LONG_UNALIGNED";
            case F32 -> "JAVA_FLOAT_UNALIGNED";
        };
    }

    private static Class<?> layoutType(Cell cell) {
        return switch (cell) {
            case BOOL, I8, U8 -> ValueLayout.OfByte.class;
            case I16, F16 -> ValueLayout.OfShort.class;
            case U16, BF16 -> ValueLayout.OfChar.class;
            case I32 -> ValueLayout.OfInt.class;
            case I64 -> ValueLayout.OfLong.class;
            case F32 -> ValueLayout.OfFloat.class;
        };
    }

    private static Class<?> carrier(Cell cell) {
        return switch (cell) {
            case BOOL, I8, U8 -> byte.class;
            case I16, F16 -> short.class;
            case U16, BF16 -> char.class;
            case I32 -> int.class;
            case I64 -> long.class;
            case F32 -> float.class;
        };
    }

    /** Calls MemorySegment.get; the segment, the layout and the offset are on the stack. */
    static void get(CodeBuilder code, Cell cell) {
        var type = MethodType.methodType(carrier(cell), layoutType(cell), long.class);
        code.invokeinterface(SEGMENT, "get", describe(type));
    }

    /** Calls MemorySegment.set; the segment, the layout, the offset and the value are on the stack. */
    static void set(CodeBuilder code, Cell cell) {
        var type = MethodType.methodType(void.class, layoutType(cell), long.class, carrier(cell));
        code.invokeinterface(SEGMENT, "set", describe(type));
    }
}
