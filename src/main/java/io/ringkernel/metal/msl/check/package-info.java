/**
 * Syntax tree in, typed tree out: names, templates, overloads, conversions, address spaces, and everything that Apple's
 * compiler refuses.
 *
 * <p>We chose a small core language as output ({@link io.ringkernel.metal.msl.check.TypedExpression},
 * {@link io.ringkernel.metal.msl.check.TypedStatement}): templates are instantiated, methods are functions with a
 * {@code this} pointer, references are pointers, every conversion is explicit, every operand has one evaluation. The
 * code generator needs no C++.
 */
package io.ringkernel.metal.msl.check;
