package io.ringkernel.metal.msl.check.semantics;

import io.ringkernel.metal.msl.builtin.AddressSpace;
import io.ringkernel.metal.msl.builtin.Type;
import io.ringkernel.metal.msl.check.TypedExpression;
import io.ringkernel.metal.msl.check.constant.ConstantArithmetic;
import io.ringkernel.metal.msl.check.symbol.CppType;
import io.ringkernel.metal.msl.check.symbol.QualType;
import io.ringkernel.metal.msl.check.symbol.Scope;
import io.ringkernel.metal.msl.check.symbol.Symbol;
import io.ringkernel.metal.msl.syntax.Expression;
import io.ringkernel.metal.msl.syntax.LanguageVersion;
import io.ringkernel.metal.msl.syntax.Name;
import io.ringkernel.metal.msl.syntax.Qualifier;
import io.ringkernel.metal.msl.syntax.Signature;
import io.ringkernel.metal.msl.syntax.SourcePosition;
import io.ringkernel.metal.msl.syntax.TypeSyntax;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Types as written to types as meant; holds every pointer and reference to naming its address space. */
final class TypeResolver {
    /** The name under which a scope binds what {@code auto} was deduced to be. */
    static final String AUTO = "(auto)";

    private static final Map<String, String> FUNDAMENTAL = Map.of(
            "signed char", "char",
            "unsigned char", "uchar",
            "unsigned short", "ushort",
            "unsigned int", "uint",
            "unsigned long", "ulong");
    private static final Set<String> NOT_IN_METAL =
            Set.of("long long", "unsigned long long", "double", "long double", "wchar_t", "char16_t", "char32_t");

    private final Analysis analysis;

    TypeResolver(Analysis analysis) {
        this.analysis = analysis;
    }

    QualType resolve(TypeSyntax syntax, Scope scope) {
        return switch (syntax) {
            case TypeSyntax.Fundamental(var position, String name) -> fundamental(position, name);
            case TypeSyntax.Named(var _, var name, boolean typename) -> {
                if (!typename) {
                    Dependence.requireNone(name, scope);
                }
                yield named(name, scope);
            }
            case TypeSyntax.Elaborated elaborated -> analysis.declarations.elaborated(elaborated, scope);
            case TypeSyntax.Auto(var position) -> auto(position, scope);
            case TypeSyntax.DecltypeAuto(var position) -> auto(position, scope);
            case TypeSyntax.Decltype(var _, var expression) -> decltype(expression, scope);
            case TypeSyntax.Qualified qualified -> qualified(qualified, scope);
            case TypeSyntax.Pointer(var position, var pointee) -> pointer(position, resolve(pointee, scope));
            case TypeSyntax.Reference(var position, var referent, boolean rvalue) -> {
                if (unqualified(referent) instanceof TypeSyntax.Reference) {
                    throw Refusal.at(position, "'type name' declared as a reference to a reference");
                }
                yield reference(position, resolve(referent, scope), rvalue);
            }
            case TypeSyntax.Array array -> array(array, scope);
            case TypeSyntax.Function(var _, var signature) -> function(signature, scope);
            case TypeSyntax.MemberPointer(var position, var _, var _) ->
                throw Refusal.at(position, "pointers to members are not supported in Metal");
            case TypeSyntax.PackExpansion(var position, var _) ->
                throw Refusal.at(position, "pack expansion cannot be used here");
        };
    }

    private static TypeSyntax unqualified(TypeSyntax type) {
        return type instanceof TypeSyntax.Qualified(var _, var inner, var _) ? unqualified(inner) : type;
    }

    private QualType fundamental(SourcePosition position, String name) {
        if (NOT_IN_METAL.contains(name)) {
            throw Refusal.at(position, "'" + name + "' is not supported in Metal");
        }
        var keyword = FUNDAMENTAL.getOrDefault(name, name);
        if (!(NativeTypes.find(keyword, analysis.version) instanceof Symbol.TypeName(var _, var type))) {
            throw Refusal.at(position, "unknown type name '" + keyword + "'");
        }
        return type;
    }

    private static QualType deduced(Scope scope) {
        for (var s = scope; s != null; s = s.parent()) {
            if (s.local(AUTO) instanceof Symbol.TypeName(var _, var type)) {
                return type;
            }
        }
        return null;
    }

    private static QualType auto(SourcePosition position, Scope scope) {
        var type = deduced(scope);
        if (type == null) {
            throw Refusal.at(position, "'auto' not allowed here");
        }
        return type;
    }

    private QualType named(Name name, Scope scope) {
        var found = analysis.lookup.tryResolve(name, scope);
        if (found == null) {
            throw unknownType(name, scope);
        }
        var type = Lookup.typeOf(found.symbol());
        if (type != null) {
            return type;
        }
        if (found.symbol() instanceof Symbol.Invalid) {
            throw Refusal.silent(name.position());
        }
        if (found.symbol() instanceof Symbol.ClassTemplate template) {
            var withDefaults = analysis.templates.injectedOrDefault(template, scope, name.position());
            if (withDefaults != null) {
                return withDefaults;
            }
            throw Refusal.at(
                    name.position(), "use of class template '" + name.text() + "' requires template arguments");
        }
        throw Refusal.at(name.position(), "'" + name.text() + "' does not name a type");
    }

    private Refusal unknownType(Name name, Scope scope) {
        if (name.segments().size() == 1) {
            return Refusal.at(
                    name.position(), "unknown type name '" + name.last().text() + "'");
        }
        var undeclared = analysis.unknownNames.undeclaredQualifier(name, scope);
        if (undeclared.isPresent()) {
            return undeclared.get();
        }
        var container = name.segments().get(name.segments().size() - 2).text();
        return Refusal.at(
                name.last().position(), "no type named '" + name.last().text() + "' in '" + container + "'");
    }

    /** {@code decltype(x)}: the declared type of a name, else a reference for an object. */
    QualType decltype(Expression expression, Scope scope) {
        if (expression instanceof Expression.NameUse(var _, var name)
                && analysis.lookup.tryResolve(name, scope) instanceof Lookup.Found found) {
            switch (found.symbol()) {
                case Symbol.Object object -> {
                    return object.type();
                }
                case Symbol.Field field -> {
                    return field.type();
                }
                default -> {}
            }
        }
        var operand = analysis.expressions.check(expression, scope);
        return switch (operand) {
            case Operand.Located located
            when !(expression instanceof Expression.Member) ->
                QualType.of(new CppType.Reference(located.type(), located.expiring()));
            case Operand.Functions functions -> functionType(functions);
            case Operand.Braces braces -> throw Refusal.at(braces.position(), "initializer list has no type");
            default -> operand.type().withSpace(null);
        };
    }

    private QualType functionType(Operand.Functions functions) {
        var only = analysis.namedFunctions.only(functions);
        if (only == null) {
            throw Refusal.at(functions.position(), "reference to overloaded function could not be resolved");
        }
        analysis.functions.signature(only);
        return QualType.of(new CppType.Function(only.result(), only.parameters()));
    }

    private QualType qualified(TypeSyntax.Qualified qualified, Scope scope) {
        var inner = resolve(qualified.type(), scope);
        var constant = inner.isConst() || qualified.qualifiers().contains(Qualifier.CONST);
        if (inner.isReference()) {
            return inner;
        }
        if (qualified.qualifiers().stream().anyMatch(q -> q.name().startsWith("COHERENT"))
                && !analysis.version.isAtLeast(LanguageVersion.METAL_3_2)) {
            throw Refusal.at(
                    qualified.position(),
                    "'coherent' qualifier requires Metal language standard macos-metal3.2 or higher");
        }
        var spaces = new ArrayList<>(qualified.qualifiers().stream()
                .filter(Qualifier::isAddressSpace)
                .toList());
        if (spaces.size() > 1) {
            // Apple's compiler takes "thread device T*" as a pointer to device memory that is itself in thread memory.
            spaces.remove(Qualifier.THREAD);
        }
        if (spaces.isEmpty()) {
            return inner.withConst(constant);
        }
        var space = AddressSpace.valueOf(spaces.getFirst().name());
        if (spaces.size() > 1 || inner.space() != null && inner.space() != space) {
            throw Refusal.at(qualified.position(), "multiple address spaces specified for type");
        }
        return new QualType(inner.type(), constant, space);
    }

    QualType pointer(SourcePosition position, QualType pointee) {
        if (pointee.isReference()) {
            throw Refusal.at(position, "'type name' declared as a pointer to a reference of type '" + pointee + "'");
        }
        requireSpace(position, pointee, "pointer");
        return QualType.pointerTo(pointee);
    }

    private QualType reference(SourcePosition position, QualType referent, boolean rvalue) {
        if (referent.type() instanceof CppType.Reference(var inner, boolean innerRvalue)) {
            return QualType.of(new CppType.Reference(inner, rvalue && innerRvalue));
        }
        if (referent.isVoid()) {
            throw Refusal.at(position, "cannot form a reference to 'void'");
        }
        // Apple's compiler takes "device T*&" as a reference to a pointer in thread memory, and so an array of them.
        var target =
                isOfPointers(referent) && referent.space() == null ? referent.withSpace(AddressSpace.THREAD) : referent;
        requireSpace(position, target, "reference");
        return QualType.of(new CppType.Reference(target, rvalue));
    }

    private static boolean isOfPointers(QualType type) {
        return type.isPointer() || type.type() instanceof CppType.Array(var element, int _) && isOfPointers(element);
    }

    private static void requireSpace(SourcePosition position, QualType target, String what) {
        var exempt = target.type() instanceof CppType.Function || target.type() instanceof CppType.Unique;
        if (target.space() == null && !exempt) {
            throw Refusal.at(position, what + " type must have explicit address space qualifier");
        }
    }

    private QualType array(TypeSyntax.Array array, Scope scope) {
        var element = resolve(array.element(), scope);
        if (element.isReference()) {
            throw Refusal.at(array.position(), "array of references cannot be declared");
        }
        if (element.isVoid()) {
            throw Refusal.at(array.position(), "array has incomplete element type 'void'");
        }
        int length = array.size().isPresent() ? length(array.size().get(), scope) : -1;
        var bare = QualType.of(new CppType.Array(element.unqualified(), length));
        return new QualType(bare.type(), element.isConst(), element.space());
    }

    private int length(Expression size, Scope scope) {
        var operand = analysis.expressions.check(size, scope);
        var converted = operand.type() != null
                        && (operand.type().isIntegral() || operand.type().isClass())
                ? analysis.conversions.implicit(operand, QualType.LONG)
                : null;
        if (converted == null) {
            throw Refusal.at(
                    size.position(),
                    "size of array has non-integer type"
                            + (operand.type() == null
                                    ? ""
                                    : " " + operand.type().unqualified().quoted()));
        }
        if (!(analysis.evaluator.evaluate(converted.apply().get()) instanceof Long value)) {
            throw Refusal.at(size.position(), "variable length arrays are not supported in Metal");
        }
        if (value < 0) {
            throw Refusal.at(size.position(), "array declared with a negative size (" + value + ")");
        }
        if (value == 0) {
            throw Refusal.at(size.position(), "zero-length arrays are not permitted in C++");
        }
        if (value > Integer.MAX_VALUE) {
            throw Refusal.at(size.position(), "array is too large (" + value + " elements)");
        }
        return value.intValue();
    }

    private QualType function(Signature signature, Scope scope) {
        var parameters = new ArrayList<QualType>();
        for (var parameter : signature.parameters()) {
            parameters.addAll(analysis.functions.parameterTypes(parameter, scope));
        }
        var result = signature.result().map(type -> resolve(type, scope)).orElse(QualType.VOID);
        return QualType.of(new CppType.Function(result, List.copyOf(parameters)));
    }

    /** A parameter's type: arrays and functions become pointers, const of the parameter itself stays. */
    QualType parameter(TypeSyntax syntax, Scope scope) {
        var type = resolve(syntax, scope);
        return switch (type.type()) {
            case CppType.Array(var element, var _) -> QualType.pointerTo(inSpace(type.part(element)));
            case CppType.Function _ -> QualType.pointerTo(type);
            default -> type;
        };
    }

    /** An array parameter that names no space is one of thread memory. */
    private static QualType inSpace(QualType element) {
        return element.space() == null ? element.withSpace(AddressSpace.THREAD) : element;
    }

    /** The value of a constant expression of integral or unscoped enumeration type; an ulong above 2^63 is negative. */
    long integralConstant(Expression expression, Scope scope, String what) {
        var constant = integral(expression, scope, what);
        return ConstantArithmetic.widen(constant.type().kind(), constant.bits());
    }

    /** A constant expression of integral or unscoped enumeration type; that of an enumeration is of its own type. */
    TypedExpression.Constant integral(Expression expression, Scope scope, String what) {
        var operand = analysis.expressions.check(expression, scope);
        var type = operand.type();
        if (type == null || !type.isIntegral()) {
            throw Refusal.at(expression.position(), what + " must have integral or unscoped enumeration type");
        }
        TypedExpression value = analysis.conversions.value(operand);
        if (!(analysis.evaluator.evaluate(value) instanceof Long bits)) {
            throw Refusal.at(expression.position(), what + " is not a constant expression");
        }
        return new TypedExpression.Constant((Type.Scalar) value.type(), bits, expression.position());
    }
}
