package io.ringkernel.metal.runtime;

import static io.ringkernel.metal.runtime.Rings.LONG;
import static io.ringkernel.metal.runtime.Rings.failureOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.ringkernel.metal.MetalDevice;
import io.ringkernel.metal.TestDevice;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a user of ring kernels is told. */
@ExtendWith(TestDevice.class)
final class ClearWordsTest {
    private static LaunchOptions.Builder active() {
        return LaunchOptions.builder().activateAtOnce();
    }

    @Test
    void stateOutOfBoundsNamesTheKernelAndItsState(MetalDevice device) {
        try (var rings = new Rings(device)) {
            var kernel = rings.launch(
                    "ledger",
                    active().stateBytes(16),
                    "void handle(thread RingContext& ring) { ((device int*)ring.state)[9] = 1; }");
            assertThat(failureOf(kernel.call(rings.ping(1), LONG)))
                    .hasMessageContaining("the kernel's state of ledger")
                    .hasMessageContaining("of 16 bytes; messages msg:");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "void handl(thread RingContext& ring) {}",
                "void handle(thread RingContext* ring) {}",
                "void handle(thread Ping& ping) {}",
                ""
            })
    void aHandlerThatIsMissingShowsTheSignature(String handler, MetalDevice device) {
        try (var rings = new Rings(device)) {
            var source = KernelSource.handler(handler, Rings.Ping.class);
            assertThat(failureOf(rings.runtime.launch("k", active().build(), source)))
                    .hasMessageContaining("void handle(thread RingContext& ring)");
        }
    }

    @Test
    void queuesThatDoNotFitNameTheOptions(MetalDevice device) {
        try (var rings = new Rings(device)) {
            var options =
                    active().inputCapacity(1 << 20).maxPayloadBytes(65_536).build();
            assertThat(failureOf(rings.runtime.launch("k", options)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("inputs of kernel 'k' take 68987912192 bytes")
                    .hasMessageContaining("inputCapacity 1048576")
                    .hasMessageContaining("maxPayloadBytes 65536");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 15})
    void aHandlersSmallCodeIsItsOwn(int code, MetalDevice device) {
        try (var rings = new Rings(device)) {
            var kernel = rings.launch(
                    "k", active(), "void handle(thread RingContext& ring) { fail(ring, %du); }".formatted(code));
            assertThat(failureOf(kernel.call(rings.ping(1), LONG)))
                    .isInstanceOfSatisfying(
                            RingKernelException.HandlerFailed.class,
                            failed -> assertThat(failed.code()).isEqualTo(code))
                    .hasMessageEndingWith(": " + code + " (the handler's own)");
        }
    }

    @Test
    void theLibrarysOwnFailureStaysWhatItIs(MetalDevice device) {
        try (var rings = new Rings(device)) {
            var kernel = rings.launch(
                    "k",
                    active().repliesPerMessage(1),
                    "void handle(thread RingContext& ring) { reply(ring, 1); reply(ring, 2); }");
            assertThat(failureOf(kernel.call(rings.ping(1), LONG))).hasMessageContaining("2 (output overflow");
        }
    }
}
