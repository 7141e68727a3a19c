package io.ringkernel.metal.msl.check.semantics;

import io.ringkernel.metal.msl.builtin.AddressSpace;
import io.ringkernel.metal.msl.builtin.Type;
import io.ringkernel.metal.msl.check.symbol.ClassSymbol;
import io.ringkernel.metal.msl.check.symbol.CppType;
import io.ringkernel.metal.msl.check.symbol.EnumSymbol;
import io.ringkernel.metal.msl.check.symbol.QualType;
import io.ringkernel.metal.msl.syntax.SourcePosition;

/** C++ types to the core language's: references are pointers, enumerations their scalars, qualifiers vanish. */
final class Lowering {
    private Lowering() {}

    /** The type of an object so declared; refuses what has no size. */
    static Type object(QualType type, SourcePosition position) {
        return switch (type.type()) {
            case ClassSymbol symbol -> {
                if (!symbol.isComplete()) {
                    throw Refusal.at(position, "variable has incomplete type '" + symbol + "'");
                }
                yield symbol.layout();
            }
            case CppType.Array(var element, int length) -> {
                if (length < 0) {
                    throw Refusal.at(
                            position,
                            "definition of variable with array type needs an explicit size or an initializer");
                }
                yield array(object(element, position), length, position);
            }
            case CppType.Scalar _
            when type.isVoid() -> throw Refusal.at(position, "variable has incomplete type 'void'");
            case CppType.Function _ -> throw Refusal.at(position, "a function is not an object");
            default -> value(type, position);
        };
    }

    private static Type array(Type element, int length, SourcePosition position) {
        if ((long) element.byteSize() * length > Integer.MAX_VALUE) {
            throw Refusal.at(position, "array is too large (" + length + " elements)");
        }
        return new Type.Array(element, length);
    }

    /** Refuses the types of textures, samplers and their like, of which there are no objects. */
    static void requireObject(QualType type, SourcePosition position) {
        if (type.type() instanceof CppType.Opaque(String name)) {
            throw Refusal.unsupported(position, "'" + name + "'");
        }
    }

    /** The type of a value, also void and what a pointer may point to although it is incomplete. */
    static Type value(QualType type, SourcePosition position) {
        return switch (type.type()) {
            case CppType.Scalar(var kind) -> new Type.Scalar(kind);
            case CppType.Vector(var element, int count, boolean packed) -> new Type.Vector(element, count, packed);
            case CppType.Matrix(var element, int columns, int rows) -> new Type.Matrix(element, columns, rows);
            case CppType.Array(var element, int length) ->
                new Type.Array(value(element, position), Math.max(0, length));
            case CppType.Pointer(var pointee) -> pointer(pointee, position);
            case CppType.Reference(var referent, var _) -> pointer(referent, position);
            case CppType.Atomic(var kind) -> new Type.Atomic(kind);
            case CppType.Opaque(String name) -> new Type.Opaque(name);
            case CppType.NullPointer _ -> new Type.Pointer(Trees.VOID, AddressSpace.THREAD, false);
            case EnumSymbol symbol -> new Type.Scalar(symbol.underlying());
            case ClassSymbol symbol -> {
                symbol.demand();
                yield symbol.layout();
            }
            case CppType.Function _ -> throw Refusal.unsupported(position, "a function pointer as a value");
            case CppType.Unique _ -> throw new IllegalStateException("a placeholder reached the typed tree");
        };
    }

    private static Type.Pointer pointer(QualType pointee, SourcePosition position) {
        if (pointee.type() instanceof CppType.Function) {
            throw Refusal.unsupported(position, "a function pointer as a value");
        }
        var lowered = pointee.type() instanceof ClassSymbol symbol ? symbol.layout() : value(pointee, position);
        return new Type.Pointer(lowered, space(pointee), pointee.readOnly());
    }

    /** Where an object of this type lives if nothing else is said. */
    static AddressSpace space(QualType type) {
        return type.space() == null ? AddressSpace.THREAD : type.space();
    }
}
