package io.ringkernel.metal.msl.ir;

import io.ringkernel.metal.msl.run.check.Instrumentation;

/**
 * How code is generated.
 *
 * @param checks whether accesses are checked where the segment's own bounds do not
 * @param fast whether optimised shapes are used: loop bounds for guards, loads moved out of loops
 * @param exactIndices whether subscripts wrap at 32 bits as uint does; otherwise they are computed in 64 bits from
 *     signed terms, which differs only where a product or a sum of them leaves the 32 bits of an int
 * @param loneThreads whether every threadgroup has one thread, which waits for nobody
 * @param instrumentation what code looks for while it runs
 */
public record CodeOptions(
        boolean checks, boolean fast, boolean exactIndices, boolean loneThreads, Instrumentation instrumentation) {

    /** For code that is not instrumented. */
    public CodeOptions(boolean checks, boolean fast, boolean exactIndices, boolean loneThreads) {
        this(checks, fast, exactIndices, loneThreads, Instrumentation.NONE);
    }
}
