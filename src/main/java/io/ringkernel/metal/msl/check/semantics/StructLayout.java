package io.ringkernel.metal.msl.check.semantics;

import io.ringkernel.metal.msl.builtin.Type;
import io.ringkernel.metal.msl.check.symbol.ClassSymbol;
import io.ringkernel.metal.msl.check.symbol.CppType;
import io.ringkernel.metal.msl.check.symbol.QualType;
import io.ringkernel.metal.msl.check.symbol.Scope;
import io.ringkernel.metal.msl.check.symbol.Symbol;
import io.ringkernel.metal.msl.syntax.Argument;
import io.ringkernel.metal.msl.syntax.Attribute;
import io.ringkernel.metal.msl.syntax.Declaration;
import io.ringkernel.metal.msl.syntax.Expression;
import io.ringkernel.metal.msl.syntax.SourcePosition;
import io.ringkernel.metal.msl.syntax.TypeSyntax;
import java.util.ArrayList;
import java.util.List;

/**
 * Lays out one class by the rules of the Itanium C++ ABI: natural alignment, {@code alignas}, bit-fields, empty bases.
 */
final class StructLayout {
    private final Analysis analysis;
    private final ClassSymbol symbol;
    private final List<Type.Struct.Field> fields = new ArrayList<>();
    private final List<Runnable> checks = new ArrayList<>();
    private int bits;
    private int highest;
    private final List<Attribute> attributes;
    private final int asked;
    private int alignment;

    StructLayout(Analysis analysis, ClassSymbol symbol, Declaration.Struct struct) {
        this.analysis = analysis;
        this.symbol = symbol;
        attributes = struct.attributes();
        asked = aligned(attributes, 1, symbol.scope());
        alignment = asked;
    }

    /** Runs once the class is complete. */
    void after(Runnable check) {
        checks.add(check);
    }

    /** Room for a base; the index of its field, or -1 if it is empty and takes none. */
    int base(ClassSymbol base) {
        if (TypeTraits.isEmpty(base)) {
            return -1;
        }
        place("(base " + base.name() + ")", base.layout(), base.layout().alignment());
        return fields.size() - 1;
    }

    private boolean hasInitializer() {
        return symbol.fields().stream()
                .anyMatch(each -> each.declaration() != null
                        && each.declaration().initializer().isPresent());
    }

    void field(Declaration.Field field) {
        var type = analysis.types.resolve(field.type(), symbol.scope());
        Classes.checkField(type, field.type());
        if (field.bitWidth().isPresent()) {
            bitField(field, type);
            return;
        }
        var name = field.name().orElse("");
        checkFresh(name, field.position());
        if (type.type() instanceof CppType.Array(var _, int length) && length < 0) {
            throw Refusal.at(field.position(), "flexible array members are not supported in Metal");
        }
        if (symbol.isUnion() && type.isReference()) {
            throw Refusal.at(field.position(), "union member '" + name + "' has reference type " + type.quoted());
        }
        if (symbol.isUnion() && field.initializer().isPresent() && hasInitializer()) {
            throw Refusal.at(field.position(), "initializing multiple members of union");
        }
        if (type.isFunctionPointer()) {
            throw Refusal.unsupported(field.position(), "a function pointer as a member");
        }
        var lowered = fieldType(type, field.position());
        place(name, lowered, aligned(field.modifiers().attributes(), lowered.alignment(), symbol.scope()));
        declare(name, type, field);
        field.modifiers().attribute("id").ifPresent(this::argumentIndex);
    }

    /** {@code [[id(n)]]}: how argument encoders know the member placed last (MSL specification, section 2.13). */
    private void argumentIndex(Attribute attribute) {
        long index = number(attribute, symbol.scope(), "id");
        if (index < 0 || index > Integer.MAX_VALUE) {
            throw Refusal.at(attribute.position(), "'id' attribute parameter is out of bounds");
        }
        symbol.layout().setArgumentIndex(fields.getLast(), (int) index);
    }

    private Type fieldType(QualType type, SourcePosition position) {
        if (type.type() instanceof ClassSymbol inner && !inner.isComplete()) {
            throw Refusal.at(position, "field has incomplete type '" + inner + "'");
        }
        return Lowering.object(type, position);
    }

    private void checkFresh(String name, SourcePosition position) {
        if (symbol.scope().local(name) instanceof Symbol.Field) {
            throw Refusal.at(position, "duplicate member '" + name + "'");
        }
    }

    private void declare(String name, QualType type, Declaration.Field declaration) {
        var field = new Symbol.Field(name, type, List.of(fields.size() - 1), declaration);
        symbol.fields().add(field);
        symbol.scope().declare(name, field);
    }

    /**
     * {@code #pragma pack(n)} in force, which no member may feel: what is less aligned is not loaded and stored here.
     */
    private void requireUnpacked(String name, int align) {
        for (var attribute : attributes) {
            if (attribute.style() == Attribute.Style.PRAGMA && number(attribute, symbol.scope(), "packing") < align) {
                throw Refusal.unsupported(
                        attribute.position(), "'#pragma pack' that moves member '" + name + "' of '" + symbol + "'");
            }
        }
    }

    private void place(String name, Type type, int align) {
        requireUnpacked(name, align);
        int offset = symbol.isUnion() ? 0 : roundUp((bits + 7) / 8, align);
        fields.add(new Type.Struct.Field(name, type, offset, 0, 0));
        bits = (offset + type.byteSize()) * 8;
        highest = Math.max(highest, offset + type.byteSize());
        alignment = Math.max(alignment, align);
    }

    private void bitField(Declaration.Field field, QualType type) {
        if (!type.isIntegral()) {
            throw Refusal.at(
                    field.position(),
                    "bit-field '" + field.name().orElse("") + "' has non-integral type " + type.quoted());
        }
        var lowered = Lowering.object(type, field.position());
        long width = analysis.types.integralConstant(field.bitWidth().get(), symbol.scope(), "bit-field width");
        int unit = lowered.byteSize() * 8;
        if (width < 0 || width > unit || width == 0 && field.name().isPresent()) {
            throw Refusal.at(field.position(), "width of bit-field (" + width + " bits) is not in 1.." + unit);
        }
        requireUnpacked(field.name().orElse(""), lowered.alignment());
        int at = symbol.isUnion() ? 0 : bits;
        if (width == 0) {
            bits = roundUp(bits, unit);
            return;
        }
        if (at / unit != (at + (int) width - 1) / unit) {
            at = roundUp(at, unit);
        }
        int start = at / unit * unit;
        bits = at + (int) width;
        highest = Math.max(highest, (bits + 7) / 8);
        if (field.name().isPresent()) {
            alignment = Math.max(alignment, lowered.alignment());
            fields.add(new Type.Struct.Field(field.name().get(), lowered, start / 8, at - start, (int) width));
            declare(field.name().get(), type, field);
        }
    }

    /** An anonymous struct or union: one field, whose members are reached as members of this class. */
    void anonymous(Declaration.Struct struct) {
        struct.definition().orElseThrow().members().forEach(member -> requireData(member, struct));
        var inner = new ClassSymbol(
                symbol.name() + "::(anonymous " + struct.key().spelling() + ")",
                struct.key(),
                symbol.scope(),
                struct.position());
        analysis.classes.complete(inner, struct);
        place("", inner.layout(), inner.layout().alignment());
        int index = fields.size() - 1;
        symbol.fields().add(new Symbol.Field("", QualType.of(inner), List.of(index), null));
        for (var member : inner.scope().symbols()) {
            if (member instanceof Symbol.Field field) {
                checkFresh(field.name(), struct.position());
                var path = new ArrayList<Integer>();
                path.add(index);
                path.addAll(field.path());
                symbol.scope()
                        .declare(field.name(), new Symbol.Field(field.name(), field.type(), path, field.declaration()));
            }
        }
    }

    /** An anonymous struct or union has public data members and nothing else (C++14 [class.union] 5). */
    private static void requireData(Declaration.Member member, Declaration.Struct struct) {
        var what = "anonymous " + struct.key().spelling();
        var position = member.declaration().position();
        switch (member.declaration()) {
            case Declaration.Function _, Declaration.Template _ ->
                throw Refusal.at(position, "functions cannot be declared in an " + what);
            case Declaration.Variable _ ->
                throw Refusal.at(position, "static members cannot be declared in an " + what);
            default -> {}
        }
        if (member.access() != Declaration.Access.PUBLIC) {
            var word = member.access().name().toLowerCase(java.util.Locale.ROOT);
            throw Refusal.at(position, what + " cannot contain a " + word + " data member");
        }
    }

    void finish() {
        for (var attribute : attributes) {
            if (attribute.name().equals("alignas") && alignment(attribute, symbol.scope()) > 0) {
                requireAtLeast(alignment, asked, attribute);
            }
        }
        symbol.layout().complete(fields, Math.max(1, highest), alignment);
        symbol.markComplete();
        checks.forEach(Runnable::run);
    }

    private int aligned(List<Attribute> attributes, int natural, Scope scope) {
        int result = natural;
        for (var attribute : attributes) {
            if (attribute.name().equals("alignas") || attribute.name().equals("aligned")) {
                int wanted = alignment(attribute, scope);
                result = Math.max(result, wanted);
                requireAtLeast(natural, wanted, attribute);
            } else if (attribute.name().equals("packed")) {
                throw Refusal.unsupported(attribute.position(), "the attribute 'packed'");
            }
        }
        return result;
    }

    /** {@code alignas} can only add to the natural alignment; 0 asks for nothing (C++14 [dcl.align] 5). */
    private static void requireAtLeast(int natural, int wanted, Attribute attribute) {
        if (attribute.name().equals("alignas") && wanted != 0 && wanted < natural) {
            throw Refusal.at(attribute.position(), "requested alignment is less than minimum alignment of " + natural);
        }
    }

    private int alignment(Attribute attribute, Scope scope) {
        long value = number(attribute, scope, "alignment");
        if (value < 0 || value > 1 << 20 || Long.bitCount(value) > 1) {
            throw Refusal.at(attribute.position(), "requested alignment is not a power of 2");
        }
        return (int) value;
    }

    /** The argument of an attribute; of a type it is the alignment. */
    private long number(Attribute attribute, Scope scope, String what) {
        if (attribute.arguments().size() != 1) {
            throw Refusal.at(attribute.position(), "'" + attribute.name() + "' takes one argument");
        }
        return switch (attribute.arguments().getFirst()) {
            case Argument.OfType(var _, TypeSyntax.Named(var position, var name, var _))
            when Lookup.typeOf(analysis.lookup.resolve(name, scope).symbol()) == null ->
                analysis.types.integralConstant(new Expression.NameUse(position, name), scope, what);
            case Argument.OfType(var _, var type) ->
                Lowering.object(analysis.types.resolve(type, scope), type.position())
                        .alignment();
            case Argument.OfExpression(var _, var expression) ->
                analysis.types.integralConstant(expression, scope, what);
        };
    }

    private static int roundUp(int value, int unit) {
        return (value + unit - 1) / unit * unit;
    }
}
