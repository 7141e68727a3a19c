/**
 * Constant expressions: what typed trees are worth while the program is compiled. Scalars are kept as bits, in the form
 * of {@link io.ringkernel.metal.msl.check.TypedExpression.Constant}.
 */
package io.ringkernel.metal.msl.check.constant;
