package io.ringkernel.metal.msl.check.semantics;

import io.ringkernel.metal.msl.builtin.AddressSpace;
import io.ringkernel.metal.msl.builtin.ScalarType;
import io.ringkernel.metal.msl.check.Place;
import io.ringkernel.metal.msl.check.TypedExpression;
import io.ringkernel.metal.msl.check.TypedStatement;
import io.ringkernel.metal.msl.check.symbol.ClassSymbol;
import io.ringkernel.metal.msl.check.symbol.CppType;
import io.ringkernel.metal.msl.check.symbol.QualType;
import io.ringkernel.metal.msl.check.symbol.Scope;
import io.ringkernel.metal.msl.check.symbol.Symbol;
import io.ringkernel.metal.msl.syntax.Declaration;
import io.ringkernel.metal.msl.syntax.Expression;
import io.ringkernel.metal.msl.syntax.Initializer;
import io.ringkernel.metal.msl.syntax.LanguageVersion;
import io.ringkernel.metal.msl.syntax.SourcePosition;
import io.ringkernel.metal.msl.syntax.TypeSyntax;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** First values of objects (C++14 [dcl.init]): copy, direct and list initialisation, aggregates with brace elision. */
final class Initialization {
    private final Analysis analysis;
    private final ArrayInitialization arrays;

    Initialization(Analysis analysis) {
        this.analysis = analysis;
        this.arrays = new ArrayInitialization(analysis);
    }

    /** The value that an initialiser gives; a pointer for a reference. {@code what} is named in messages. */
    TypedExpression initialise(QualType type, Initializer initializer, Scope scope, String what) {
        return analysis.within(scope, () -> checked(type, initializer, scope, what));
    }

    private TypedExpression checked(QualType type, Initializer initializer, Scope scope, String what) {
        return switch (initializer.style()) {
            case COPY ->
                copy(
                        type,
                        analysis.expressions.check(initializer.values().getFirst(), scope),
                        initializer.position(),
                        what);
            case LIST -> {
                var list = (Expression.InitializerList) initializer.values().getFirst();
                yield fromBraces(type, new Operand.Braces(list, scope), initializer.position(), what);
            }
            case DIRECT -> direct(type, initializer, scope, what);
        };
    }

    private TypedExpression direct(QualType type, Initializer initializer, Scope scope, String what) {
        var position = initializer.position();
        if (type.isReference()) {
            return copy(type, analysis.expressions.check(initializer.values().getFirst(), scope), position, what);
        }
        if (type.isArray()) {
            throw Refusal.at(position, "array initializer must be an initializer list");
        }
        if (initializer.values().size() == 1
                && !(initializer.values().getFirst() instanceof Expression.PackExpansion)
                && !type.isClass()
                && !type.isVector()
                && !(type.type() instanceof CppType.Matrix)) {
            return copy(type, analysis.expressions.check(initializer.values().getFirst(), scope), position, what);
        }
        return analysis.conversions.value(
                analysis.casts.construct(type.unqualified(), initializer.values(), scope, position));
    }

    private TypedExpression fromBraces(QualType type, Operand.Braces braces, SourcePosition position, String what) {
        if (type.isReference()) {
            if (braces.list().elements().size() == 1) {
                return copy(
                        type,
                        analysis.expressions.check(braces.list().elements().getFirst(), braces.scope()),
                        position,
                        what);
            }
            return copy(type, braces, position, what);
        }
        return list(type, braces, position);
    }

    /** Copy initialisation; refuses in clang's words. */
    TypedExpression copy(QualType type, Operand value, SourcePosition position, String what) {
        if (value instanceof Operand.Braces braces && !type.isReference()) {
            return list(type, braces, position);
        }
        if (type.isArray()) {
            throw Refusal.at(position, "array initializer must be an initializer list");
        }
        var sequence = analysis.conversions.implicit(value, type);
        if (sequence == null) {
            throw InitializationErrors.cannot(type, value, what);
        }
        return sequence.apply().get();
    }

    private TypedExpression asList(QualType type, Operand.Braces braces) {
        var sequence = analysis.lists.sequence(braces, type);
        if (sequence == null) {
            throw Refusal.at(
                    braces.position(),
                    "could not convert the elements of the initializer list to those of '" + type + "'");
        }
        return sequence.apply().get();
    }

    /** Whether a brace list can initialise a type: for overload resolution. */
    Conversions.Sequence listSequence(Operand.Braces braces, QualType type) {
        if (analysis.lists.element(type) != null) {
            return analysis.lists.sequence(braces, type);
        }
        try {
            var value = list(type.unqualified(), braces, braces.position());
            var rank = type.isClass() ? Conversions.Rank.USER : Conversions.Rank.CONVERSION;
            return Conversions.Sequence.of(rank, () -> value);
        } catch (Refusal _) {
            return null;
        }
    }

    /** The value of a variable without initialiser; empty leaves it undefined. */
    Optional<TypedExpression> defaultInitialised(QualType type, SourcePosition position) {
        if (type.type() instanceof ClassSymbol symbol) {
            symbol.demand();
            if (!symbol.constructors().isEmpty()) {
                return Optional.of(
                        analysis.conversions.value(analysis.calls.construct(symbol, List.of(), true, position)));
            }
            if (symbol.needsInitialising()) {
                return Optional.of(aggregate(symbol, new BraceCursor(analysis, List.of(), null), position));
            }
        }
        if (type.type() instanceof CppType.Array(var element, int length)) {
            var each = defaultInitialised(element, position);
            return each.map(value -> new TypedExpression.Construct(
                    Lowering.object(type, position), java.util.Collections.nCopies(length, value), position));
        }
        return Optional.empty();
    }

    /** {@code T()}: zero unless a constructor says otherwise. */
    TypedExpression valueInitialised(QualType type, SourcePosition position) {
        return defaultInitialised(type, position)
                .orElseGet(() -> Casts.zero(Lowering.object(type, position), position));
    }

    /** List initialisation of a type that is no reference. */
    TypedExpression list(QualType type, Operand.Braces braces, SourcePosition position) {
        if (analysis.lists.element(type) != null) {
            return asList(type, braces);
        }
        if (type.type() instanceof ClassSymbol symbol && !symbol.isAggregate()) {
            var made = analysis.lists.construct(symbol, braces);
            if (made != null) {
                return analysis.conversions.value(made);
            }
        }
        var cursor = new BraceCursor(analysis, braces.list().elements(), braces.scope());
        var value = fromList(type, cursor, position);
        if (cursor.hasNext()) {
            throw Refusal.at(cursor.peekPosition(), excess(type));
        }
        return value;
    }

    private static String excess(QualType type) {
        return switch (type.type()) {
            case CppType.Array _ -> "excess elements in array initializer";
            case ClassSymbol symbol -> "excess elements in " + symbol.key().spelling() + " initializer";
            case CppType.Vector _ -> "excess elements in vector initializer";
            default -> "excess elements in scalar initializer";
        };
    }

    private TypedExpression fromList(QualType type, BraceCursor cursor, SourcePosition position) {
        if (type.type() instanceof ClassSymbol symbol) {
            return classFromList(symbol, cursor, position);
        }
        if (!cursor.hasNext()) {
            return Casts.zero(Lowering.object(type, position), position);
        }
        return switch (type.type()) {
            case CppType.Array array -> arrays.fromList(array, cursor, position);
            case CppType.Vector vector -> {
                var operands = cursor.rest();
                int count = operands.stream()
                        .mapToInt(Initialization::componentCount)
                        .sum();
                while (count < vector.count() && operands.size() > 0 && !isOneVector(operands)) {
                    operands.add(Expressions.constant(ScalarType.INT, 0, position));
                    count++;
                }
                yield analysis.conversions.value(analysis.casts.vector(type.unqualified(), vector, operands, position));
            }
            case CppType.Matrix _ ->
                analysis.conversions.value(analysis.casts.construct(
                        type.unqualified(), cursor.restExpressions(), cursor.scope(), position));
            default -> scalar(type, cursor);
        };
    }

    private static int componentCount(Operand operand) {
        return operand.type() != null && operand.type().type() instanceof CppType.Vector vector ? vector.count() : 1;
    }

    private static boolean isOneVector(List<Operand> operands) {
        return operands.size() == 1
                && operands.getFirst().type() != null
                && operands.getFirst().type().isVector();
    }

    private TypedExpression scalar(QualType type, BraceCursor cursor) {
        var operand = cursor.next();
        if (operand instanceof Operand.Braces inner) {
            return list(type, inner, inner.position());
        }
        var value = copy(type, operand, operand.position(), "a variable");
        Narrowing.check(operand, analysis, type);
        return value;
    }

    private TypedExpression classFromList(ClassSymbol symbol, BraceCursor cursor, SourcePosition position) {
        symbol.demand();
        var type = QualType.of(symbol);
        if (!symbol.constructors().isEmpty()) {
            return analysis.conversions.value(analysis.calls.construct(symbol, cursor.rest(), true, position));
        }
        if (cursor.size() == 1 && cursor.hasNext() && !cursor.nextIsBraced() && !cursor.nextIsDesignated()) {
            var only = cursor.peek();
            if (only.type() != null && only.type().type() instanceof ClassSymbol same && same.derivesFrom(symbol)) {
                cursor.next();
                return copy(type, only, position, "a variable");
            }
        }
        return aggregate(symbol, cursor, position);
    }

    /** One element of an aggregate: from braces of its own, from one value, or from as many values as it has parts. */
    TypedExpression element(QualType type, BraceCursor cursor) {
        if (type.isReference()) {
            var operand = cursor.next();
            return copy(type, operand, operand.position(), "a member");
        }
        if (cursor.nextIsBraced()) {
            var braces = (Operand.Braces) cursor.next();
            return list(type, braces, braces.position());
        }
        var position = cursor.peekPosition();
        var isAggregate = type.isArray() || type.type() instanceof ClassSymbol symbol && symbol.isAggregate();
        if (!isAggregate) {
            return type.isClass() || type.isVector() || type.type() instanceof CppType.Matrix
                    ? copy(type, cursor.next(), position, "a member")
                    : scalar(type, cursor);
        }
        var operand = cursor.peek();
        if (!type.isArray() && operand.type() != null) {
            var sequence = analysis.conversions.implicit(operand, type);
            if (sequence != null) {
                cursor.next();
                return sequence.apply().get();
            }
        }
        return type.type() instanceof ClassSymbol symbol
                ? aggregate(symbol, cursor, position)
                : arrays.fromList((CppType.Array) type.type(), cursor, position);
    }

    /** A struct or union from values for its members in order. */
    private TypedExpression aggregate(ClassSymbol symbol, BraceCursor cursor, SourcePosition position) {
        if (!symbol.isComplete()) {
            throw Refusal.at(position, "initialization of incomplete type '" + symbol + "'");
        }
        if (cursor.hasNext() && !takesValues(symbol)) {
            throw Refusal.at(position, "no matching constructor for initialization of '" + symbol + "'");
        }
        if (symbol.bases().isEmpty() && !symbol.isUnion() && readsMembers(symbol)) {
            return stepByStep(symbol, cursor, position);
        }
        var parts = new ArrayList<TypedExpression>();
        for (var base : symbol.bases()) {
            var type = QualType.of(base.symbol());
            var value = cursor.hasNext() && !cursor.nextIsDesignated()
                    ? element(type, cursor)
                    : analysis.within(symbol.scope(), () -> valueInitialised(type, position));
            if (base.fieldIndex() >= 0) {
                parts.add(value);
            }
        }
        if (symbol.isUnion()) {
            return union(symbol, cursor, position);
        }
        for (var field : symbol.fields()) {
            parts.add(member(symbol, field, cursor, position));
        }
        return new TypedExpression.Construct(symbol.layout(), parts, position);
    }

    /** Whether a class without constructors is an aggregate: with public members and, before C++17, without bases. */
    private boolean takesValues(ClassSymbol symbol) {
        boolean mayHaveBases = analysis.version.isAtLeast(LanguageVersion.METAL_4_0);
        return (symbol.bases().isEmpty() || mayHaveBases)
                && symbol.fields().stream()
                        .allMatch(field -> symbol.members().access(field.name()) == Declaration.Access.PUBLIC);
    }

    private TypedExpression union(ClassSymbol symbol, BraceCursor cursor, SourcePosition position) {
        if (!cursor.hasNext() || symbol.fields().isEmpty()) {
            return new TypedExpression.Zero(symbol.layout(), position);
        }
        var first = symbol.fields().getFirst();
        if (cursor.nextIsDesignated() && !cursor.designates(first.name())) {
            throw Refusal.unsupported(cursor.peekPosition(), "a designator of another than a union's first member");
        }
        return new TypedExpression.Construct(symbol.layout(), List.of(element(first.type(), cursor)), position);
    }

    private TypedExpression member(
            ClassSymbol symbol, Symbol.Field field, BraceCursor cursor, SourcePosition position) {
        if (cursor.hasNext() && (!cursor.nextIsDesignated() || cursor.designates(field.name()))) {
            return element(field.type(), cursor);
        }
        return memberDefault(symbol, field).orElseGet(() -> {
            if (field.type().isReference()) {
                throw Refusal.at(position, "reference member of type '" + field.type() + "' uninitialized");
            }
            return valueInitialised(field.type(), position);
        });
    }

    /** Members one by one, where the initialiser of one reads another: it sees the object so far. */
    private TypedExpression stepByStep(ClassSymbol symbol, BraceCursor cursor, SourcePosition position) {
        var self = Trees.temporary(symbol.layout());
        var type = QualType.of(symbol).withSpace(AddressSpace.THREAD);
        var scope = symbol.scope().block();
        scope.declare(Functions.THIS, new Symbol.Object(Functions.THIS, type, self, position));
        var statements = new ArrayList<TypedStatement>();
        statements.add(new TypedStatement.Declare(self, Optional.empty(), position));
        for (var field : symbol.fields()) {
            var given = cursor.hasNext() && (!cursor.nextIsDesignated() || cursor.designates(field.name()));
            var own = field.declaration() == null
                    ? Optional.<Initializer>empty()
                    : field.declaration().initializer();
            var value = given
                    ? element(field.type(), cursor)
                    : own.isPresent()
                            ? initialise(field.type(), own.get(), scope, "a member subobject")
                            : valueInitialised(field.type(), position);
            var place = new Place.Field(
                    new Place.OfVariable(self),
                    symbol.layout().fields().get(field.path().getFirst()));
            statements.add(new TypedStatement.Evaluate(
                    new TypedExpression.Assign(place, value, value.position()), value.position()));
        }
        return new TypedExpression.Sequence(statements, Trees.read(self, position), position);
    }

    private static boolean readsMembers(ClassSymbol symbol) {
        return symbol.fields().stream()
                .filter(field -> field.declaration() != null)
                .flatMap(field -> field.declaration().initializer().stream())
                .flatMap(initializer -> PackExpansion.identifiers(initializer).stream())
                .anyMatch(name -> symbol.scope().local(name) instanceof Symbol.Field);
    }

    /** The value that a member's own initialiser gives. */
    Optional<TypedExpression> memberDefault(ClassSymbol symbol, Symbol.Field field) {
        return Optional.ofNullable(field.declaration())
                .flatMap(Declaration.Field::initializer)
                .map(initializer -> initialise(field.type(), initializer, symbol.scope(), "a member subobject"));
    }

    /** The type of a variable or cast whose type may leave {@code auto} or an array's length to the initialiser. */
    QualType typeOrDeduced(TypeSyntax syntax, List<Expression> values, Scope scope) {
        if (!AutoTypes.mentionsAuto(syntax)) {
            return analysis.types.resolve(syntax, scope);
        }
        if (values.size() != 1) {
            throw Refusal.at(syntax.position(), "initializer for a variable with type 'auto' must be one expression");
        }
        return AutoTypes.deduce(analysis, syntax, values.getFirst(), scope);
    }
}
