package io.ringkernel.metal.runtime.engine;

import static io.ringkernel.metal.runtime.KernelState.ACTIVE;
import static io.ringkernel.metal.runtime.KernelState.CREATED;
import static io.ringkernel.metal.runtime.KernelState.DEACTIVATED;
import static io.ringkernel.metal.runtime.KernelState.FAILED;
import static io.ringkernel.metal.runtime.KernelState.LAUNCHED;
import static io.ringkernel.metal.runtime.KernelState.TERMINATED;
import static io.ringkernel.metal.runtime.KernelState.TERMINATING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringkernel.metal.runtime.KernelState;
import io.ringkernel.metal.runtime.RingKernelException;
import io.ringkernel.metal.wire.KernelId;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class KernelStateTest {
    private static final Map<KernelState, Set<KernelState>> LEGAL = Map.of(
            CREATED, Set.of(LAUNCHED, TERMINATED),
            LAUNCHED, Set.of(ACTIVE, FAILED, TERMINATING),
            ACTIVE, Set.of(DEACTIVATED, FAILED, TERMINATING),
            DEACTIVATED, Set.of(ACTIVE, FAILED, TERMINATING),
            FAILED, Set.of(TERMINATING),
            TERMINATING, Set.of(TERMINATED),
            TERMINATED, Set.of());

    /** The shortest way to each state. */
    private static final Map<KernelState, List<KernelState>> PATHS = Map.of(
            CREATED, List.of(),
            LAUNCHED, List.of(LAUNCHED),
            ACTIVE, List.of(LAUNCHED, ACTIVE),
            DEACTIVATED, List.of(LAUNCHED, ACTIVE, DEACTIVATED),
            FAILED, List.of(LAUNCHED, ACTIVE, FAILED),
            TERMINATING, List.of(LAUNCHED, TERMINATING),
            TERMINATED, List.of(LAUNCHED, TERMINATING, TERMINATED));

    static List<Arguments> pairs() {
        return Arrays.stream(KernelState.values())
                .flatMap(from -> Arrays.stream(KernelState.values()).map(to -> Arguments.of(from, to)))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void aTransitionHappensIfTheDiagramHasItAndElseSaysFromWhatToWhat(KernelState from, KernelState to) {
        var lifecycle = new Lifecycle(KernelId.of("k"), new Observer(Observer.NO_HOOK, Runnable::run));
        PATHS.get(from).forEach(lifecycle::become);
        if (LEGAL.get(from).contains(to)) {
            lifecycle.become(to);
            assertThat(lifecycle.state()).isEqualTo(to);
        } else {
            assertThatThrownBy(() -> lifecycle.become(to))
                    .isInstanceOf(RingKernelException.InvalidTransition.class)
                    .hasMessage("kernel 'k' cannot go from " + from + " to " + to)
                    .extracting("from", "to")
                    .containsExactly(from, to);
            assertThat(lifecycle.state()).isEqualTo(from);
        }
    }
}
