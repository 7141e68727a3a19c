/**
 * Metal in Java: a provider of Objective-C classes and messages that any machine can run.
 *
 * <pre>
 *   software      SoftwareMetal (the provider), MTLDevice
 *     command     queues, command buffers, encoders, and how they run
 *     library     MSL libraries, functions, pipelines       ──► msl, the compiler
 *     reflection  what a pipeline wants bound
 *     sync        events, fences
 *     resource    buffers, heaps
 *     gpu         memory, addresses, worker threads, injected faults
 *     foundation  NSString, NSError, NSArray …, the C functions of the runtime
 *     runtime     objects behind addresses, reference counts, pools, stubs, violations
 * </pre>
 *
 * Each package uses those below it only. A class that stands for one of Apple's bears its name. Metal's behaviour is
 * kept where a client can see it; where a GPU leaves something open, the software Metal chooses what shows mistakes. It
 * is stricter than any driver: see {@link io.ringkernel.metal.software.runtime.ViolationKind}.
 */
package io.ringkernel.metal.software;
