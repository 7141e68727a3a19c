package io.ringkernel.metal.msl.check.semantics;

import io.ringkernel.metal.msl.builtin.ScalarType;
import io.ringkernel.metal.msl.check.constant.ConstantArithmetic;
import io.ringkernel.metal.msl.check.symbol.EnumSymbol;
import io.ringkernel.metal.msl.check.symbol.QualType;
import io.ringkernel.metal.msl.check.symbol.Scope;
import io.ringkernel.metal.msl.check.symbol.Symbol;
import io.ringkernel.metal.msl.syntax.Declaration;
import io.ringkernel.metal.msl.syntax.SourcePosition;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Definitions of enumerations (C++14 [dcl.enum]). Where the standard leaves the type open, it is the one that Clang
 * takes: an enumeration without negative enumerators is a uint or a ulong.
 */
final class Enumerations {
    private final Analysis analysis;

    Enumerations(Analysis analysis) {
        this.analysis = analysis;
    }

    void declare(Declaration.Enum declaration, Scope scope) {
        var symbol = symbol(declaration, scope);
        declaration.name().ifPresent(name -> scope.declare(name.last().text(), symbol));
        declaration
                .enumerators()
                .ifPresent(all -> symbol.define(() -> new Definition(symbol, scope).enumerators(all, declaration)));
    }

    /** The enumeration that an opaque declaration before this one made, or a new one. */
    private EnumSymbol symbol(Declaration.Enum declaration, Scope scope) {
        var name = declaration.name().map(n -> n.last().text()).orElse("(unnamed enum)");
        var position = declaration.position();
        var fixed = declaration
                .underlying()
                .map(type -> integral(analysis.types.resolve(type, scope), type.position()))
                .or(() -> declaration.scoped() ? Optional.of(ScalarType.INT) : Optional.empty());
        var known = declaration.name().isEmpty() ? null : scope.tag(name) == null ? scope.local(name) : scope.tag(name);
        if (known instanceof EnumSymbol symbol && (declaration.enumerators().isEmpty() || !symbol.isDefined())) {
            requireSame(symbol, declaration.scoped(), fixed, position);
            return symbol;
        }
        if (known != null && Lookup.typeOf(known) != null) {
            throw Refusal.at(position, "redefinition of '" + name + "'");
        }
        if (fixed.isEmpty() && declaration.enumerators().isEmpty()) {
            throw Refusal.at(position, "ISO C++ forbids forward references to 'enum' types");
        }
        return fixed.map(type -> EnumSymbol.fixed(name, declaration.scoped(), type, scope.block()))
                .orElseGet(() -> EnumSymbol.open(name, scope.block()));
    }

    private static void requireSame(
            EnumSymbol known, boolean scoped, Optional<ScalarType> fixed, SourcePosition position) {
        if (known.scoped() != scoped) {
            throw Refusal.at(
                    position, "enumeration previously declared as " + (known.scoped() ? "scoped" : "unscoped"));
        }
        if (known.isFixed() != fixed.isPresent()) {
            throw Refusal.at(
                    position,
                    "enumeration previously declared with " + (known.isFixed() ? "" : "non") + "fixed underlying type");
        }
        if (fixed.isPresent() && fixed.get() != known.underlying()) {
            throw Refusal.at(
                    position,
                    "enumeration redeclared with different underlying type '" + fixed.get() + "' (was '"
                            + known.underlying() + "')");
        }
    }

    private static ScalarType integral(QualType type, SourcePosition position) {
        if (!type.isIntegral() || type.type() instanceof EnumSymbol) {
            throw Refusal.at(position, "non-integral type '" + type + "' is an invalid underlying type");
        }
        return type.scalar();
    }

    /** Whether a type has a value. */
    private static boolean holds(ScalarType type, BigInteger value) {
        var bits = type == ScalarType.BOOL ? 1 : type.byteSize() * Byte.SIZE;
        return type.isUnsigned() || type == ScalarType.BOOL
                ? value.signum() >= 0 && value.bitLength() <= bits
                : value.bitLength() < bits;
    }

    private static BigInteger valueOf(ScalarType type, long bits) {
        var value = BigInteger.valueOf(ConstantArithmetic.widen(type, bits));
        return type == ScalarType.ULONG && bits < 0 ? value.add(BigInteger.TWO.pow(Long.SIZE)) : value;
    }

    /** One enumeration between its braces. */
    private final class Definition {
        private final EnumSymbol symbol;
        private final Scope outer;
        private BigInteger least = BigInteger.ZERO;
        private BigInteger most = BigInteger.ZERO;
        private BigInteger last = BigInteger.ONE.negate();
        private ScalarType type;

        private Definition(EnumSymbol symbol, Scope outer) {
            this.symbol = symbol;
            this.outer = outer;
            type = symbol.underlying();
        }

        private void enumerators(List<Declaration.Enumerator> enumerators, Declaration.Enum declaration) {
            for (var enumerator : enumerators) {
                if (enumerator.value().isPresent()) {
                    given(enumerator);
                } else {
                    next(enumerator);
                }
                least = least.min(last);
                most = most.max(last);
                declare(enumerator);
            }
            if (!symbol.isFixed()) {
                chooseTypes(declaration);
            }
        }

        private void given(Declaration.Enumerator enumerator) {
            var value = enumerator.value().get();
            var constant = analysis.types.integral(value, symbol.scope(), "enumerator value");
            last = valueOf(constant.type().kind(), constant.bits());
            if (!symbol.isFixed()) {
                type = constant.type().kind();
            } else if (!holds(type, last)) {
                throw Refusal.at(
                        value.position(),
                        "enumerator value evaluates to " + last + ", which cannot be narrowed to type '" + type + "'");
            }
        }

        /** One more than the last one, in a larger type if need be. */
        private void next(Declaration.Enumerator enumerator) {
            last = last.add(BigInteger.ONE);
            if (holds(type, last)) {
                return;
            }
            if (symbol.isFixed()) {
                throw Refusal.at(
                        enumerator.position(),
                        "enumerator value " + last + " is not representable in the underlying type '" + type + "'");
            }
            type = first(last)
                    .orElseThrow(() -> Refusal.at(
                            enumerator.position(),
                            "incremented enumerator value " + last
                                    + " is not representable in the largest integer type"));
        }

        private Optional<ScalarType> first(BigInteger value) {
            var unsigned = type.isUnsigned() || type == ScalarType.BOOL;
            var larger = unsigned
                    ? Stream.of(ScalarType.USHORT, ScalarType.UINT, ScalarType.ULONG)
                    : Stream.of(ScalarType.SHORT, ScalarType.INT, ScalarType.LONG, ScalarType.ULONG);
            return larger.filter(kind -> holds(kind, value)).findFirst();
        }

        private void declare(Declaration.Enumerator enumerator) {
            var inner = symbol.scope();
            var name = enumerator.name();
            if (inner.local(name) != null || !symbol.scoped() && outer.local(name) instanceof Symbol.Enumerator) {
                throw Refusal.at(enumerator.position(), "redefinition of enumerator '" + name + "'");
            }
            var value = new Symbol.Enumerator(name, symbol, type, ConstantArithmetic.narrow(type, last.longValue()));
            inner.declare(name, value);
            if (!symbol.scoped()) {
                outer.declare(name, value);
            }
        }

        private void chooseTypes(Declaration.Enum declaration) {
            var isNegative = least.signum() < 0;
            var underlying = isNegative ? all(ScalarType.INT, ScalarType.LONG) : all(ScalarType.UINT, ScalarType.ULONG);
            if (underlying == null) {
                throw Refusal.at(declaration.position(), "enumeration values exceed range of largest integer");
            }
            var promoted = all(ScalarType.INT, ScalarType.UINT, ScalarType.LONG, ScalarType.ULONG);
            symbol.setTypes(underlying, promoted);
        }

        /** The first type that has all enumerators, or null. */
        private ScalarType all(ScalarType... types) {
            return Stream.of(types)
                    .filter(kind -> holds(kind, least) && holds(kind, most))
                    .findFirst()
                    .orElse(null);
        }
    }
}
