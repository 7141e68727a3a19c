package io.ringkernel.metal.msl.syntax;

import java.util.List;
import java.util.Optional;

/**
 * A pragma in front of a loop.
 *
 * @param option as the pragma words it: {@code unroll}, {@code nounroll}, {@code vectorize(enable)} …
 * @param value {@code 4} of {@code #pragma unroll(4)}
 */
public record LoopHint(SourcePosition position, String option, Optional<Expression> value) implements Node {
    @Override
    public List<Object> parts() {
        return List.of(option, value);
    }
}
