/**
 * Running compiled kernels: what a dispatch binds, how its work is divided, how it fails, and what generated code
 * calls.
 *
 * <p>This package knows memory and threads, but neither MSL's text nor bytecode; generated classes and the software
 * driver both build on it.
 */
package io.ringkernel.metal.msl.run;
