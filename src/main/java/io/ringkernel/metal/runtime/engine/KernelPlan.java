package io.ringkernel.metal.runtime.engine;

import io.ringkernel.metal.runtime.KernelSource;
import io.ringkernel.metal.runtime.LaunchOptions;
import io.ringkernel.metal.wire.KernelId;

/**
 * A kernel that is to be launched.
 *
 * @param id its id, which is not the host's
 * @param options its sizes
 * @param source its text
 */
public record KernelPlan(KernelId id, LaunchOptions options, KernelSource source) {}
