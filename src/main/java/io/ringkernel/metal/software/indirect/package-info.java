/** Indirect command buffers: commands in memory that the CPU and kernels encode, and how an encoder executes them. */
package io.ringkernel.metal.software.indirect;
