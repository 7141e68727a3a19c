package io.ringkernel.metal.msl.check.semantics;

import io.ringkernel.metal.msl.builtin.ScalarType;
import io.ringkernel.metal.msl.builtin.Type;
import io.ringkernel.metal.msl.check.TypedExpression;
import io.ringkernel.metal.msl.check.TypedStatement;
import io.ringkernel.metal.msl.check.symbol.ClassSymbol;
import io.ringkernel.metal.msl.check.symbol.CppType;
import io.ringkernel.metal.msl.check.symbol.EnumSymbol;
import io.ringkernel.metal.msl.check.symbol.QualType;
import io.ringkernel.metal.msl.check.symbol.Scope;
import io.ringkernel.metal.msl.syntax.Expression;
import io.ringkernel.metal.msl.syntax.Expression.CastKind;
import io.ringkernel.metal.msl.syntax.SourcePosition;
import java.util.ArrayList;
import java.util.List;

/** Conversions that the program asks for: casts, construction, {@code as_type}. */
final class Casts {
    private final Analysis analysis;

    Casts(Analysis analysis) {
        this.analysis = analysis;
    }

    Operand cStyle(Expression.CStyleCast cast, Scope scope) {
        var type = analysis.types.resolve(cast.type(), scope);
        return explicit(type, analysis.expressions.check(cast.operand(), scope), CastKind.C_STYLE, cast.position());
    }

    Operand named(Expression.NamedCast cast, Scope scope) {
        var type = analysis.types.resolve(cast.type(), scope);
        if (cast.kind() == CastKind.DYNAMIC) {
            throw Refusal.at(cast.position(), "'dynamic_cast' is not supported in Metal");
        }
        var operand = analysis.expressions.check(cast.operand(), scope);
        return explicit(type, operand, cast.kind(), cast.position());
    }

    private static Refusal notAllowed(QualType type, Operand operand, CastKind kind, SourcePosition position) {
        var from = operand.type() == null
                ? "'<overloaded function type>'"
                : operand.type().quoted();
        return kind == CastKind.C_STYLE
                ? Refusal.at(position, "cannot convert " + from + " to " + type.quoted())
                : Refusal.at(position, kind + " from " + from + " to " + type.quoted() + " is not allowed");
    }

    /** A cast, of one kind. */
    Operand explicit(QualType type, Operand operand, CastKind kind, SourcePosition position) {
        if (type.isVoid()) {
            var drop = new TypedStatement.Evaluate(valueOrPlace(operand), position);
            return new Operand.Value(
                    new TypedExpression.Sequence(
                            List.of(drop), new TypedExpression.Zero(Trees.VOID, position), position),
                    QualType.VOID);
        }
        if (type.type() instanceof CppType.Reference reference) {
            return toReference(reference, operand, kind, position);
        }
        var source = analysis.conversions.decay(operand);
        if (operand.type() == null) {
            var sequence = analysis.conversions.implicit(operand, type);
            if (sequence == null) {
                throw notAllowed(type, operand, kind, position);
            }
            return operand instanceof Operand.Functions functions && sequence.function() != null
                    ? analysis.expressions.function(sequence.function(), functions.position())
                    : new Operand.Value(sequence.apply().get(), type.unqualified());
        }
        if (type.isPointer() || source.type().isPointer()) {
            return pointerCast(type.unqualified(), source, kind, position);
        }
        if (!kind.converts()) {
            throw notAllowed(type, operand, kind, position);
        }
        return convert(type.unqualified(), source, kind, position);
    }

    private TypedExpression valueOrPlace(Operand operand) {
        return operand instanceof Operand.Located located && located.type().isArray()
                ? analysis.conversions.address(located, true)
                : analysis.conversions.value(operand);
    }

    private Operand convert(QualType type, Operand source, CastKind kind, SourcePosition position) {
        if (type.isClass() || source.type().isClass()) {
            var sequence = analysis.conversions.implicit(source, type);
            if (sequence == null) {
                sequence = analysis.userConversions.implicit(source, type, true);
            }
            if (sequence == null) {
                throw type.isClass() && !type.type().equals(source.type().type())
                        ? Refusal.at(
                                position,
                                "no matching conversion for " + kind + " from " + Operators.quoted(source) + " to "
                                        + type.quoted())
                        : notAllowed(type, source, kind, position);
            }
            return new Operand.Value(sequence.apply().get(), type);
        }
        var from = element(source.type());
        var to = element(type);
        var value = from == null || to == null || source.type().isVoid() ? null : numeric(type, source, to);
        if (value == null) {
            throw notAllowed(type, source, kind, position);
        }
        return new Operand.Value(value, type);
    }

    private static ScalarType element(QualType type) {
        return type.type() instanceof EnumSymbol symbol ? symbol.underlying() : type.element();
    }

    private TypedExpression numeric(QualType type, Operand source, ScalarType to) {
        var value = analysis.conversions.value(source);
        var lowered = Lowering.value(type, source.position());
        return switch (value.type()) {
            case Type.Scalar _ when lowered instanceof Type.Scalar -> Trees.convert(value, lowered);
            case Type.Scalar _
            when lowered instanceof Type.Vector -> Trees.splat(Trees.convert(value, new Type.Scalar(to)), lowered);
            case Type.Vector from
            when lowered instanceof Type.Vector target && from.count() == target.count() ->
                Trees.convert(value, lowered);
            case Type.Matrix from
            when lowered instanceof Type.Matrix target
                    && from.columns() == target.columns()
                    && from.rows() == target.rows() -> Trees.convert(value, lowered);
            default -> null;
        };
    }

    private Operand toReference(CppType.Reference reference, Operand operand, CastKind kind, SourcePosition position) {
        var target = reference.referent();
        var sequence = analysis.conversions.implicit(operand, QualType.of(reference));
        if (sequence != null && sequence.function() == null) {
            return new Operand.Located(
                    Trees.dereference(sequence.apply().get()), target, reference.rvalue(), true, position);
        }
        if (!(operand instanceof Operand.Located located)) {
            throw notAllowed(QualType.of(reference), operand, kind, position);
        }
        if (Lowering.space(located.type()) != Lowering.space(target)) {
            throw mismatchingSpaces(QualType.of(reference), located.type(), kind, position);
        }
        var pointer = analysis.conversions.address(located, target.readOnly());
        var lowered = Lowering.value(QualType.of(reference), position);
        return new Operand.Located(
                Trees.dereference(Trees.retype(pointer, lowered, position)),
                target,
                reference.rvalue(),
                true,
                position);
    }

    private static Refusal mismatchingSpaces(QualType to, QualType from, CastKind kind, SourcePosition position) {
        return Refusal.at(
                position, kind + " from '" + from + "' to '" + to + "' converts between mismatching address spaces");
    }

    private Operand pointerCast(QualType type, Operand source, CastKind kind, SourcePosition position) {
        var implicit = analysis.conversions.implicit(source, type);
        if (implicit != null && kind != CastKind.REINTERPRET) {
            return new Operand.Value(implicit.apply().get(), type);
        }
        var lowered = Lowering.value(type, position);
        if (type.type() instanceof CppType.Pointer(var target)) {
            if (source.type().type() instanceof CppType.Pointer(var pointee)) {
                checkPointees(type, target, source.type(), pointee, kind, position);
                return new Operand.Value(Trees.retype(analysis.conversions.value(source), lowered, position), type);
            }
            if (source.type().isIntegral() && kind.reinterprets()) {
                var bits = Trees.convert(analysis.conversions.value(source), new Type.Scalar(ScalarType.ULONG));
                return new Operand.Value(new TypedExpression.Reinterpret(lowered, bits, position), type);
            }
            throw notAllowed(type, source, kind, position);
        }
        if (!type.isIntegral() || !kind.reinterprets()) {
            throw notAllowed(type, source, kind, position);
        }
        if (lowered.byteSize() != 8) {
            throw Refusal.at(position, "cast from pointer to smaller type " + type.quoted() + " loses information");
        }
        return new Operand.Value(
                new TypedExpression.Reinterpret(lowered, analysis.conversions.value(source), position), type);
    }

    private static void checkPointees(
            QualType type, QualType target, QualType from, QualType pointee, CastKind kind, SourcePosition position) {
        if (Lowering.space(pointee) != Lowering.space(target)) {
            throw mismatchingSpaces(type, from, kind, position);
        }
        var drops = pointee.readOnly() && !target.readOnly();
        if (drops && !kind.dropsConst()) {
            throw Refusal.at(position, kind + " from '" + from + "' to '" + type + "' casts away qualifiers");
        }
        var related = pointee.isVoid() || pointee.type().equals(target.type()) || derived(pointee, target);
        if (kind == CastKind.STATIC && !related
                || kind == CastKind.CONST && !pointee.type().equals(target.type())) {
            throw Refusal.at(position, kind + " from '" + from + "' to '" + type + "' is not allowed");
        }
    }

    private static boolean derived(QualType base, QualType derived) {
        return base.type() instanceof ClassSymbol b && derived.type() instanceof ClassSymbol d && d.derivesFrom(b);
    }

    Operand construct(Expression.Construct construct, Scope scope) {
        var type = analysis.initialization.typeOrDeduced(construct.type(), construct.arguments(), scope);
        return construct(type, construct.arguments(), scope, construct.position());
    }

    /** {@code T(a, b)}. */
    Operand construct(QualType type, List<Expression> arguments, Scope scope, SourcePosition position) {
        var operands = analysis.calls.arguments(arguments, scope);
        var bare = type.unqualified();
        if (bare.type() instanceof CppType.Opaque(String name)) {
            throw Refusal.unsupported(position, "'" + name + "'");
        }
        if (bare.type() instanceof ClassSymbol symbol) {
            return constructClass(symbol, operands, position);
        }
        if (operands.isEmpty()) {
            return bare.isVoid()
                    ? new Operand.Value(new TypedExpression.Zero(Trees.VOID, position), bare)
                    : new Operand.Value(zero(Lowering.object(bare, position), position), bare);
        }
        return switch (bare.type()) {
            case CppType.Vector vector -> vector(bare, vector, operands, position);
            case CppType.Matrix matrix -> matrix(bare, matrix, operands, position);
            default -> {
                if (operands.size() > 1) {
                    throw Refusal.at(position, "excess elements in initializer of type " + bare.quoted());
                }
                yield explicit(type, operands.getFirst(), CastKind.C_STYLE, position);
            }
        };
    }

    static TypedExpression zero(Type type, SourcePosition position) {
        return type instanceof Type.Scalar(var kind)
                ? Trees.constant(kind, 0, position)
                : new TypedExpression.Zero(type, position);
    }

    private Operand constructClass(ClassSymbol symbol, List<Operand> operands, SourcePosition position) {
        var type = QualType.of(symbol);
        if (operands.size() == 1 && operands.getFirst().type() != null) {
            return convert(type, operands.getFirst(), CastKind.FUNCTIONAL, position);
        }
        if (operands.isEmpty()) {
            return new Operand.Value(analysis.initialization.valueInitialised(type, position), type);
        }
        if (operands.size() == 1 && operands.getFirst() instanceof Operand.Braces braces) {
            return constructFromBraces(symbol, braces, position);
        }
        return analysis.calls.construct(symbol, operands, true, position);
    }

    /** {@code T({…})}: by a constructor whose parameter takes the braces, or as a copy of what they make. */
    private Operand constructFromBraces(ClassSymbol symbol, Operand.Braces braces, SourcePosition position) {
        var type = QualType.of(symbol);
        symbol.demand();
        var constructors = analysis.calls.constructors(symbol, true, position);
        var choice = constructors.set().members().isEmpty()
                ? null
                : analysis.withoutUserConversions(() -> analysis.overloads.tryResolve(constructors, List.of(braces)));
        return choice == null
                ? new Operand.Value(analysis.initialization.list(type, braces, position), type)
                : analysis.calls.call(choice, position);
    }

    Operand vector(QualType type, CppType.Vector vector, List<Operand> operands, SourcePosition position) {
        var lowered = Lowering.value(type, position);
        if (operands.size() == 1) {
            var only = operands.getFirst();
            if (only instanceof Operand.Braces braces) {
                return new Operand.Value(analysis.initialization.list(type, braces, position), type);
            }
            if (only.type() != null && (only.type().isClass() || !only.type().isVector())) {
                return explicit(type, only, CastKind.FUNCTIONAL, position);
            }
        }
        var parts = new ArrayList<TypedExpression>();
        int count = 0;
        for (var operand : operands) {
            var part = vectorPart(vector, operand, position);
            count += part.type() instanceof Type.Vector v ? v.count() : 1;
            parts.add(part);
        }
        if (count != vector.count()) {
            throw Refusal.at(
                    position,
                    "too " + (count < vector.count() ? "few" : "many") + " elements in vector initialization (expected "
                            + vector.count() + " elements, have " + count + ")");
        }
        return new Operand.Value(
                parts.size() == 1
                        ? Trees.convert(parts.getFirst(), lowered)
                        : new TypedExpression.Construct(lowered, parts, position),
                type);
    }

    private TypedExpression vectorPart(CppType.Vector vector, Operand operand, SourcePosition position) {
        var scalar = QualType.of(vector.element());
        if (operand.type() != null && operand.type().type() instanceof CppType.Vector other) {
            return Trees.convert(
                    analysis.conversions.value(operand), new Type.Vector(vector.element(), other.count(), false));
        }
        if (operand instanceof Operand.Braces braces) {
            throw Refusal.at(braces.position(), "initializer list cannot be a vector component");
        }
        return analysis.conversions.value(explicit(scalar, operand, CastKind.C_STYLE, position));
    }

    private Operand matrix(QualType type, CppType.Matrix matrix, List<Operand> operands, SourcePosition position) {
        var lowered = (Type.Matrix) Lowering.value(type, position);
        if (operands.size() == 1 && isWhole(operands.getFirst())) {
            return explicit(type, operands.getFirst(), CastKind.FUNCTIONAL, position);
        }
        var columns =
                operands.stream().allMatch(o -> o.type() == null || o.type().isVector());
        var scalars =
                operands.stream().allMatch(o -> o.type() != null && o.type().isArithmetic());
        int expected = columns ? matrix.columns() : matrix.columns() * matrix.rows();
        if (!columns && !scalars || operands.size() != expected && !(scalars && operands.size() == 1)) {
            throw Refusal.at(position, "no matching constructor for initialization of '" + type + "'");
        }
        var part = columns
                ? QualType.of(new CppType.Vector(matrix.element(), matrix.rows(), false))
                : QualType.of(matrix.element());
        var parts = new ArrayList<TypedExpression>();
        for (var operand : operands) {
            var sequence = analysis.conversions.implicit(operand, part);
            if (sequence == null) {
                throw Refusal.at(position, "no matching constructor for initialization of '" + type + "'");
            }
            parts.add(sequence.apply().get());
        }
        return new Operand.Value(new TypedExpression.Construct(lowered, parts, position), type);
    }

    /** Whether a matrix is made from an operand as a whole: from another one, from braces, or by a conversion. */
    private static boolean isWhole(Operand operand) {
        return operand instanceof Operand.Braces
                || operand.type() != null
                        && (operand.type().type() instanceof CppType.Matrix
                                || operand.type().isClass());
    }
}
