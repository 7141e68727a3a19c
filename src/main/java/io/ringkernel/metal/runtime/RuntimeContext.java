package io.ringkernel.metal.runtime;

import io.ringkernel.metal.hlc.HlcClock;
import java.util.function.Consumer;

/**
 * What the kernels of one runtime share.
 *
 * @param executor where futures complete and hooks run
 * @param alarms for timeouts; what they run only hands over to the executor
 * @param clock the host's
 * @param policy when messages become dispatches
 * @param observer who is told what happens
 * @param dispatcher brings batches to the GPU
 * @param k2k messages from kernel to kernel; null if there are none
 * @param forget called with a kernel that has terminated
 */
record RuntimeContext(
        Completions executor,
        Alarms alarms,
        HlcClock clock,
        DispatchPolicy policy,
        Observer observer,
        Dispatcher dispatcher,
        KernelMessaging k2k,
        Consumer<MetalKernel> forget) {}
