package io.ringkernel.metal.msl.syntax;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The parameters of a function and what follows them.
 *
 * @param result absent for constructors, destructors, conversions, and lambdas that do not say; a trailing {@code -> T}
 *     is already here
 * @param parameters empty for {@code (void)}
 * @param variadic whether it ends in C's {@code ...}
 * @param qualifiers of the object that a method is called on, its address space among them
 * @param noexcept the condition; {@code true} for plain {@code noexcept} and for {@code throw()}
 */
public record Signature(
        Optional<TypeSyntax> result,
        List<Parameter> parameters,
        boolean variadic,
        Set<Qualifier> qualifiers,
        RefQualifier refQualifier,
        Optional<Expression> noexcept)
        implements Syntax {
    @Override
    public List<Object> parts() {
        return List.of(result, parameters, variadic, qualifiers, refQualifier, noexcept);
    }

    /** {@code f() &}, {@code f() &&}. */
    public enum RefQualifier {
        NONE,
        LVALUE,
        RVALUE
    }
}
