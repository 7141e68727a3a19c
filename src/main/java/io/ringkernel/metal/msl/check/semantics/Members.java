package io.ringkernel.metal.msl.check.semantics;

import io.ringkernel.metal.msl.builtin.AddressSpace;
import io.ringkernel.metal.msl.builtin.ScalarType;
import io.ringkernel.metal.msl.builtin.Type;
import io.ringkernel.metal.msl.check.Place;
import io.ringkernel.metal.msl.check.TypedExpression;
import io.ringkernel.metal.msl.check.symbol.ClassSymbol;
import io.ringkernel.metal.msl.check.symbol.CppType;
import io.ringkernel.metal.msl.check.symbol.QualType;
import io.ringkernel.metal.msl.check.symbol.ResourceType;
import io.ringkernel.metal.msl.check.symbol.Scope;
import io.ringkernel.metal.msl.check.symbol.Symbol;
import io.ringkernel.metal.msl.syntax.Expression;
import io.ringkernel.metal.msl.syntax.LanguageVersion;
import io.ringkernel.metal.msl.syntax.Name;
import io.ringkernel.metal.msl.syntax.SourcePosition;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/** Parts of objects: members, bases, vector components, elements, columns. */
final class Members {
    private final Analysis analysis;

    Members(Analysis analysis) {
        this.analysis = analysis;
    }

    Operand check(Expression.Member member, Scope scope) {
        var base = analysis.conversions.decay(analysis.expressions.check(member.base(), scope));
        if (base.type() == null) {
            throw Refusal.at(member.position(), "reference to a function has no members");
        }
        base = member.arrow() ? arrow(base, member) : dot(base, member);
        var position = member.name().position();
        return switch (base.type().type()) {
            case ClassSymbol symbol when ResourceType.isResource(symbol) -> ofResource(base, symbol, member, scope);
            case ClassSymbol symbol -> ofClass(base, symbol, member.name(), scope);
            case CppType.Vector vector ->
                swizzle(base, vector, member.name().last().text(), position);
            // The array of a matrix's columns: what can be done with it, the matrix can.
            case CppType.Matrix _ when member.name().text().equals("columns") -> base;
            case CppType.Opaque(String name) -> throw Refusal.unsupported(position, "'" + name + "'");
            default ->
                throw Refusal.at(
                        member.position(),
                        "member reference base type " + base.type().quoted() + " is not a structure or union");
        };
    }

    /** A texture is a handle: what is called is a member of a copy, wherever the handle is. */
    private Operand ofResource(Operand base, ClassSymbol symbol, Expression.Member member, Scope scope) {
        var name = member.name().last().text();
        if (name.startsWith("sparse_")) {
            throw Refusal.unsupported(member.name().position(), "'" + name + "'");
        }
        var isElsewhere = base instanceof Operand.Located && Lowering.space(base.type()) != AddressSpace.THREAD;
        var copy = isElsewhere
                ? new Operand.Value(
                        analysis.conversions.value(base), base.type().withSpace(null))
                : base;
        return ofClass(copy, symbol, member.name(), scope);
    }

    private Operand arrow(Operand base, Expression.Member member) {
        if (base.type().type() instanceof CppType.Pointer(var pointee)) {
            return new Operand.Located(Trees.dereference(analysis.conversions.value(base)), pointee, base.position());
        }
        if (base.type().type() instanceof ClassSymbol symbol
                && analysis.lookup.member(symbol, "operator->") instanceof Lookup.Member operator
                && operator.symbol() instanceof Symbol.FunctionSet set) {
            var functions = new Operand.Functions(set, base, Templates.Explicit.NONE, false, base.position());
            return arrow(analysis.calls.call(functions, List.of()), member);
        }
        throw Refusal.at(
                member.position(),
                "member reference type " + base.type().quoted() + " is not a pointer; did you mean to use '.'?");
    }

    private static Operand dot(Operand base, Expression.Member member) {
        if (base.type().isPointer()) {
            throw Refusal.at(
                    member.position(),
                    "member reference type " + base.type().quoted() + " is a pointer; did you mean to use '->'?");
        }
        return base;
    }

    private Operand ofClass(Operand base, ClassSymbol symbol, Name name, Scope scope) {
        if (!symbol.isComplete() && symbol.scope().local(name.last().text()) == null) {
            throw Refusal.at(name.position(), "member access into incomplete type '" + symbol + "'");
        }
        var target = symbol;
        if (name.isQualified()) {
            var qualifier = new Name(name.position(), name.global(), name.qualifiers());
            if (qualifier.segments().isEmpty()) {
                throw Refusal.at(name.position(), "'" + name.text() + "' is not a member of class '" + symbol + "'");
            }
            if (Lookup.typeOf(analysis.lookup.resolve(qualifier, scope).symbol()) instanceof QualType type
                    && type.type() instanceof ClassSymbol named) {
                if (!symbol.derivesFrom(named)) {
                    throw Refusal.at(
                            name.position(), "'" + name.text() + "' is not a member of class '" + symbol + "'");
                }
                target = named;
                base = named == symbol ? base : toBase(analysis.conversions.locate(base), named);
            }
        }
        if (name.last() instanceof Name.Conversion conversion) {
            return analysis.userConversions.named(base, conversion, scope);
        }
        var text = name.last().text();
        var member = analysis.lookup.member(target, text);
        if (member == null) {
            throw Refusal.at(name.last().position(), "no member named '" + text + "' in '" + symbol + "'");
        }
        AccessRules.check(member, text, scope, name.last().position());
        Optional<Templates.Explicit> explicit = Optional.empty();
        if (name.last() instanceof Name.TemplateId(var _, var _, var arguments)) {
            explicit = Optional.of(new Templates.Explicit(arguments, scope));
        }
        return access(base, member, explicit, name.last().position());
    }

    /** A member of an object of the class in which it was found. */
    Operand access(Operand base, Lookup.Member member, Optional<Templates.Explicit> explicit, SourcePosition position) {
        return switch (member.symbol()) {
            case Symbol.Field field -> field(base, member, field, position);
            case Symbol.FunctionSet set ->
                new Operand.Functions(set, base, explicit.orElse(Templates.Explicit.NONE), false, position);
            case Symbol.Invalid _ -> throw Refusal.silent(position);
            case Symbol symbol -> analysis.expressions.symbol(symbol, position);
        };
    }

    private Operand field(Operand base, Lookup.Member member, Symbol.Field field, SourcePosition position) {
        if (base instanceof Operand.Value value) {
            return fieldOfValue(value, member, field, position);
        }
        var located = (Operand.Located) base;
        for (var step : member.path()) {
            located = step(located, step);
        }
        var place = located.place();
        Type.Struct.Field last = null;
        for (int index : field.path()) {
            last = ((Type.Struct) place.type()).fields().get(index);
            place = new Place.Field(place, last);
        }
        var part = part(
                place, located.type(), field.type(), last.bitWidth() == 0 && located.addressable(), located, position);
        return located.value() == null
                ? part
                : part.yielding(fieldOfValue(valueOf((Operand.Located) base), member, field, position));
    }

    static boolean isBitField(Operand operand) {
        return operand instanceof Operand.Located located
                && located.place() instanceof Place.Field(var _, var field)
                && field.bitWidth() > 0;
    }

    static Operand.Value valueOf(Operand.Located located) {
        return new Operand.Value(located.value(), located.type());
    }

    /** A part of an object; one that is a reference is what it refers to. */
    static Operand.Located part(
            Place place,
            QualType whole,
            QualType declared,
            boolean addressable,
            Operand.Located located,
            SourcePosition position) {
        if (declared.type() instanceof CppType.Reference(var referent, var _)) {
            var pointer = new TypedExpression.Load(place, position);
            return new Operand.Located(Trees.dereference(pointer), referent, position);
        }
        return new Operand.Located(place, whole.part(declared), located.expiring(), addressable, position);
    }

    private Operand fieldOfValue(
            Operand.Value value, Lookup.Member member, Symbol.Field field, SourcePosition position) {
        var expression = value.expression();
        for (var step : member.path()) {
            expression = step.fieldIndex() < 0
                    ? new TypedExpression.Zero(step.symbol().layout(), position)
                    : fieldOf(expression, step.fieldIndex(), position);
        }
        for (int index : field.path()) {
            expression = fieldOf(expression, index, position);
        }
        if (field.type().type() instanceof CppType.Reference(var referent, var _)) {
            return new Operand.Located(Trees.dereference(expression), referent, position);
        }
        if (field.type().isArray()) {
            return analysis.conversions.locate(new Operand.Value(expression, field.type()));
        }
        return new Operand.Value(expression, field.type());
    }

    private static TypedExpression fieldOf(TypedExpression struct, int index, SourcePosition position) {
        var field = ((Type.Struct) struct.type()).fields().get(index);
        return new TypedExpression.FieldOf(struct, field, position);
    }

    private Operand.Located step(Operand.Located derived, ClassSymbol.Base base) {
        var type = new QualType(
                base.symbol(), derived.type().isConst(), derived.type().space());
        Place place;
        if (base.fieldIndex() >= 0) {
            var field = ((Type.Struct) derived.place().type()).fields().get(base.fieldIndex());
            place = new Place.Field(derived.place(), field);
        } else {
            var space = Lowering.space(derived.type());
            var pointer = Trees.addressOf(derived.place(), space, type.readOnly(), derived.position());
            var lowered = new Type.Pointer(base.symbol().layout(), space, type.readOnly());
            place = new Place.Dereference(Trees.retype(pointer, lowered, derived.position()));
        }
        return new Operand.Located(place, type, derived.expiring(), derived.addressable(), derived.position());
    }

    /** The part of an object that is the given base of its class; refuses one that the code may not know of. */
    Operand.Located toBase(Operand.Located derived, ClassSymbol base) {
        return toBase(derived, base, true);
    }

    /** As {@link #toBase}, for an object on which a member is used: who may use that was asked when it was found. */
    Operand.Located toBaseOfMember(Operand.Located derived, ClassSymbol base) {
        return toBase(derived, base, false);
    }

    private Operand.Located toBase(Operand.Located derived, ClassSymbol base, boolean checked) {
        var symbol = (ClassSymbol) derived.type().type();
        if (symbol == base) {
            return derived;
        }
        var direct = symbol.bases().stream()
                .filter(each -> each.symbol().derivesFrom(base))
                .toList();
        if (direct.size() > 1) {
            throw Refusal.at(
                    derived.position(),
                    "ambiguous conversion from derived class '" + symbol + "' to base class '" + base + "'");
        }
        var next = direct.getFirst();
        if (checked) {
            AccessRules.check(symbol, next, analysis.from(), derived.position());
        }
        return toBase(step(derived, next), base, checked);
    }

    private Operand swizzle(Operand base, CppType.Vector vector, String name, SourcePosition position) {
        if (vector.packed() && !analysis.version.isAtLeast(LanguageVersion.METAL_2_1)) {
            throw Refusal.at(
                    position,
                    "component access of packed vectors requires Metal language standard macos-metal2.1 or higher");
        }
        var set = "xyzw".indexOf(name.charAt(0)) >= 0 ? "xyzw" : "rgba";
        var components = new ArrayList<Integer>();
        for (char letter : name.toCharArray()) {
            int index = set.indexOf(letter);
            if (index < 0) {
                throw Refusal.at(position, "illegal vector component name '" + letter + "'");
            }
            if (index >= vector.count()) {
                throw Refusal.at(
                        position,
                        "vector component access exceeds type "
                                + base.type().unqualified().quoted());
            }
            components.add(index);
        }
        if (components.size() > 4) {
            throw Refusal.at(position, "vector component access has more than 4 components: '" + name + "'");
        }
        return components(base, vector.element(), components, position);
    }

    /** Some components of a vector. */
    Operand components(Operand base, ScalarType element, List<Integer> components, SourcePosition position) {
        var cpp = components.size() == 1
                ? QualType.of(element)
                : QualType.of(new CppType.Vector(element, components.size(), false));
        var lowered = Lowering.value(cpp, position);
        var distinct = new HashSet<>(components).size() == components.size();
        if (base instanceof Operand.Located located && distinct) {
            var place = compose(located.place(), components, lowered);
            var part = new Operand.Located(place, located.type().part(cpp), false, false, position);
            return located.value() == null
                    ? part
                    : part.yielding(components(valueOf(located), element, components, position));
        }
        var value = analysis.conversions.value(base);
        if (value instanceof TypedExpression.Swizzle inner) {
            var composed = components.stream().map(inner.components()::get).toList();
            return new Operand.Value(new TypedExpression.Swizzle(inner.vector(), composed, lowered, position), cpp);
        }
        return new Operand.Value(new TypedExpression.Swizzle(value, components, lowered, position), cpp);
    }

    private static Place compose(Place vector, List<Integer> components, Type type) {
        return vector instanceof Place.Swizzle(Place inner, List<Integer> outer, var _)
                ? new Place.Swizzle(inner, components.stream().map(outer::get).toList(), type)
                : new Place.Swizzle(vector, components, type);
    }
}
