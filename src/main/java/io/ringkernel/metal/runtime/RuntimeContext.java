package io.ringkernel.metal.runtime;

import io.ringkernel.metal.hlc.HlcClock;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.LongFunction;

/**
 * What the kernels of one runtime share.
 *
 * @param executor where futures complete and hooks run
 * @param alarms for timeouts; what they run only hands over to the executor
 * @param clock the host's
 * @param policy when messages become dispatches
 * @param observer who is told what happens
 * @param dispatcher brings batches to the GPU
 * @param k2k messages from kernel to kernel
 * @param forget called with a kernel that has terminated
 */
record RuntimeContext(
        Completions executor,
        Alarms alarms,
        HlcClock clock,
        DispatchPolicy policy,
        Observer observer,
        Dispatcher dispatcher,
        K2K k2k,
        Consumer<MetalKernel> forget) {
    /**
     * Messages from kernel to kernel.
     *
     * @param isOn whether there are any
     * @param patience how long a message waits for room at its destination
     * @param kernels the kernel with a number, or null
     */
    record K2K(boolean isOn, Duration patience, LongFunction<MetalKernel> kernels) {}
}
