/**
 * Typed tree in, intermediate form out: vectors and small structs become one variable per component, a pointer becomes
 * a memory segment and an offset, small functions are inlined, effects become statements in the order of evaluation.
 *
 * <p>One rule keeps expressions in order: a lowered value's parts are used once and before the next effect; who wants
 * to use one twice or later puts it into a variable ({@link io.ringkernel.metal.msl.lower.Code}).
 */
package io.ringkernel.metal.msl.lower;
