package io.ringkernel.metal.msl.check.semantics;

import io.ringkernel.metal.msl.builtin.ScalarType;
import io.ringkernel.metal.msl.check.Place;
import io.ringkernel.metal.msl.check.TypedExpression;
import io.ringkernel.metal.msl.check.constant.ConstantArithmetic;
import io.ringkernel.metal.msl.check.symbol.ClassSymbol;
import io.ringkernel.metal.msl.check.symbol.CppType;
import io.ringkernel.metal.msl.check.symbol.EnumSymbol;
import io.ringkernel.metal.msl.check.symbol.QualType;
import io.ringkernel.metal.msl.check.symbol.Scope;
import io.ringkernel.metal.msl.check.symbol.Symbol;
import io.ringkernel.metal.msl.check.symbol.TemplateArgument;
import io.ringkernel.metal.msl.syntax.Expression;
import io.ringkernel.metal.msl.syntax.LanguageVersion;
import io.ringkernel.metal.msl.syntax.SourcePosition;
import io.ringkernel.metal.msl.syntax.TypeSyntax;
import java.util.List;
import java.util.Optional;

/** Checks expressions: literals and names here, the rest by those who know about it. */
final class Expressions {
    private final Analysis analysis;

    Expressions(Analysis analysis) {
        this.analysis = analysis;
    }

    Operand check(Expression expression, Scope scope) {
        return switch (expression) {
            case Expression.IntegerLiteral literal -> integer(literal);
            case Expression.FloatLiteral literal -> floating(literal);
            case Expression.CharLiteral(var position, int value, String prefix) -> {
                if (!prefix.isEmpty()) {
                    throw Refusal.at(
                            position, "character literals with prefix '" + prefix + "' are not supported in Metal");
                }
                yield constant(ScalarType.CHAR, (byte) value, position);
            }
            case Expression.StringLiteral literal -> analysis.globals.text(literal);
            case Expression.BoolLiteral(var position, boolean value) ->
                constant(ScalarType.BOOL, value ? 1 : 0, position);
            case Expression.NullptrLiteral(var position) -> nullPointer(position);
            case Expression.This(var position) -> thisPointer(position, scope);
            case Expression.NameUse(var position, var name) -> name(position, name, scope);
            case Expression.Parenthesized(var _, var inner) -> check(inner, scope);
            case Expression.Unary unary -> analysis.unary.check(unary, scope);
            case Expression.Binary binary -> analysis.operators.binary(binary, scope);
            case Expression.Assignment assignment -> analysis.assignments.check(assignment, scope);
            case Expression.Conditional conditional -> analysis.conditionals.check(conditional, scope);
            case Expression.Call call -> analysis.calls.check(call, scope);
            case Expression.Subscript subscript -> analysis.subscripts.subscript(subscript, scope);
            case Expression.Member member -> analysis.members.check(member, scope);
            case Expression.CStyleCast cast -> analysis.casts.cStyle(cast, scope);
            case Expression.NamedCast cast -> analysis.casts.named(cast, scope);
            case Expression.Construct construct -> analysis.casts.construct(construct, scope);
            case Expression.BracedConstruct(var position, var type, var values) -> {
                var target = analysis.types.resolve(type, scope).unqualified();
                yield new Operand.Value(
                        analysis.initialization.list(target, new Operand.Braces(values, scope), position), target);
            }
            case Expression.InitializerList list -> new Operand.Braces(list, scope);
            case Expression.SizeofExpression(var position, var operand) -> {
                var sized = check(operand, scope);
                if (Members.isBitField(sized)) {
                    throw Refusal.at(position, "invalid application of 'sizeof' to bit-field");
                }
                yield size(position, sized.type());
            }
            case Expression.SizeofType(var position, var type) -> size(position, analysis.types.resolve(type, scope));
            case Expression.SizeofPack(var position, String pack) -> {
                int size = analysis.packs.size(pack, scope);
                if (size < 0) {
                    throw Refusal.at(position, "'" + pack + "' does not refer to the name of a parameter pack");
                }
                yield constant(ScalarType.ULONG, size, position);
            }
            case Expression.Alignof(var position, TypeSyntax type) -> {
                var resolved = analysis.types.resolve(type, scope).referent();
                yield constant(
                        ScalarType.ULONG, Lowering.object(resolved, position).alignment(), position);
            }
            case Expression.Fold fold -> fold(fold, scope);
            case Expression.Lambda lambda -> lambda(lambda, scope);
            default -> throw refused(expression);
        };
    }

    /** What no Metal expression contains, by its name. */
    private static Refusal refused(Expression expression) {
        return switch (expression) {
            case Expression.PackExpansion(var position, var _) ->
                Refusal.at(position, "pack expansion cannot be used here");
            case Expression.Designated(var position, var _, var _) ->
                Refusal.at(position, "a designator is only allowed in an initializer list");
            case Expression.DesignatedElements designated ->
                Refusal.at(designated.position(), "a designator is only allowed in an initializer list");
            case Expression.MemberPointerAccess access ->
                Refusal.at(access.position(), "pointers to members are not supported in Metal");
            case Expression.Noexcept noexcept ->
                Refusal.at(noexcept.position(), "the 'noexcept' operator is not supported in Metal");
            case Expression.New creation -> Refusal.at(creation.position(), "'new' is not supported in Metal");
            case Expression.Delete deletion -> Refusal.at(deletion.position(), "'delete' is not supported in Metal");
            case Expression.Throw thrown ->
                Refusal.at(thrown.position(), "cannot use 'throw' with exceptions disabled");
            case Expression.Typeid typeid -> Refusal.at(typeid.position(), "'typeid' is not supported in Metal");
            default -> throw new IllegalStateException("unknown expression: " + expression);
        };
    }

    static Operand.Value constant(ScalarType kind, long bits, SourcePosition position) {
        return new Operand.Value(Trees.constant(kind, bits, position), QualType.of(kind));
    }

    private Operand lambda(Expression.Lambda lambda, Scope scope) {
        if (!analysis.version.isAtLeast(LanguageVersion.METAL_3_2)) {
            throw Refusal.at(lambda.position(), "lambda expressions are not supported in Metal");
        }
        return analysis.lambdas.check(lambda, scope);
    }

    private static Operand nullPointer(SourcePosition position) {
        var type = QualType.of(new CppType.NullPointer());
        var lowered = (io.ringkernel.metal.msl.builtin.Type.Pointer) Lowering.value(type, position);
        return new Operand.Value(new TypedExpression.NullPointer(lowered, position), type);
    }

    private Operand integer(Expression.IntegerLiteral literal) {
        if (literal.longs() > 1) {
            throw Refusal.at(literal.position(), "'long long' is not supported in Metal");
        }
        var value = literal.value();
        var fitsInt = value >= 0 && value <= Integer.MAX_VALUE;
        var fitsUint = value >>> 32 == 0;
        ScalarType kind;
        if (literal.longs() == 0 && fitsInt && !literal.unsigned()) {
            kind = ScalarType.INT;
        } else if (literal.longs() == 0 && fitsUint && (literal.unsigned() || !literal.decimal())) {
            kind = ScalarType.UINT;
        } else if (value >= 0 && !literal.unsigned()) {
            kind = ScalarType.LONG;
        } else {
            kind = ScalarType.ULONG;
        }
        return constant(kind, ConstantArithmetic.narrow(kind, value), literal.position());
    }

    private Operand floating(Expression.FloatLiteral literal) {
        var kind = switch (literal.suffix()) {
            case NONE, FLOAT -> ScalarType.FLOAT;
            case HALF -> ScalarType.HALF;
            case BFLOAT -> ScalarType.BFLOAT;
            case LONG -> throw Refusal.at(literal.position(), "'long double' is not supported in Metal");
        };
        if (kind == ScalarType.BFLOAT && !analysis.version.isAtLeast(LanguageVersion.METAL_3_1)) {
            throw Refusal.at(literal.position(), "invalid suffix 'bf' on floating constant");
        }
        return constant(kind, ConstantArithmetic.literal(kind, literal.value()), literal.position());
    }

    private Operand thisPointer(SourcePosition position, Scope scope) {
        var self = analysis.selves.self(scope, position);
        if (self != null && self.type().type() instanceof ClassSymbol symbol && symbol.isClosure()) {
            self = analysis.selves.outerSelf(self, symbol, position);
        }
        if (self == null) {
            throw Refusal.at(position, "invalid use of 'this' outside of a non-static member function");
        }
        var pointer = analysis.conversions.address(self, self.type().readOnly());
        return new Operand.Value(pointer, QualType.pointerTo(self.type().withSpace(Lowering.space(self.type()))));
    }

    private Operand name(SourcePosition position, io.ringkernel.metal.msl.syntax.Name name, Scope scope) {
        var found = analysis.lookup.resolve(name, scope);
        if (found.symbol() instanceof Symbol.Object object
                && Lookup.isOfEnclosingFunction(object, scope)
                && analysis.evaluator.scalar(object.variable()) == null) {
            throw Refusal.at(
                    position,
                    scope.enclosingClass().isClosure()
                            ? "variable '" + object.name() + "' is used in a lambda expression that does not capture it"
                            : "reference to local variable '" + object.name() + "' declared in enclosing function");
        }
        var argumentDependent = !name.isQualified() && found.member() == null;
        if (found.symbol() instanceof Symbol.FunctionSet set) {
            Operand self = null;
            if (found.member() != null) {
                self = selfOf(found.member().from(), scope, position);
            }
            return new Operand.Functions(
                    set, self, found.arguments().orElse(Templates.Explicit.NONE), argumentDependent, position);
        }
        if (found.symbol() instanceof Symbol.Field field) {
            var self = found.member() == null ? null : selfOf(found.member().from(), scope, position);
            if (self == null) {
                throw Refusal.at(position, "invalid use of non-static data member '" + field.name() + "'");
            }
            return analysis.members.access(self, found.member(), Optional.empty(), position);
        }
        return symbol(found.symbol(), position);
    }

    /** The object whose member an unqualified name is, as the class that has it; null in a static function. */
    private Operand.Located selfOf(ClassSymbol owner, Scope scope, SourcePosition position) {
        var self = analysis.selves.self(scope, position);
        while (self != null && self.type().type() instanceof ClassSymbol symbol) {
            if (symbol.derivesFrom(owner)) {
                return analysis.members.toBaseOfMember(self, owner);
            }
            self = analysis.selves.outerSelf(self, symbol, position);
        }
        return null;
    }

    /** The operand that a symbol other than a member is. */
    Operand symbol(Symbol symbol, SourcePosition position) {
        return switch (symbol) {
            case Symbol.Object object -> object(object, position);
            case Symbol.LazyObject lazy -> symbol(analysis.globals.make(lazy), position);
            case Symbol.Value(var _, TemplateArgument.OfValue(var type, long bits)) -> valueOf(type, bits, position);
            case Symbol.Enumerator enumerator -> enumerator(enumerator, position);
            case Symbol.FunctionBinding(var _, var _, var function) -> function(function, position);
            case Symbol.FunctionSet set -> new Operand.Functions(set, null, Templates.Explicit.NONE, false, position);
            case Symbol.Invalid _ -> throw Refusal.silent(position);
            case Symbol.Pack _, Symbol.ObjectPack _ ->
                throw Refusal.at(position, "expression contains unexpanded parameter pack '" + symbol.name() + "'");
            case Symbol.Namespace _ ->
                throw Refusal.at(position, "unexpected namespace name '" + symbol.name() + "': expected expression");
            default -> throw Refusal.at(position, "unexpected type name '" + symbol.name() + "': expected expression");
        };
    }

    private static Operand enumerator(Symbol.Enumerator enumerator, SourcePosition position) {
        var type = enumerator.type();
        var kind = enumerator.kind();
        if (type.isOpen()) {
            return new Operand.Value(Trees.constant(kind, enumerator.value(), position), QualType.of(kind));
        }
        var bits = ConstantArithmetic.convert(kind, type.underlying(), enumerator.value());
        return new Operand.Value(Trees.constant(type.underlying(), bits, position), QualType.of(type));
    }

    private static Operand valueOf(QualType type, long bits, SourcePosition position) {
        var kind = type.type() instanceof EnumSymbol symbol ? symbol.underlying() : type.scalar();
        return new Operand.Value(Trees.constant(kind, bits, position), type);
    }

    /** The name of one known function. */
    Operand.Functions function(Symbol.Function function, SourcePosition position) {
        return new Operand.Functions(
                new Symbol.FunctionSet(function.name(), List.of(function), List.of()),
                null,
                Templates.Explicit.NONE,
                false,
                position);
    }

    private Operand object(Symbol.Object object, SourcePosition position) {
        if (object.functionConstant() != null) {
            return new Operand.Value(
                    new TypedExpression.FunctionConstantValue(object.functionConstant(), position),
                    object.type().unqualified());
        }
        analysis.globals.use(object);
        if (object.type().type() instanceof CppType.Reference(var referent, var _)) {
            var pointer = Trees.read(object.variable(), position);
            return new Operand.Located(Trees.dereference(pointer), referent, position);
        }
        return new Operand.Located(
                new Place.OfVariable(object.variable()), object.type().withSpace(object.space()), position);
    }

    private static Operand size(SourcePosition position, QualType type) {
        if (type == null) {
            throw Refusal.at(position, "invalid application of 'sizeof' to a function");
        }
        var referent = type.referent();
        if (referent.isVoid() || referent.type() instanceof CppType.Function) {
            throw Refusal.at(position, "invalid application of 'sizeof' to type '" + referent + "'");
        }
        return constant(ScalarType.ULONG, Lowering.object(referent, position).byteSize(), position);
    }

    private Operand fold(Expression.Fold fold, Scope scope) {
        var leftIsPack = fold.right().isEmpty()
                || fold.left().isPresent() && hasPack(fold.left().get(), scope);
        var pattern = leftIsPack ? fold.left().get() : fold.right().get();
        var operands = new java.util.ArrayList<Operand>();
        analysis.packs.scopes(pattern, scope).forEach(element -> operands.add(check(pattern, element)));
        var initial = fold.left().isPresent() && fold.right().isPresent()
                ? check(leftIsPack ? fold.right().get() : fold.left().get(), scope)
                : null;
        if (fold.assigning()) {
            throw Refusal.unsupported(fold.position(), "a fold over an assignment");
        }
        if (operands.isEmpty()) {
            return initial != null ? initial : emptyFold(fold);
        }
        return leftIsPack ? foldRight(fold, operands, initial, scope) : foldLeft(fold, operands, initial, scope);
    }

    private boolean hasPack(Expression expression, Scope scope) {
        try {
            analysis.packs.scopes(expression, scope);
            return true;
        } catch (Refusal _) {
            return false;
        }
    }

    private Operand foldLeft(Expression.Fold fold, List<Operand> operands, Operand initial, Scope scope) {
        var result = initial;
        for (var operand : operands) {
            result = result == null
                    ? operand
                    : analysis.operators.binary(fold.operator(), result, operand, scope, fold.position());
        }
        return result;
    }

    private Operand foldRight(Expression.Fold fold, List<Operand> operands, Operand initial, Scope scope) {
        var result = initial;
        for (var operand : operands.reversed()) {
            result = result == null
                    ? operand
                    : analysis.operators.binary(fold.operator(), operand, result, scope, fold.position());
        }
        return result;
    }

    private static Operand emptyFold(Expression.Fold fold) {
        return switch (fold.operator()) {
            case LOGICAL_AND -> constant(ScalarType.BOOL, 1, fold.position());
            case LOGICAL_OR -> constant(ScalarType.BOOL, 0, fold.position());
            case COMMA -> new Operand.Value(new TypedExpression.Zero(Trees.VOID, fold.position()), QualType.VOID);
            default ->
                throw Refusal.at(
                        fold.position(),
                        "unary fold expression has empty expansion for operator '"
                                + fold.operator().symbol() + "' with no fallback value");
        };
    }
}
