package io.ringkernel.metal.msl.check.semantics;

import io.ringkernel.metal.msl.builtin.AddressSpace;
import io.ringkernel.metal.msl.builtin.ScalarType;
import io.ringkernel.metal.msl.builtin.Type;
import io.ringkernel.metal.msl.check.Place;
import io.ringkernel.metal.msl.check.TypedExpression;
import io.ringkernel.metal.msl.check.symbol.ClassSymbol;
import io.ringkernel.metal.msl.check.symbol.CppType;
import io.ringkernel.metal.msl.check.symbol.EnumSymbol;
import io.ringkernel.metal.msl.check.symbol.QualType;
import io.ringkernel.metal.msl.check.symbol.Symbol;
import io.ringkernel.metal.msl.syntax.SourcePosition;
import java.util.function.Supplier;

/** Implicit conversions (C++14 [over.best.ics], MSL specification 2.21 and 2.22) and their ranks. */
final class Conversions {
    enum Rank {
        EXACT,
        PROMOTION,
        CONVERSION,
        USER
    }

    /**
     * One way to make an argument fit.
     *
     * @param penalty orders sequences of equal rank: const was added, or a reference binds less well
     * @param function the function that converts, or that a function pointer means
     */
    record Sequence(Rank rank, int penalty, Symbol.Function function, Supplier<TypedExpression> apply) {
        static Sequence of(Rank rank, Supplier<TypedExpression> apply) {
            return new Sequence(rank, 0, null, apply);
        }

        Sequence penalised(int more) {
            return more == 0 ? this : new Sequence(rank, penalty + more, function, apply);
        }

        /** Negative if this is better. */
        int compare(Sequence other) {
            int ranks = rank.compareTo(other.rank);
            if (ranks != 0) {
                return ranks;
            }
            if (rank == Rank.USER && function != other.function) {
                return 0;
            }
            return Integer.compare(penalty, other.penalty);
        }
    }

    private static final int SPLAT_PENALTY = 8;

    private final Analysis analysis;

    Conversions(Analysis analysis) {
        this.analysis = analysis;
    }

    /** The value of an operand; an object is read, a constant's value is known. */
    TypedExpression value(Operand operand) {
        return switch (operand) {
            case Operand.Value(var expression, var _) -> expression;
            case Operand.Located located -> located.value() == null ? load(located) : located.value();
            case Operand.Functions functions ->
                throw Refusal.at(
                        functions.position(),
                        "reference to overloaded function could not be resolved; did you mean to call it?");
            case Operand.Braces braces -> throw Refusal.at(braces.position(), "initializer list cannot be used here");
        };
    }

    private TypedExpression load(Operand.Located located) {
        if (located.type().type() instanceof CppType.Atomic) {
            throw Refusal.at(
                    located.position(),
                    "cannot read an object of type '" + located.type().unqualified()
                            + "' other than through atomic functions");
        }
        if (located.type().type() instanceof ClassSymbol symbol) {
            return analysis.copies.read(located, symbol);
        }
        if (located.place() instanceof Place.OfVariable(var variable)
                && variable.type() instanceof Type.Scalar scalar) {
            var bits = analysis.evaluator.scalar(variable);
            if (bits != null) {
                return new TypedExpression.Constant(scalar, bits, located.position());
            }
        }
        return new TypedExpression.Load(located.place(), located.position());
    }

    static boolean holdsAtomics(ClassSymbol symbol) {
        return symbol.fields().stream().anyMatch(field -> isAtomic(field.type()))
                || symbol.bases().stream().anyMatch(base -> holdsAtomics(base.symbol()));
    }

    /** Whether a type is atomic, or has parts that are. */
    static boolean isAtomic(QualType type) {
        return switch (type.type()) {
            case CppType.Atomic _ -> true;
            case CppType.Array(var element, var _) -> isAtomic(element);
            case ClassSymbol symbol -> holdsAtomics(symbol);
            default -> false;
        };
    }

    /** The best implicit conversion of an argument, or null if there is none. */
    Sequence implicit(Operand from, QualType to) {
        return implicit(from, to, analysis.allowsUserConversions());
    }

    /** Without user-defined conversions unless {@code userDefined}. */
    Sequence implicit(Operand from, QualType to, boolean userDefined) {
        if (to.type() instanceof CppType.Reference reference) {
            return bind(from, reference, userDefined);
        }
        if (from instanceof Operand.Braces braces) {
            return analysis.initialization.listSequence(braces, to);
        }
        if (from instanceof Operand.Functions functions) {
            return function(functions, to);
        }
        return standardOrUser(from, to, userDefined);
    }

    private Sequence function(Operand.Functions functions, QualType to) {
        if (!to.isFunctionPointer()) {
            return null;
        }
        var wanted =
                (CppType.Function) (to.type() instanceof CppType.Pointer(var pointee) ? pointee : to.referent()).type();
        var found = analysis.namedFunctions.exact(functions, wanted);
        return found == null
                ? null
                : new Sequence(Rank.EXACT, 0, found, () -> {
                    throw Refusal.unsupported(functions.position(), "a function pointer as a value");
                });
    }

    private Sequence bind(Operand from, CppType.Reference reference, boolean userDefined) {
        var target = reference.referent();
        if (target.type() instanceof CppType.Function) {
            return from instanceof Operand.Functions functions ? function(functions, QualType.of(reference)) : null;
        }
        if (from instanceof Operand.Located located && bindsDirectly(located, target)) {
            return bindObject(located, reference);
        }
        if (from instanceof Operand.Located located
                && related(located.type(), target)
                && Lowering.space(located.type()) != Lowering.space(target)) {
            // Related types, and no qualification conversion leads from one space to another (C++14 [dcl.init.ref]/5).
            return null;
        }
        var temporary = reference.rvalue() || target.readOnly();
        if (!temporary || Lowering.space(target) != AddressSpace.THREAD) {
            return null;
        }
        if (reference.rvalue()
                && from instanceof Operand.Located located
                && !located.expiring()
                && related(located.type(), target)) {
            return null;
        }
        var converted = implicit(from, target.unqualified(), userDefined);
        if (converted == null) {
            return null;
        }
        // An object of another space is copied by its class first.
        var rank = from.type() != null && from.type().isClass() && from instanceof Operand.Located
                ? Rank.USER
                : converted.rank();
        var wrapped = new Sequence(
                rank,
                converted.penalty(),
                converted.function(),
                () -> materialise(converted.apply().get(), target));
        return wrapped.penalised(reference.rvalue() ? 0 : 1);
    }

    private static boolean related(QualType from, QualType to) {
        return from.type().equals(to.type())
                || from.type() instanceof ClassSymbol derived
                        && to.type() instanceof ClassSymbol base
                        && derived.derivesFrom(base);
    }

    private static boolean bindsDirectly(Operand.Located located, QualType target) {
        return related(located.type(), target)
                && located.addressable()
                && Lowering.space(located.type()) == Lowering.space(target);
    }

    private Sequence bindObject(Operand.Located located, CppType.Reference reference) {
        var target = reference.referent();
        if (located.type().readOnly() && !target.readOnly()
                || reference.rvalue() != located.expiring() && (reference.rvalue() || !target.readOnly())) {
            return null;
        }
        Supplier<TypedExpression> apply = () -> addressFor(located, target);
        var rank = located.type().type().equals(target.type()) ? Rank.EXACT : Rank.CONVERSION;
        int penalty = (target.readOnly() && !located.type().readOnly() ? 1 : 0)
                + (located.expiring() && !reference.rvalue() ? 1 : 0);
        return Sequence.of(rank, apply).penalised(penalty);
    }

    private TypedExpression addressFor(Operand.Located located, QualType target) {
        var object = located.type().type().equals(target.type())
                ? located
                : analysis.members.toBase(located, (ClassSymbol) target.type());
        return address(object, target.readOnly());
    }

    /** A pointer to an object. */
    TypedExpression address(Operand.Located located, boolean readOnly) {
        if (!located.addressable()) {
            throw Refusal.at(
                    located.position(),
                    located.place() instanceof Place.Swizzle
                            ? "address of vector element requested"
                            : "address of bit-field requested");
        }
        return Trees.addressOf(located.place(), Lowering.space(located.type()), readOnly, located.position());
    }

    /** A pointer to a new thread object that holds the value. */
    TypedExpression materialise(TypedExpression value, QualType type) {
        var temporary = Trees.temporary(value.type());
        var pointer = Trees.addressOf(
                new Place.OfVariable(temporary), AddressSpace.THREAD, type.readOnly(), value.position());
        return Trees.with(temporary, value, pointer);
    }

    /** Makes a value an object, so that methods can be called on it. */
    Operand.Located locate(Operand operand) {
        if (operand instanceof Operand.Located located) {
            return located;
        }
        var expression = value(operand);
        var type = operand.type().withSpace(AddressSpace.THREAD);
        return new Operand.Located(
                Trees.dereference(materialise(expression, type)), type, true, true, operand.position());
    }

    private Sequence standardOrUser(Operand from, QualType to, boolean userDefined) {
        var source = from.type();
        if (source.type().equals(to.type()) && !source.isArray()) {
            return source.type() instanceof CppType.Atomic
                    ? null
                    : Sequence.of(Rank.EXACT, () -> analysis.copies.copy(from));
        }
        if (source.isClass() || to.isClass()) {
            return classConversion(from, to, userDefined);
        }
        if (source.isArray()) {
            return pointer(decay(from), to, 0);
        }
        if (source.isPointer() || source.type() instanceof CppType.NullPointer) {
            return pointer(from, to, 0);
        }
        return numeric(from, source, to);
    }

    private Sequence classConversion(Operand from, QualType to, boolean userDefined) {
        if (from.type().type() instanceof ClassSymbol derived
                && to.type() instanceof ClassSymbol base
                && derived.derivesFrom(base)) {
            return Sequence.of(Rank.CONVERSION, () -> load(analysis.members.toBase(locate(from), base)));
        }
        return userDefined ? analysis.userConversions.implicit(from, to) : null;
    }

    private Sequence numeric(Operand from, QualType source, QualType to) {
        var lowered = lowered(to, from.position());
        if (to.type() instanceof CppType.Vector vector) {
            return toVector(from, source, vector, lowered);
        }
        if (to.isPointer() && Pointers.isNullConstant(from)) {
            var pointer = (Type.Pointer) lowered;
            return Sequence.of(Rank.CONVERSION, () -> new TypedExpression.NullPointer(pointer, from.position()));
        }
        var fromKind = source.scalar();
        if (fromKind == null || !(to.type() instanceof CppType.Scalar(var toKind))) {
            return null;
        }
        var rank = source.type() instanceof EnumSymbol symbol
                ? ScalarConversions.enumerationRank(symbol, toKind)
                : ScalarConversions.scalarRank(fromKind, toKind);
        // An enumeration of a fixed type is that type before it is what that is promoted to.
        int penalty = source.type() instanceof EnumSymbol && fromKind != toKind ? 1 : 0;
        return rank == null
                ? null
                : Sequence.of(rank, () -> Trees.convert(value(from), lowered)).penalised(penalty);
    }

    private static Type lowered(QualType type, SourcePosition position) {
        return type.type() instanceof CppType.Unique ? null : Lowering.value(type, position);
    }

    private Sequence toVector(Operand from, QualType source, CppType.Vector vector, Type lowered) {
        if (source.type() instanceof CppType.Vector other) {
            return other.element() == vector.element() && other.count() == vector.count()
                    ? Sequence.of(Rank.CONVERSION, () -> Trees.convert(value(from), lowered))
                    : null;
        }
        var kind = source.scalar();
        if (kind == null || ScalarConversions.scalarRank(kind, vector.element()) == null) {
            return null;
        }
        // A scalar parameter takes a scalar before a vector one does.
        return Sequence.of(
                        Rank.CONVERSION,
                        () -> Trees.splat(Trees.convert(value(from), new Type.Scalar(vector.element())), lowered))
                .penalised(SPLAT_PENALTY);
    }

    /** An array as a pointer to its first element; anything else as it is. */
    Operand decay(Operand operand) {
        if (operand.type() == null || !(operand.type().type() instanceof CppType.Array(var element, var _))) {
            return operand;
        }
        var located = locate(operand);
        var pointee = located.type().part(element).withSpace(Lowering.space(located.type()));
        var elementType = Lowering.value(pointee, operand.position());
        var first = new Place.Element(located.place(), Trees.integer(0, operand.position()), elementType, "");
        var pointer = Trees.addressOf(first, Lowering.space(pointee), pointee.readOnly(), operand.position());
        return new Operand.Value(pointer, QualType.pointerTo(pointee));
    }

    private Sequence pointer(Operand from, QualType to, int penalty) {
        if (to.scalar() == ScalarType.BOOL && !(to.type() instanceof EnumSymbol)) {
            return Sequence.of(Rank.CONVERSION, () -> toBool(value(from))).penalised(2);
        }
        if (!(to.type() instanceof CppType.Pointer(var target))) {
            return null;
        }
        if (from.type().type() instanceof CppType.NullPointer) {
            var lowered = (Type.Pointer) Lowering.value(to, from.position());
            return Sequence.of(Rank.CONVERSION, () -> new TypedExpression.NullPointer(lowered, from.position()));
        }
        var source = ((CppType.Pointer) from.type().type()).pointee();
        if (source.readOnly() && !target.readOnly() || Lowering.space(source) != Lowering.space(target)) {
            return null;
        }
        var added = penalty + (target.readOnly() && !source.readOnly() ? 1 : 0);
        if (source.type().equals(target.type())) {
            return Sequence.of(Rank.EXACT, () -> retyped(from, to)).penalised(added);
        }
        if (target.isVoid()) {
            return Sequence.of(Rank.CONVERSION, () -> retyped(from, to)).penalised(added + 1);
        }
        if (source.type() instanceof ClassSymbol derived
                && target.type() instanceof ClassSymbol base
                && derived.derivesFrom(base)) {
            return Sequence.of(Rank.CONVERSION, () -> {
                var place = Trees.dereference(value(from));
                var object = new Operand.Located(place, source, from.position());
                return address(analysis.members.toBase(object, base), target.readOnly());
            });
        }
        return null;
    }

    private TypedExpression retyped(Operand from, QualType to) {
        return Trees.retype(value(from), Lowering.value(to, from.position()), from.position());
    }

    static TypedExpression toBool(TypedExpression value) {
        return Trees.convert(value, Trees.BOOL);
    }

    /** Converts as the condition of a statement does; refuses what is no scalar. */
    TypedExpression condition(Operand operand) {
        var decayed = decay(operand);
        if (decayed.type() != null
                && (decayed.type().isVector() || decayed.type().type() instanceof EnumSymbol e && e.scoped())) {
            throw Refusal.at(
                    operand.position(),
                    "value of type " + decayed.type().quoted() + " is not contextually convertible to 'bool'");
        }
        var sequence = decayed.type() != null && decayed.type().isClass()
                ? analysis.userConversions.contextualBool(decayed)
                : implicit(decayed, QualType.BOOL);
        if (sequence == null) {
            throw Refusal.at(
                    operand.position(),
                    "value of type "
                            + (operand.type() == null
                                    ? "'<overloaded function type>'"
                                    : operand.type().quoted()) + " is not contextually convertible to 'bool'");
        }
        return sequence.apply().get();
    }
}
