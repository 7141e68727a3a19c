package io.ringkernel.metal.msl.check.semantics;

import io.ringkernel.metal.msl.builtin.Builtin;
import io.ringkernel.metal.msl.builtin.LibraryEnumerator;
import io.ringkernel.metal.msl.builtin.ScalarType;
import io.ringkernel.metal.msl.builtin.Type;
import io.ringkernel.metal.msl.check.TypedExpression;
import io.ringkernel.metal.msl.syntax.LanguageVersion;
import io.ringkernel.metal.msl.syntax.SourcePosition;
import java.util.List;

/** Rules about arguments of built-ins that their types do not express. */
final class BuiltinRules {
    private final LanguageVersion version;

    BuiltinRules(LanguageVersion version) {
        this.version = version;
    }

    void check(Builtin builtin, List<TypedExpression> arguments, SourcePosition position) {
        if (!builtin.kind().isAtomic()) {
            return;
        }
        var scoped = builtin.parameters().stream().anyMatch(type -> isEnum(type, LibraryEnumerator.MEM_FLAGS));
        for (int i = 0; i < arguments.size(); i++) {
            var isOrder = isEnum(builtin.parameters().get(i), LibraryEnumerator.MEMORY_ORDER);
            if (isOrder && !scoped && !isRelaxed(arguments.get(i))) {
                throw Refusal.at(position, "no matching function for call to '" + builtin.name() + "'")
                        .note(
                                arguments.get(i).position(),
                                "candidate disabled: without mem_flags the order must be memory_order_relaxed in "
                                        + version);
            }
        }
    }

    /** Whether the first argument decides what a template of Metal's headers is made for, and converts to nothing. */
    static boolean isTypedByData(Builtin builtin) {
        return builtin.kind().isOfLanes()
                && !builtin.parameters().isEmpty()
                && !builtin.parameters().getFirst().equals(new Type.Scalar(ScalarType.BOOL));
    }

    private static boolean isEnum(Type type, String name) {
        return type instanceof Type.Opaque(String opaque) && opaque.equals(name);
    }

    private static boolean isRelaxed(TypedExpression order) {
        return order instanceof TypedExpression.Constant constant && constant.bits() == 0;
    }
}
