package io.ringkernel.metal.msl.check.semantics;

import io.ringkernel.metal.msl.check.symbol.CppType;
import io.ringkernel.metal.msl.check.symbol.QualType;

/** Says in clang's words why a value cannot initialise an object or bind to a reference. */
final class InitializationErrors {
    private InitializationErrors() {}

    static Refusal cannot(QualType type, Operand value, String what) {
        var position = value.position();
        if (value.type() == null) {
            return Refusal.at(
                    position, "cannot initialize " + what + " of type " + type.quoted() + " with this expression");
        }
        var source = value.type();
        if (type.type() instanceof CppType.Reference(var referent, boolean rvalue)) {
            if (!source.type().equals(referent.type())) {
                return Refusal.at(
                        position,
                        (referent.readOnly() ? "" : "non-const ") + "reference to type " + referent.quoted()
                                + " cannot bind to a value of unrelated type " + source.quoted());
            }
            if (!(value instanceof Operand.Located located)) {
                return Refusal.at(
                        position,
                        "non-const lvalue reference to type " + referent.quoted()
                                + " cannot bind to a temporary of type " + source.quoted());
            }
            if (!located.addressable()) {
                return Refusal.at(position, "non-const reference cannot bind to vector element or bit-field");
            }
            return Lowering.space(source) != Lowering.space(referent)
                    ? Refusal.at(
                            position,
                            "reference of type '" + type + "' cannot bind to a value of type '" + source
                                    + "': changes address space")
                    : Refusal.at(
                            position,
                            "binding reference of type " + referent.quoted() + " to value of type " + source.quoted()
                                    + (rvalue ? " needs an rvalue" : " drops 'const' qualifier"));
        }
        if (type.isClass() || source.isClass()) {
            return Refusal.at(
                    position,
                    "no viable conversion from " + source.withSpace(null).quoted() + " to " + type.quoted());
        }
        return Refusal.at(
                position,
                "cannot initialize " + what + " of type " + type.quoted() + " with an " + value.category() + " of type "
                        + source.withSpace(null).quoted());
    }
}
