package io.ringkernel.metal.runtime.engine;

import io.ringkernel.metal.hlc.HlcClock;
import io.ringkernel.metal.k2k.K2KConfig;
import io.ringkernel.metal.runtime.DeadLetter;
import io.ringkernel.metal.runtime.DispatchPolicy;
import io.ringkernel.metal.wire.KernelId;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/** Choices for an {@link Engine}, which reads them once. Not for use by several threads. */
public final class EngineSettings {
    /** The limits of messages between kernels; empty if there are none such messages. */
    public Optional<K2KConfig> k2k = Optional.of(K2KConfig.defaults());

    /** When messages become dispatches. */
    public DispatchPolicy policy = DispatchPolicy.defaults();

    /** Where futures complete and hooks run; empty for threads of the engine's own. */
    public Optional<Executor> executor = Optional.empty();

    /** The host's clock; empty for one of the engine's own. */
    public Optional<HlcClock> clock = Optional.empty();

    /** Is told of dead letters. */
    public Consumer<DeadLetter> deadLetters = Observer.NO_HOOK;

    /** How long a command buffer may be under way. */
    public Duration batchTimeout = Duration.ofMinutes(1);

    /** How long a shutdown may take. */
    public Duration shutdownTimeout = Duration.ofMinutes(3);

    /** What the kernels' queues count from. */
    public long firstCount;

    HlcClock newClock() {
        return clock.orElseGet(() -> HlcClock.of(KernelId.HOST.number()));
    }
}
