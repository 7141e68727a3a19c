package io.ringkernel.metal.msl.check.semantics;

import io.ringkernel.metal.msl.builtin.AddressSpace;
import io.ringkernel.metal.msl.check.BinaryOperator;
import io.ringkernel.metal.msl.check.Place;
import io.ringkernel.metal.msl.check.TypedExpression;
import io.ringkernel.metal.msl.check.TypedStatement;
import io.ringkernel.metal.msl.check.Variable;
import io.ringkernel.metal.msl.check.symbol.ClassSymbol;
import io.ringkernel.metal.msl.check.symbol.CppType;
import io.ringkernel.metal.msl.check.symbol.Scope;
import io.ringkernel.metal.msl.check.symbol.Symbol;
import io.ringkernel.metal.msl.syntax.SourcePosition;
import io.ringkernel.metal.msl.syntax.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/** {@code for (T x : range)} over arrays, and over classes with {@code begin} and {@code end}. */
final class RangeLoops {
    private final Analysis analysis;
    private final LocalDeclarations locals;

    RangeLoops(Analysis analysis, LocalDeclarations locals) {
        this.analysis = analysis;
        this.locals = locals;
    }

    TypedStatement check(Statement.RangeFor loop, Scope outer, BiFunction<Statement, Scope, TypedStatement> nested) {
        var scope = outer.block();
        var position = loop.position();
        var statements = new ArrayList<TypedStatement>();
        if (loop.initial().isPresent()) {
            throw Refusal.unsupported(position, "an init statement in a range-based for");
        }
        var range = analysis.expressions.check(loop.range(), scope);
        if (range instanceof Operand.Braces braces) {
            range = analysis.lists.deduced(braces);
        }
        if (range.type() == null) {
            throw Refusal.at(position, "invalid range expression");
        }
        range = evaluatedOnce(range, statements, position);
        var begin = begin(range, position);
        var end = end(range, begin, position);
        var pointer = new Variable("(begin)", begin.expression().type(), AddressSpace.THREAD);
        var limit = new Variable("(end)", end.expression().type(), AddressSpace.THREAD);
        statements.add(new TypedStatement.Declare(pointer, Optional.of(begin.expression()), position));
        statements.add(new TypedStatement.Declare(limit, Optional.of(end.expression()), position));
        var element = new Operand.Located(
                Trees.dereference(Trees.read(pointer, position)),
                ((CppType.Pointer) begin.type().type()).pointee(),
                position);
        var body = new ArrayList<TypedStatement>();
        var inner = scope.block();
        locals.bind(loop.variable(), element, inner, body);
        body.add(nested.apply(loop.body(), inner));
        statements.add(loop(pointer, limit, new TypedStatement.Block(body, position), position));
        return new TypedStatement.Block(statements, position);
    }

    /** The range as an object that is looked for, or made, before the loop (C++14 [stmt.ranged]). */
    private Operand evaluatedOnce(Operand range, List<TypedStatement> into, SourcePosition position) {
        if (range instanceof Operand.Located located && located.addressable()) {
            var pointer = analysis.conversions.address(located, located.type().readOnly());
            var variable = new Variable("(range)", pointer.type(), AddressSpace.THREAD);
            into.add(new TypedStatement.Declare(variable, Optional.of(pointer), position));
            return new Operand.Located(Trees.dereference(Trees.read(variable, position)), located.type(), position);
        }
        var value = analysis.conversions.value(range);
        var variable = new Variable("(range)", value.type(), AddressSpace.THREAD);
        into.add(new TypedStatement.Declare(variable, Optional.of(value), position));
        return new Operand.Located(
                new Place.OfVariable(variable), range.type().withSpace(AddressSpace.THREAD), position);
    }

    private static TypedStatement loop(Variable pointer, Variable limit, TypedStatement body, SourcePosition position) {
        var condition = new TypedExpression.Binary(
                BinaryOperator.NOT_EQUAL,
                Trees.read(pointer, position),
                Trees.read(limit, position),
                Trees.BOOL,
                position);
        var next = new TypedExpression.PointerAdd(Trees.read(pointer, position), Trees.integer(1, position), position);
        var step = new TypedExpression.Assign(new Place.OfVariable(pointer), next, position);
        return new TypedStatement.Loop(Optional.of(condition), body, Optional.of(step), false, position);
    }

    private Operand.Value begin(Operand range, SourcePosition position) {
        return range.type().isArray()
                ? (Operand.Value) analysis.conversions.decay(range)
                : member(range, "begin", position);
    }

    private Operand.Value end(Operand range, Operand.Value begin, SourcePosition position) {
        if (range.type().type() instanceof CppType.Array(var _, int length)) {
            var past = new TypedExpression.PointerAdd(begin.expression(), Trees.integer(length, position), position);
            return new Operand.Value(past, begin.type());
        }
        return member(range, "end", position);
    }

    private Operand.Value member(Operand range, String name, SourcePosition position) {
        if (range.type().type() instanceof ClassSymbol symbol
                && analysis.lookup.member(symbol, name) instanceof Lookup.Member member
                && member.symbol() instanceof Symbol.FunctionSet set) {
            var functions = new Operand.Functions(set, range, Templates.Explicit.NONE, false, position);
            var value = analysis.calls.call(functions, List.of());
            if (value.type().isPointer()) {
                return new Operand.Value(analysis.conversions.value(value), value.type());
            }
        }
        throw Refusal.at(
                position,
                "invalid range expression of type " + range.type().quoted() + "; no viable '" + name
                        + "' function available");
    }
}
