/**
 * Ring kernels: actors whose handlers are written in MSL and run on a Metal device, woken by messages.
 *
 * <p>{@link io.ringkernel.metal.runtime.MetalRuntime} launches kernels, and a
 * {@link io.ringkernel.metal.runtime.KernelHandle} sends to one and receives from it. Unless a method says otherwise,
 * null throws {@link NullPointerException}, sizes are in bytes, and every type may be used by any number of threads.
 *
 * <p><b>Decision: the queues that wait are the host's.</b> CPU and GPU see each other's memory at command-buffer
 * boundaries only, and no Apple GPU promises that one threadgroup makes progress while another one spins. So there is
 * no persistent kernel that polls. Messages wait in Java, where priorities, deadlines and back-pressure are decided,
 * and go to the GPU in batches. What we gave up: a dispatch is the price of waking a kernel. Batching pays for it under
 * load.
 *
 * <p><b>Decision: output slots belong to messages.</b> Each message of a batch owns
 * {@link io.ringkernel.metal.runtime.LaunchOptions#repliesPerMessage()} slots. So outputs need no atomics and no order
 * between threadgroups, none can be lost, and a reply is matched with its request by its place. What we gave up: memory
 * for replies that are not made.
 *
 * <p><b>Decision: kernels that send to each other on the GPU are dispatched together.</b> The kernels of a
 * {@link io.ringkernel.metal.runtime.KernelGraph} share one submission, and their inboxes are read a round after they
 * were written, behind a barrier. So a chain of kernels needs no round trip to the host, and no locks. There outputs
 * for the host do take slots by atomics, as nobody knows how many messages a round has. What we gave up: the graph's
 * kernels wait for each other's submissions, and fail together when a command buffer fails.
 *
 * <p><b>Decision: a kernel has one batch in flight.</b> Its state is seen by one handler at a time, as an actor's
 * should be, and batches grow while the GPU works.
 *
 * <p><b>Flight recordings.</b> The runtime commits these events to JDK Flight Recorder, with kernels by name and
 * message ids as they are printed elsewhere ({@code msg:000000000000002a}):
 *
 * <ul>
 *   <li>{@code ringkernel.metal.Compile}: kernel, sourceLength, and failure, which is empty if it succeeded;
 *   <li>{@code ringkernel.metal.Dispatch}: kernel, batchSize, bytesToDevice, gpuTime;
 *   <li>{@code ringkernel.metal.StateChange}: kernel, from, to;
 *   <li>{@code ringkernel.metal.MessageFailure}: kernel, messageId, reason, cause, for every dead letter and every call
 *       that fails. The reason is a {@link io.ringkernel.metal.runtime.DeadLetter.Reason}, or {@code TIMED_OUT},
 *       {@code NO_REPLY} or {@code REFUSED} of a call.
 * </ul>
 *
 * <p>A {@link io.ringkernel.metal.runtime.TraceRecording} has the same, as a timeline.
 */
package io.ringkernel.metal.runtime;
