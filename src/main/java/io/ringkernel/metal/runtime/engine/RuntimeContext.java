package io.ringkernel.metal.runtime.engine;

import io.ringkernel.metal.hlc.HlcClock;
import io.ringkernel.metal.runtime.DispatchPolicy;

/**
 * What the kernels of one runtime share.
 *
 * @param executor where futures complete and hooks run
 * @param alarms for timeouts; what they run only hands over to the executor
 * @param clock the host's
 * @param policy when messages become dispatches
 * @param observer who is told what happens
 */
record RuntimeContext(Completions executor, Alarms alarms, HlcClock clock, DispatchPolicy policy, Observer observer) {}
