/**
 * The compiler of the software device: MSL text in, kernels that run on the JVM out.
 *
 * <p>Start at {@link io.ringkernel.metal.msl.MslCompiler}. A library's generated classes live in a class loader of
 * their own and go with it. Kernels run in units that the caller spreads over threads; see
 * {@link io.ringkernel.metal.msl.run.KernelRun}.
 */
package io.ringkernel.metal.msl;
