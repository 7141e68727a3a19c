package io.ringkernel.metal.software;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringkernel.metal.bindings.Mtl;
import java.lang.foreign.MemorySegment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Faults that a test asks for: errors, held completions, a device that is unplugged. */
@Timeout(60)
final class FaultsTest {
    private static final long COMPLETED = Mtl.MTLCommandBufferStatusCompleted();
    private static final long ERROR = Mtl.MTLCommandBufferStatusError();

    @Test
    void aHeldCompletionComesWhenTheHoldIsOver() {
        try (var client = new TestClient()) {
            var commands = client.commandBuffer(client.queue());
            try (var _ = client.faults().holdCompletions()) {
                client.commit(commands);
                client.send("MTLCommandBuffer_waitUntilScheduled", commands);
                assertThat(client.status(commands)).isEqualTo(Mtl.MTLCommandBufferStatusScheduled());
            }
            client.send("MTLCommandBuffer_waitUntilCompleted", commands);
            assertThat(client.status(commands)).isEqualTo(COMPLETED);
        }
    }

    @Test
    void anInjectedErrorHasItsDomainCodeAndText() {
        try (var client = new TestClient()) {
            client.faults().failNextCommandBuffer("TestDomain", 77, "as ordered");
            var queue = client.queue();
            var failed = client.commandBuffer(queue);
            assertThat(client.finish(failed)).isEqualTo(ERROR);
            var error = client.error(failed);
            assertThat(error.domain()).isEqualTo("TestDomain");
            assertThat(error.code()).isEqualTo(77);
            assertThat(error.description()).isEqualTo("as ordered");
            assertThat(client.finish(client.commandBuffer(queue))).isEqualTo(COMPLETED);
        }
    }

    @Test
    void anErrorTellsWhatBecameOfEachEncoderWhenAsked() {
        try (var client = new TestClient()) {
            var descriptor = client.newObject("MTLCommandBufferDescriptor");
            client.send(
                    "MTLCommandBufferDescriptor_setErrorOptions",
                    descriptor,
                    Mtl.MTLCommandBufferErrorOptionEncoderExecutionStatus());
            MemorySegment commands =
                    client.send("MTLCommandQueue_commandBufferWithDescriptor", client.queue(), descriptor);
            var encoder = client.blit(commands);
            client.send("MTLCommandEncoder_setLabel", encoder, client.string("first pass"));
            client.end(encoder);
            client.faults().failNextCommandBuffer("TestDomain", 1, "as ordered");
            client.finish(commands);
            MemorySegment error = client.send("MTLCommandBuffer_error", commands);
            MemorySegment details = client.send("NSError_userInfo", error);
            MemorySegment infos = client.send(
                    "NSDictionary_objectForKey", details, client.string("MTLCommandBufferEncoderInfoErrorKey"));
            MemorySegment info = client.send("NSArray_objectAtIndex", infos, 0L);
            assertThat(client.text(client.send("MTLCommandBufferEncoderInfo_label", info)))
                    .isEqualTo("first pass");
        }
    }

    @Test
    void aRemovedDeviceFailsEverythingFromThenOn() {
        try (var client = new TestClient()) {
            var queue = client.queue();
            client.faults().removeDevice();
            var commands = client.commandBuffer(queue);
            assertThat(client.finish(commands)).isEqualTo(ERROR);
            assertThat(client.error(commands).code()).isEqualTo(Mtl.MTLCommandBufferErrorDeviceRemoved());
            MemorySegment none = client.send("MTLDevice_newBufferWithLength_options", client.device, 16L, 0L);
            assertThat(none.address()).isZero();
        }
    }
}
