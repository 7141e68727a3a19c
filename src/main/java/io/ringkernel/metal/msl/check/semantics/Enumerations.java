package io.ringkernel.metal.msl.check.semantics;

import io.ringkernel.metal.msl.builtin.ScalarType;
import io.ringkernel.metal.msl.check.constant.ConstantArithmetic;
import io.ringkernel.metal.msl.check.symbol.EnumSymbol;
import io.ringkernel.metal.msl.check.symbol.QualType;
import io.ringkernel.metal.msl.check.symbol.Scope;
import io.ringkernel.metal.msl.check.symbol.Symbol;
import io.ringkernel.metal.msl.syntax.Declaration;
import io.ringkernel.metal.msl.syntax.SourcePosition;
import java.util.List;

/** Definitions of enumerations (C++14 [dcl.enum]). */
final class Enumerations {
    private final Analysis analysis;

    Enumerations(Analysis analysis) {
        this.analysis = analysis;
    }

    void declare(Declaration.Enum declaration, Scope scope) {
        var name = declaration.name().map(n -> n.last().text()).orElse("(unnamed enum)");
        var underlying = declaration
                .underlying()
                .map(type -> integral(analysis.types.resolve(type, scope), type.position()))
                .orElse(ScalarType.INT);
        var symbol = symbol(name, underlying, declaration, scope);
        if (declaration.name().isPresent()) {
            scope.declare(name, symbol);
        }
        declaration.enumerators().ifPresent(all -> symbol.define(() -> enumerators(symbol, declaration, all, scope)));
    }

    /** The enumeration that an opaque declaration before this one made, or a new one. */
    private static EnumSymbol symbol(String name, ScalarType underlying, Declaration.Enum declaration, Scope scope) {
        var known = declaration.name().isPresent() ? scope.local(name) : null;
        if (known instanceof EnumSymbol symbol && (declaration.enumerators().isEmpty() || !symbol.isDefined())) {
            return symbol;
        }
        if (known != null && Lookup.typeOf(known) != null) {
            throw Refusal.at(declaration.position(), "redefinition of '" + name + "'");
        }
        return new EnumSymbol(name, declaration.scoped(), underlying, scope.block());
    }

    private void enumerators(
            EnumSymbol symbol, Declaration.Enum declaration, List<Declaration.Enumerator> enumerators, Scope scope) {
        var inner = symbol.scope();
        var underlying = symbol.underlying();
        long next = 0;
        long least = 0;
        long most = 0;
        for (var enumerator : enumerators) {
            if (enumerator.value().isPresent()) {
                next = analysis.types.integralConstant(enumerator.value().get(), inner, "enumerator value");
            }
            least = Math.min(least, next);
            most = Math.max(most, next);
            var value = new Symbol.Enumerator(enumerator.name(), symbol, ConstantArithmetic.narrow(underlying, next));
            if (inner.local(enumerator.name()) != null
                    || !declaration.scoped() && scope.local(enumerator.name()) instanceof Symbol.Enumerator) {
                throw Refusal.at(enumerator.position(), "redefinition of enumerator '" + enumerator.name() + "'");
            }
            inner.declare(enumerator.name(), value);
            if (!declaration.scoped()) {
                scope.declare(enumerator.name(), value);
            }
            next++;
        }
        if (declaration.underlying().isEmpty() && !declaration.scoped()) {
            widen(symbol, least, most);
        }
    }

    /** Without a fixed type, the first of int, uint, long and ulong that holds all values. */
    private static void widen(EnumSymbol symbol, long least, long most) {
        if (most > 0xffffffffL || least < Integer.MIN_VALUE || least < 0 && most > Integer.MAX_VALUE) {
            symbol.setUnderlying(ScalarType.LONG);
        } else if (most > Integer.MAX_VALUE) {
            symbol.setUnderlying(ScalarType.UINT);
        }
    }

    private static ScalarType integral(QualType type, SourcePosition position) {
        if (!type.isIntegral()) {
            throw Refusal.at(position, "non-integral type '" + type + "' is an invalid underlying type");
        }
        return type.scalar();
    }
}
