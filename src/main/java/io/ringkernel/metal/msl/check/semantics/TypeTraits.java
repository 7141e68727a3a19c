package io.ringkernel.metal.msl.check.semantics;

import io.ringkernel.metal.msl.builtin.ScalarType;
import io.ringkernel.metal.msl.check.TypedExpression;
import io.ringkernel.metal.msl.check.symbol.ClassSymbol;
import io.ringkernel.metal.msl.check.symbol.CppType;
import io.ringkernel.metal.msl.check.symbol.EnumSymbol;
import io.ringkernel.metal.msl.check.symbol.QualType;
import io.ringkernel.metal.msl.check.symbol.Symbol;
import io.ringkernel.metal.msl.check.symbol.TemplateArgument;
import io.ringkernel.metal.msl.syntax.SourcePosition;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** The questions about types that the library's type traits ask the compiler. */
final class TypeTraits {
    private static final Map<String, Predicate<QualType>> UNARY = Map.ofEntries(
            Map.entry(
                    "__is_integral",
                    type -> (plain(type) || type.isVector())
                            && QualType.of(type.element()).isIntegral()),
            Map.entry(
                    "__is_floating_point",
                    type -> plain(type) && type.isArithmetic() && type.scalar().isFloating()),
            Map.entry("__is_arithmetic", type -> plain(type) && type.isArithmetic()),
            Map.entry("__is_signed", type -> plain(type) && type.isArithmetic() && isSigned(type.scalar())),
            Map.entry("__is_unsigned", type -> plain(type) && type.isIntegral() && !isSigned(type.scalar())),
            Map.entry("__is_void", QualType::isVoid),
            Map.entry("__is_pointer", QualType::isPointer),
            Map.entry("__is_array", QualType::isArray),
            Map.entry("__is_reference", QualType::isReference),
            Map.entry("__is_enum", type -> type.type() instanceof EnumSymbol),
            Map.entry("__is_class", type -> type.type() instanceof ClassSymbol symbol && !symbol.isUnion()),
            Map.entry("__is_union", type -> type.type() instanceof ClassSymbol symbol && symbol.isUnion()),
            Map.entry("__is_const", QualType::isConst),
            Map.entry("__is_vector", QualType::isVector),
            Map.entry("__is_matrix", type -> type.type() instanceof CppType.Matrix),
            Map.entry("__is_empty", type -> type.type() instanceof ClassSymbol symbol && isEmpty(symbol)));

    private TypeTraits() {}

    private static boolean plain(QualType type) {
        return type.type() instanceof CppType.Scalar;
    }

    private static boolean isSigned(ScalarType kind) {
        return kind.isFloating() || kind.isInteger() && !kind.isUnsigned();
    }

    static boolean isEmpty(ClassSymbol symbol) {
        symbol.demand();
        return symbol.fields().isEmpty() && symbol.bases().stream().allMatch(base -> isEmpty(base.symbol()));
    }

    static boolean hasInitializer(Symbol.Field field) {
        return field.declaration() != null && field.declaration().initializer().isPresent();
    }

    /** Whether making an object without arguments is possible and does nothing (C++14 [class.ctor]). */
    static boolean isTriviallyMade(ClassSymbol symbol) {
        symbol.demand();
        return (symbol.constructors().isEmpty()
                        || symbol.constructors().stream().anyMatch(Classes::isDefaulted))
                && symbol.fields().stream()
                        .allMatch(field -> !hasInitializer(field)
                                && (!(field.type().type() instanceof ClassSymbol inner) || isTriviallyMade(inner)))
                && symbol.bases().stream().allMatch(base -> isTriviallyMade(base.symbol()));
    }

    /** The answer to an intrinsic trait, or null if this is none. */
    static Boolean evaluate(Analysis analysis, String name, List<TemplateArgument> arguments) {
        if (!name.startsWith("__") || !(arguments.getFirst() instanceof TemplateArgument.OfType(var type))) {
            return null;
        }
        var unary = UNARY.get(name);
        if (unary != null) {
            return unary.test(type);
        }
        if (name.equals("__is_base_of") && arguments.get(1) instanceof TemplateArgument.OfType(var derived)) {
            return type.type() instanceof ClassSymbol base
                    && derived.type() instanceof ClassSymbol symbol
                    && symbol.derivesFrom(base);
        }
        if (name.equals("__is_convertible") && arguments.get(1) instanceof TemplateArgument.OfType(var target)) {
            return isConvertible(analysis, type, target);
        }
        return null;
    }

    private static boolean isConvertible(Analysis analysis, QualType from, QualType to) {
        if (from.isVoid() || to.isVoid()) {
            return from.isVoid() && to.isVoid();
        }
        try {
            var position = new SourcePosition("(trait)", 1, 1);
            var source = from.referent().unqualified();
            var value = new Operand.Value(new TypedExpression.Zero(Lowering.value(source, position), position), source);
            return analysis.conversions.implicit(value, to) != null;
        } catch (Refusal _) {
            return false;
        }
    }
}
