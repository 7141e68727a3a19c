/**
 * Typed tree in, JVM classes out.
 *
 * <p>Two steps. <em>Lowering</em> turns the typed tree into a scalar intermediate form ({@link
 * io.ringkernel.metal.msl.jvm.Expr}, {@link io.ringkernel.metal.msl.jvm.Stmt}): vectors and small structs become one
 * variable per component, a pointer becomes a memory segment and an offset, small functions are inlined, and everything
 * that threads do together is a statement of its own. <em>Emission</em> writes that form as bytecode in one of two
 * shapes: threads that do not interact run as one loop over a row of the grid; threads that do run as a sequence of
 * loops over the lanes of a threadgroup, one between every two synchronisation points.
 *
 * <p>We chose fission at synchronisation points over fibers because it is a thousand times faster; we gave up running
 * lanes independently of each other between those points.
 */
package io.ringkernel.metal.msl.jvm;
