package io.ringkernel.metal.runtime;

import io.ringkernel.metal.wire.KernelId;
import java.util.Optional;

/**
 * What a kernel is doing at a moment.
 *
 * @param id the kernel
 * @param state where it is in its life
 * @param queued accepted messages that wait to be handled
 * @param inFlight messages that are being handled
 * @param received replies that wait to be received
 * @param failure why it failed; present in {@link KernelState#FAILED}, and after it
 */
public record KernelStatus(
        KernelId id, KernelState state, int queued, int inFlight, int received, Optional<Throwable> failure) {}
