package io.ringkernel.metal.msl.check.semantics;

import io.ringkernel.metal.msl.builtin.Builtin;
import java.util.List;

/** Standard-library functions in constant expressions. */
final class BuiltinFolding {
    /** The result in the evaluator's form, or null if the call is no constant. */
    Object fold(Builtin builtin, List<Object> arguments) {
        return null;
    }
}
