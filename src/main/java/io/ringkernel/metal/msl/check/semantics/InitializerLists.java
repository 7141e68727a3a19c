package io.ringkernel.metal.msl.check.semantics;

import io.ringkernel.metal.msl.builtin.AddressSpace;
import io.ringkernel.metal.msl.builtin.ScalarType;
import io.ringkernel.metal.msl.builtin.Type;
import io.ringkernel.metal.msl.check.Place;
import io.ringkernel.metal.msl.check.TypedExpression;
import io.ringkernel.metal.msl.check.symbol.ClassSymbol;
import io.ringkernel.metal.msl.check.symbol.CppType;
import io.ringkernel.metal.msl.check.symbol.QualType;
import io.ringkernel.metal.msl.check.symbol.Symbol;
import io.ringkernel.metal.msl.check.symbol.TemplateArgument;
import io.ringkernel.metal.msl.syntax.SourcePosition;
import java.util.ArrayList;
import java.util.List;

/** Braces as objects of {@code initializer_list}: a pointer to an array of the elements, and their number. */
final class InitializerLists {
    private static final String NAME = "initializer_list";

    private final Analysis analysis;

    InitializerLists(Analysis analysis) {
        this.analysis = analysis;
    }

    private Symbol template() {
        return analysis.metal.scope().local(NAME);
    }

    /** Whether a symbol is the library's template. */
    boolean isTemplate(Symbol symbol) {
        return symbol != null && symbol == template();
    }

    /** The element type if a type is such a list, else null. */
    QualType element(QualType type) {
        return type.type() instanceof ClassSymbol symbol
                        && symbol.origin() != null
                        && isTemplate(symbol.origin())
                        && symbol.arguments().getFirst() instanceof TemplateArgument.OfType(var element)
                ? element
                : null;
    }

    /** The list that braces are where nothing says of what: all elements have one type (C++14 [dcl.spec.auto] 6). */
    Operand deduced(Operand.Braces braces) {
        QualType element = null;
        for (var each : elements(braces)) {
            var type = each.type() == null
                    ? null
                    : analysis.conversions.decay(each).type().unqualified();
            if (type == null || element != null && !element.equals(type)) {
                throw Refusal.at(each.position(), "cannot deduce the type of an initializer list from this element");
            }
            element = type;
        }
        if (element == null || !(template() instanceof Symbol.ClassTemplate template)) {
            throw Refusal.at(braces.position(), "cannot deduce the type of an initializer list without elements");
        }
        var list = analysis.templates.instance(template, List.of(new TemplateArgument.OfType(element)));
        var type = QualType.of(list);
        return new Operand.Value(sequence(braces, type).apply().get(), type);
    }

    List<Operand> elements(Operand.Braces braces) {
        return analysis.calls.arguments(braces.list().elements(), braces.scope());
    }

    /** Braces as a list of the given type, as good as the worst of the elements' conversions; null if one fails. */
    Conversions.Sequence sequence(Operand.Braces braces, QualType list) {
        var element = element(list);
        var rank = Conversions.Rank.EXACT;
        var values = new ArrayList<Conversions.Sequence>();
        for (var each : elements(braces)) {
            var converted = analysis.conversions.implicit(each, element);
            if (converted == null) {
                return null;
            }
            rank = rank.compareTo(converted.rank()) < 0 ? converted.rank() : rank;
            values.add(converted);
        }
        return Conversions.Sequence.of(rank, () -> make(values, list, element, braces.position()));
    }

    private static TypedExpression make(
            List<Conversions.Sequence> values, QualType list, QualType element, SourcePosition position) {
        var symbol = (ClassSymbol) list.type();
        symbol.demand();
        var pointer = new Type.Pointer(Lowering.value(element, position), AddressSpace.THREAD, true);
        var count = Trees.constant(ScalarType.ULONG, values.size(), position);
        if (values.isEmpty()) {
            return new TypedExpression.Construct(
                    symbol.layout(), List.of(new TypedExpression.NullPointer(pointer, position), count), position);
        }
        var array = QualType.of(new CppType.Array(element.unqualified(), values.size()));
        var storage = Trees.temporary(Lowering.object(array, position));
        var parts = values.stream().map(value -> value.apply().get()).toList();
        var first = new Place.Element(
                new Place.OfVariable(storage), Trees.integer(0, position), Lowering.value(element, position), "");
        var address = Trees.addressOf(first, AddressSpace.THREAD, true, position);
        return Trees.with(
                storage,
                new TypedExpression.Construct(storage.type(), parts, position),
                new TypedExpression.Construct(symbol.layout(), List.of(address, count), position));
    }

    /** The constructor that takes braces as one list (C++14 [over.match.list]), called, or null. */
    Operand construct(ClassSymbol symbol, Operand.Braces braces) {
        if (braces.list().elements().isEmpty()) {
            return null;
        }
        var all = analysis.calls.constructors(symbol, true, braces.position());
        var taking = all.set().members().stream().filter(this::takesList).toList();
        if (taking.isEmpty()) {
            return null;
        }
        var functions = new Operand.Functions(
                new Symbol.FunctionSet(symbol.name(), taking, List.of()),
                null,
                Templates.Explicit.NONE,
                false,
                braces.position());
        var choice = analysis.overloads.tryResolve(functions, List.of(braces));
        return choice == null ? null : analysis.calls.call(choice, braces.position());
    }

    private boolean takesList(Symbol constructor) {
        return constructor instanceof Symbol.Function function
                && !function.parameters().isEmpty()
                && element(function.parameters().getFirst().referent()) != null;
    }
}
