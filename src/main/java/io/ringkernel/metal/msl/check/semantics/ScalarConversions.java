package io.ringkernel.metal.msl.check.semantics;

import io.ringkernel.metal.msl.builtin.ScalarType;
import io.ringkernel.metal.msl.check.symbol.EnumSymbol;

/** Which scalars convert to which without being asked. */
final class ScalarConversions {
    private ScalarConversions() {}

    /** The rank of a conversion between scalars, or null where MSL has no implicit one. */
    static Conversions.Rank scalarRank(ScalarType from, ScalarType to) {
        if (from == ScalarType.VOID || to == ScalarType.VOID) {
            return null;
        }
        if (from == to) {
            return Conversions.Rank.EXACT;
        }
        if (to == ScalarType.BFLOAT && from.isFloating()) {
            return null;
        }
        if (from == ScalarType.BFLOAT && to == ScalarType.HALF) {
            return null;
        }
        return to == promoted(from) ? Conversions.Rank.PROMOTION : Conversions.Rank.CONVERSION;
    }

    /** The rank of the conversion of an enumeration that is not scoped. */
    static Conversions.Rank enumerationRank(EnumSymbol from, ScalarType to) {
        if (to == ScalarType.VOID) {
            return null;
        }
        return to == from.promoted() || to == promoted(from.promoted())
                ? Conversions.Rank.PROMOTION
                : Conversions.Rank.CONVERSION;
    }

    /** What integral promotion makes of a type. */
    static ScalarType promoted(ScalarType kind) {
        return switch (kind) {
            case BOOL, CHAR, UCHAR, SHORT, USHORT -> ScalarType.INT;
            default -> kind;
        };
    }
}
