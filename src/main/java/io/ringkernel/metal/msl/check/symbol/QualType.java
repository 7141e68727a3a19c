package io.ringkernel.metal.msl.check.symbol;

import io.ringkernel.metal.msl.builtin.AddressSpace;
import io.ringkernel.metal.msl.builtin.ScalarType;

/**
 * A type with const and address space; space null means none was named. {@code volatile} has no effect and is dropped.
 */
public record QualType(CppType type, boolean isConst, AddressSpace space) {
    public static final QualType VOID = of(ScalarType.VOID);
    public static final QualType BOOL = of(ScalarType.BOOL);
    public static final QualType CHAR = of(ScalarType.CHAR);
    public static final QualType INT = of(ScalarType.INT);
    public static final QualType UINT = of(ScalarType.UINT);
    public static final QualType LONG = of(ScalarType.LONG);
    public static final QualType ULONG = of(ScalarType.ULONG);
    public static final QualType FLOAT = of(ScalarType.FLOAT);
    public static final QualType HALF = of(ScalarType.HALF);
    public static final QualType BFLOAT = of(ScalarType.BFLOAT);

    public static QualType of(CppType type) {
        return new QualType(type, false, null);
    }

    public static QualType of(ScalarType kind) {
        return of(new CppType.Scalar(kind));
    }

    public static QualType pointerTo(QualType pointee) {
        return of(new CppType.Pointer(pointee));
    }

    public static QualType referenceTo(QualType referent) {
        return of(new CppType.Reference(referent, false));
    }

    public QualType unqualified() {
        return !isConst && space == null ? this : of(type);
    }

    public QualType withConst(boolean constant) {
        return constant == isConst ? this : new QualType(type, constant, space);
    }

    public QualType withSpace(AddressSpace where) {
        return where == space ? this : new QualType(type, isConst, where);
    }

    /** Another type with these qualifiers: the type of a part of such an object. */
    public QualType part(QualType inner) {
        if (inner.type instanceof CppType.Reference) {
            return inner;
        }
        return new QualType(inner.type, isConst || inner.isConst, space == null ? inner.space : space);
    }

    public boolean readOnly() {
        return isConst || space == AddressSpace.CONSTANT;
    }

    public boolean isReference() {
        return type instanceof CppType.Reference;
    }

    /** What a reference refers to, or this. */
    public QualType referent() {
        return type instanceof CppType.Reference reference ? reference.referent() : this;
    }

    public boolean isVoid() {
        return type instanceof CppType.Scalar(var kind) && kind == ScalarType.VOID;
    }

    /** The scalar kind of a scalar, or that of an unscoped enumeration in arithmetic, else null. */
    public ScalarType scalar() {
        return switch (type) {
            case CppType.Scalar(var kind) -> kind;
            case EnumSymbol symbol when !symbol.scoped() -> symbol.promoted();
            default -> null;
        };
    }

    public boolean isArithmetic() {
        var kind = scalar();
        return kind != null && kind != ScalarType.VOID;
    }

    public boolean isIntegral() {
        var kind = scalar();
        return kind != null && (kind == ScalarType.BOOL || kind.isInteger());
    }

    public boolean isPointer() {
        return type instanceof CppType.Pointer;
    }

    public boolean isClass() {
        return type instanceof ClassSymbol;
    }

    public boolean isVector() {
        return type instanceof CppType.Vector;
    }

    public boolean isArray() {
        return type instanceof CppType.Array;
    }

    /** Whether it is a pointer or reference to a function. */
    public boolean isFunctionPointer() {
        return switch (type) {
            case CppType.Pointer(var pointee) -> pointee.type instanceof CppType.Function;
            case CppType.Reference(var referent, var _) -> referent.type instanceof CppType.Function;
            default -> false;
        };
    }

    /** The element kind of a scalar, vector or matrix, else null. */
    public ScalarType element() {
        return switch (type) {
            case CppType.Vector vector -> vector.element();
            case CppType.Matrix matrix -> matrix.element();
            default -> scalar();
        };
    }

    /** In quotes, as clang words a type in a message. */
    public String quoted() {
        return type instanceof CppType.Vector(var element, int count, boolean packed) && !packed
                ? "'" + this + "' (vector of " + count + " '" + element.keyword() + "' values)"
                : "'" + this + "'";
    }

    @Override
    public String toString() {
        if (type instanceof CppType.Pointer) {
            return type + (isConst ? "const" : "");
        }
        var text = new StringBuilder();
        if (isConst) {
            text.append("const ");
        }
        if (space != null) {
            text.append(space.keyword()).append(' ');
        }
        return text.append(type).toString();
    }
}
