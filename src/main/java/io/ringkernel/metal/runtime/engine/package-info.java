/**
 * The machine below a runtime: queues, loops, dispatches, the memory that kernels work in, and delivery.
 *
 * <p>{@link io.ringkernel.metal.runtime.engine.Engine} is its door. It deals in the values of
 * {@link io.ringkernel.metal.runtime} (options, sources, handles, failures), which do not know it; of the types that
 * users see, those alone name it that build or hold one of its parts.
 *
 * <pre>
 *   Engine ──► MetalKernel ──► Admission ──► SendQueue        what the host and other kernels send
 *                 │                              │
 *                 ▼                              ▼
 *               KernelLoop ◄──► Job ◄── Dispatcher ──► Submission ──► Metal
 *                 │      │
 *                 │      └──► KernelMemory (BatchMemory, MemberMemory)
 *                 ▼
 *               Delivery ──► ReceiveQueue, calls, KernelEndpoint
 * </pre>
 */
package io.ringkernel.metal.runtime.engine;
