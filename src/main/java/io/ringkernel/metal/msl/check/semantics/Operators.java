package io.ringkernel.metal.msl.check.semantics;

import io.ringkernel.metal.msl.builtin.Library;
import io.ringkernel.metal.msl.builtin.ScalarType;
import io.ringkernel.metal.msl.builtin.Type;
import io.ringkernel.metal.msl.check.BinaryOperator;
import io.ringkernel.metal.msl.check.TypedExpression;
import io.ringkernel.metal.msl.check.TypedStatement;
import io.ringkernel.metal.msl.check.symbol.ClassSymbol;
import io.ringkernel.metal.msl.check.symbol.CppType;
import io.ringkernel.metal.msl.check.symbol.EnumSymbol;
import io.ringkernel.metal.msl.check.symbol.QualType;
import io.ringkernel.metal.msl.check.symbol.Scope;
import io.ringkernel.metal.msl.check.symbol.Symbol;
import io.ringkernel.metal.msl.syntax.Expression;
import io.ringkernel.metal.msl.syntax.SourcePosition;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Infix operators on values (MSL specification, section 3), and overloaded ones. */
final class Operators {
    private static final Map<Expression.BinaryOperator, BinaryOperator> CORE =
            new EnumMap<>(Expression.BinaryOperator.class);

    static {
        CORE.put(Expression.BinaryOperator.ADD, BinaryOperator.ADD);
        CORE.put(Expression.BinaryOperator.SUBTRACT, BinaryOperator.SUBTRACT);
        CORE.put(Expression.BinaryOperator.MULTIPLY, BinaryOperator.MULTIPLY);
        CORE.put(Expression.BinaryOperator.DIVIDE, BinaryOperator.DIVIDE);
        CORE.put(Expression.BinaryOperator.REMAINDER, BinaryOperator.REMAINDER);
        CORE.put(Expression.BinaryOperator.BIT_AND, BinaryOperator.BIT_AND);
        CORE.put(Expression.BinaryOperator.BIT_OR, BinaryOperator.BIT_OR);
        CORE.put(Expression.BinaryOperator.BIT_XOR, BinaryOperator.BIT_XOR);
        CORE.put(Expression.BinaryOperator.SHIFT_LEFT, BinaryOperator.SHIFT_LEFT);
        CORE.put(Expression.BinaryOperator.SHIFT_RIGHT, BinaryOperator.SHIFT_RIGHT);
        CORE.put(Expression.BinaryOperator.EQUAL, BinaryOperator.EQUAL);
        CORE.put(Expression.BinaryOperator.NOT_EQUAL, BinaryOperator.NOT_EQUAL);
        CORE.put(Expression.BinaryOperator.LESS, BinaryOperator.LESS);
        CORE.put(Expression.BinaryOperator.LESS_EQUAL, BinaryOperator.LESS_EQUAL);
        CORE.put(Expression.BinaryOperator.GREATER, BinaryOperator.GREATER);
        CORE.put(Expression.BinaryOperator.GREATER_EQUAL, BinaryOperator.GREATER_EQUAL);
    }

    private final Analysis analysis;

    Operators(Analysis analysis) {
        this.analysis = analysis;
    }

    private static Refusal invalid(Operand left, Operand right, SourcePosition position) {
        return Refusal.at(
                position, "invalid operands to binary expression (" + quoted(left) + " and " + quoted(right) + ")");
    }

    static String quoted(Operand operand) {
        return operand.type() == null
                ? "'<overloaded function type>'"
                : operand.type().withSpace(null).quoted();
    }

    Operand binary(Expression.Binary binary, Scope scope) {
        var left = analysis.expressions.check(binary.left(), scope);
        var right = analysis.expressions.check(binary.right(), scope);
        return binary(binary.operator(), left, right, scope, binary.position());
    }

    Operand binary(
            Expression.BinaryOperator operator, Operand left, Operand right, Scope scope, SourcePosition position) {
        if (left.type() == null || right.type() == null) {
            throw invalid(left, right, position);
        }
        if (isUserDefined(left) || isUserDefined(right)) {
            var overloaded = overloaded("operator" + operator.symbol(), List.of(left, right), scope, position);
            if (overloaded != null) {
                return overloaded;
            }
        }
        var a = builtinOperand(analysis.conversions.decay(left), right);
        var b = builtinOperand(analysis.conversions.decay(right), left);
        return switch (operator) {
            case COMMA -> comma(a, right, position);
            case LOGICAL_AND, LOGICAL_OR -> logical(operator, a, b, position);
            default -> arithmetic(CORE.get(operator), a, b, position);
        };
    }

    static boolean isUserDefined(Operand operand) {
        return operand.type() != null
                && (operand.type().isClass() || operand.type().type() instanceof EnumSymbol);
    }

    /** A class that converts to one arithmetic type takes part in arithmetic as that. */
    Operand builtinOperand(Operand operand, Operand other) {
        if (!operand.type().isClass()) {
            return operand;
        }
        var own = analysis.userConversions.onlyConversion(
                (ClassSymbol) operand.type().type());
        var others = other.type().isArithmetic() || other.type().isVector()
                ? other.type().unqualified()
                : QualType.FLOAT;
        var wanted = own == null ? others : own;
        var sequence = analysis.userConversions.implicit(operand, wanted);
        return sequence == null ? operand : new Operand.Value(sequence.apply().get(), wanted);
    }

    /** The call of an overloaded operator, or null if none fits. */
    Operand overloaded(String name, List<Operand> operands, Scope scope, SourcePosition position) {
        var first = operands.getFirst();
        if (first.type() != null
                && first.type().type() instanceof ClassSymbol symbol
                && analysis.lookup.member(symbol, name) instanceof Lookup.Member member
                && member.symbol() instanceof Symbol.FunctionSet set) {
            var functions = new Operand.Functions(set, first, Templates.Explicit.NONE, false, position);
            var choice = analysis.overloads.tryResolve(functions, operands.subList(1, operands.size()));
            if (choice != null) {
                return analysis.calls.call(choice, position);
            }
        }
        return freeOperator(name, operands, scope, position);
    }

    private Operand freeOperator(String name, List<Operand> operands, Scope scope, SourcePosition position) {
        var members = new java.util.LinkedHashSet<Symbol>();
        for (var s = scope; s != null; s = s.parent()) {
            if (!(s.owner() instanceof ClassSymbol)
                    && analysis.lookup.unqualified(name, s) instanceof Lookup.Found found
                    && found.member() == null
                    && found.symbol() instanceof Symbol.FunctionSet set) {
                members.addAll(set.members());
                break;
            }
        }
        var associated = analysis.calls.argumentDependent(name, operands, position);
        if (associated != null) {
            members.addAll(associated.set().members());
        }
        if (members.isEmpty()) {
            return null;
        }
        var functions = new Operand.Functions(
                new Symbol.FunctionSet(name, List.copyOf(members), List.of()),
                null,
                Templates.Explicit.NONE,
                false,
                position);
        var choice = analysis.overloads.tryResolve(functions, operands);
        return choice == null ? null : analysis.calls.call(choice, position);
    }

    private Operand comma(Operand left, Operand right, SourcePosition position) {
        var statement = new TypedStatement.Evaluate(analysis.conversions.value(left), position);
        var value = analysis.conversions.value(analysis.conversions.decay(right));
        return new Operand.Value(
                new TypedExpression.Sequence(List.of(statement), value, position),
                analysis.conversions.decay(right).type().unqualified());
    }

    private Operand logical(Expression.BinaryOperator operator, Operand left, Operand right, SourcePosition position) {
        var isAnd = operator == Expression.BinaryOperator.LOGICAL_AND;
        if (left.type().isVector() || right.type().isVector()) {
            if (left.type().element() != ScalarType.BOOL || right.type().element() != ScalarType.BOOL) {
                throw invalid(left, right, position);
            }
            var core = isAnd ? BinaryOperator.BIT_AND : BinaryOperator.BIT_OR;
            return arithmetic(core, left, right, position);
        }
        var a = analysis.conversions.condition(left);
        var b = analysis.conversions.condition(right);
        if (a instanceof TypedExpression.Constant constant) {
            var decided = (constant.bits() != 0) != isAnd;
            return new Operand.Value(decided ? a : b, QualType.BOOL);
        }
        return new Operand.Value(new TypedExpression.Logical(isAnd, a, b, Trees.BOOL, position), QualType.BOOL);
    }

    /** Built-in operators on values of built-in types. */
    Operand arithmetic(BinaryOperator operator, Operand left, Operand right, SourcePosition position) {
        var a = unscoped(left, right, operator, position);
        var b = unscoped(right, left, operator, position);
        if (isPointer(a.type()) || isPointer(b.type())) {
            return analysis.pointers.binary(operator, a, b, position);
        }
        if (!isNumeric(a.type()) || !isNumeric(b.type())) {
            throw invalid(left, right, position);
        }
        if (a.type().type() instanceof CppType.Matrix || b.type().type() instanceof CppType.Matrix) {
            return matrix(operator, a, b, position);
        }
        if (operator == BinaryOperator.SHIFT_LEFT || operator == BinaryOperator.SHIFT_RIGHT) {
            return shift(operator, a, b, position);
        }
        var type = common(a, b, position);
        checkElement(operator, type, left, right, position);
        var x = toCommon(a, type);
        var y = toCommon(b, type);
        var result = operator.isComparison() ? withElement(type, ScalarType.BOOL) : type;
        return new Operand.Value(Trees.binary(operator, x, y, Lowering.value(result, position), position), result);
    }

    private static boolean isNumeric(QualType type) {
        return type.element() != null && !type.isVoid();
    }

    static boolean isPointer(QualType type) {
        return type.isPointer() || type.type() instanceof CppType.NullPointer;
    }

    /** Scoped enumerations compare with their own kind, as their underlying type; nothing else is built in for them. */
    private Operand unscoped(Operand operand, Operand other, BinaryOperator operator, SourcePosition position) {
        if (!(operand.type().type() instanceof EnumSymbol symbol) || !symbol.scoped()) {
            return operand;
        }
        if (!operator.isComparison() || other.type().type() != symbol) {
            throw invalid(operand, other, position);
        }
        return new Operand.Value(analysis.conversions.value(operand), QualType.of(symbol.underlying()));
    }

    private static void checkElement(
            BinaryOperator operator, QualType type, Operand left, Operand right, SourcePosition position) {
        var element = type.element();
        var needsInteger = operator == BinaryOperator.REMAINDER
                || operator == BinaryOperator.BIT_AND
                || operator == BinaryOperator.BIT_OR
                || operator == BinaryOperator.BIT_XOR;
        var isBits = needsInteger && operator != BinaryOperator.REMAINDER;
        if (needsInteger && element.isFloating()
                || element == ScalarType.BOOL && type.isVector() && !isBits && !isEquality(operator)) {
            throw invalid(left, right, position);
        }
    }

    private static boolean isEquality(BinaryOperator operator) {
        return operator == BinaryOperator.EQUAL || operator == BinaryOperator.NOT_EQUAL;
    }

    private static QualType withElement(QualType shape, ScalarType element) {
        return shape.type() instanceof CppType.Vector(var _, int count, var _)
                ? QualType.of(new CppType.Vector(element, count, false))
                : QualType.of(element);
    }

    /** The type in which an operator works on two scalars or vectors. */
    QualType common(Operand left, Operand right, SourcePosition position) {
        var a = left.type();
        var b = right.type();
        if (a.type() instanceof CppType.Vector x && b.type() instanceof CppType.Vector y) {
            if (x.element() != y.element() || x.count() != y.count()) {
                throw Refusal.at(
                        position,
                        "cannot convert between vector values of different size (" + quoted(left) + " and "
                                + quoted(right) + ")");
            }
            return QualType.of(new CppType.Vector(x.element(), x.count(), false));
        }
        if (a.type() instanceof CppType.Vector x) {
            return widened(x, b, left, right, position);
        }
        if (b.type() instanceof CppType.Vector y) {
            return widened(y, a, left, right, position);
        }
        var kind = usual(a.scalar(), b.scalar());
        if (kind == null) {
            throw invalid(left, right, position);
        }
        return QualType.of(kind);
    }

    private static QualType widened(
            CppType.Vector vector, QualType scalar, Operand left, Operand right, SourcePosition position) {
        var kind = scalar.scalar();
        var truncates = kind == null || kind.isFloating() && !vector.element().isFloating();
        if (truncates || ScalarConversions.scalarRank(kind, vector.element()) == null) {
            throw Refusal.at(
                    position,
                    "cannot convert between scalar type '" + scalar.unqualified() + "' and vector type "
                            + QualType.of(vector).quoted() + " as implicit conversion would cause truncation");
        }
        return QualType.of(new CppType.Vector(vector.element(), vector.count(), false));
    }

    /** The usual arithmetic conversions; null where half meets bfloat. */
    static ScalarType usual(ScalarType a, ScalarType b) {
        if (a == ScalarType.FLOAT || b == ScalarType.FLOAT) {
            return ScalarType.FLOAT;
        }
        if (a.isFloating() && b.isFloating() && a != b) {
            return null;
        }
        if (a.isFloating() || b.isFloating()) {
            return a.isFloating() ? a : b;
        }
        var x = ScalarConversions.promoted(a);
        var y = ScalarConversions.promoted(b);
        if (x.byteSize() != y.byteSize()) {
            return x.byteSize() > y.byteSize() ? x : y;
        }
        return x.isUnsigned() ? x : y;
    }

    private TypedExpression toCommon(Operand operand, QualType type) {
        var value = analysis.conversions.value(operand);
        var lowered = Lowering.value(type, operand.position());
        return lowered instanceof Type.Vector vector && value.type() instanceof Type.Scalar
                ? Trees.splat(Trees.convert(value, new Type.Scalar(vector.element())), vector)
                : Trees.convert(value, lowered);
    }

    private Operand shift(BinaryOperator operator, Operand left, Operand right, SourcePosition position) {
        var a = left.type().element();
        var b = right.type().element();
        if (!isBits(a)
                || !isBits(b)
                || left.type().scalar() != null && right.type().isVector()) {
            throw invalid(left, right, position);
        }
        if (left.type().type() instanceof CppType.Vector vector) {
            if (right.type().type() instanceof CppType.Vector other && other.count() != vector.count()) {
                throw invalid(left, right, position);
            }
            var type = QualType.of(new CppType.Vector(vector.element(), vector.count(), false));
            var count = right.type().isVector() ? analysis.conversions.value(right) : toCommon(right, type);
            return new Operand.Value(
                    Trees.binary(operator, toCommon(left, type), count, Lowering.value(type, position), position),
                    type);
        }
        var type = QualType.of(ScalarConversions.promoted(a));
        var x = Trees.convert(analysis.conversions.value(left), Lowering.value(type, position));
        var y = Trees.convert(analysis.conversions.value(right), new Type.Scalar(ScalarConversions.promoted(b)));
        return new Operand.Value(Trees.binary(operator, x, y, x.type(), position), type);
    }

    private static boolean isBits(ScalarType kind) {
        return kind == ScalarType.BOOL || kind.isInteger();
    }

    private Operand matrix(BinaryOperator operator, Operand left, Operand right, SourcePosition position) {
        var sum = operator == BinaryOperator.ADD || operator == BinaryOperator.SUBTRACT;
        if (sum && left.type().type().equals(right.type().type())) {
            var value = new TypedExpression.Binary(
                    operator,
                    analysis.conversions.value(left),
                    analysis.conversions.value(right),
                    Lowering.value(left.type(), position),
                    position);
            return new Operand.Value(value, left.type().unqualified());
        }
        if (operator == BinaryOperator.MULTIPLY) {
            var builtins = Library.overloads("operator*", analysis.version.macroValue());
            var functions = new Operand.Functions(
                    new Symbol.FunctionSet("operator*", List.of(), builtins),
                    null,
                    Templates.Explicit.NONE,
                    false,
                    position);
            var choice = analysis.overloads.tryResolve(functions, List.of(left, right));
            if (choice != null) {
                return analysis.calls.call(choice, position);
            }
        }
        throw invalid(left, right, position);
    }
}
