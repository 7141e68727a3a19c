package io.ringkernel.metal.software;

import static io.ringkernel.metal.software.Kernels.dispatch;
import static org.assertj.core.api.Assertions.assertThat;

import io.ringkernel.metal.bindings.Block_descriptor;
import io.ringkernel.metal.bindings.Block_invoke_log;
import io.ringkernel.metal.bindings.Block_literal;
import io.ringkernel.metal.bindings.Mtl;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What kernels log arrives at the handlers of a log state once the command buffer is done. */
@Timeout(60)
final class LogStateTest {
    private static final String SOURCE = """
            #include <metal_stdlib>
            #include <metal_logging>
            using namespace metal;
            constant os_log named("sub", "cat");
            kernel void k(uint i [[thread_position_in_grid]]) {
                named.log_debug("debug %u", i);
                os_log_default.log_error("error %.1f", float(i) + 0.5f);
            }
            """;

    private static MemorySegment pipeline(TestClient client, boolean logging) {
        var options = client.newObject("MTLCompileOptions");
        client.send("MTLCompileOptions_setEnableLogging", options, logging);
        client.send("MTLCompileOptions_setLanguageVersion", options, 3L << 16 | 2);
        MemorySegment library = client.owned(client.send(
                "MTLDevice_newLibraryWithSource_options_error",
                client.device,
                client.string(SOURCE),
                options,
                client.slot()));
        MemorySegment function =
                client.owned(client.send("MTLLibrary_newFunctionWithName", library, client.string("k")));
        return client.owned(client.send(
                "MTLDevice_newComputePipelineStateWithFunction_error", client.device, function, client.slot()));
    }

    private static MemorySegment state(TestClient client, long level, long bytes, List<String> messages, Arena arena) {
        var descriptor = client.newObject("MTLLogStateDescriptor");
        client.send("MTLLogStateDescriptor_setLevel", descriptor, level);
        client.send("MTLLogStateDescriptor_setBufferSize", descriptor, bytes);
        MemorySegment state = client.owned(
                client.send("MTLDevice_newLogStateWithDescriptor_error", client.device, descriptor, client.slot()));
        client.send("MTLLogState_addLogHandler", state, block(client, messages, arena));
        return state;
    }

    private static MemorySegment block(TestClient client, List<String> messages, Arena arena) {
        var literal = Block_literal.allocate(arena);
        var descriptor = Block_descriptor.allocate(arena);
        Block_descriptor.size(descriptor, Block_literal.sizeof());
        Block_literal.descriptor(literal, descriptor);
        Block_literal.flags(literal, Mtl.BLOCK_IS_GLOBAL());
        Block_literal.invoke(
                literal,
                Block_invoke_log.allocate(
                        (block, subsystem, category, level, message) -> messages.add(level + " "
                                + text(client, subsystem) + "/" + text(client, category) + " "
                                + text(client, message)),
                        arena));
        return literal;
    }

    private static String text(TestClient client, MemorySegment string) {
        return string.address() == 0 ? "nil" : client.text(string);
    }

    private static void run(TestClient client, MemorySegment commands, MemorySegment pipeline) {
        var encoder = client.compute(commands);
        client.send("MTLComputeCommandEncoder_setComputePipelineState", encoder, pipeline);
        dispatch(client, encoder, 2, 1);
        client.end(encoder);
        assertThat(client.finish(commands)).isEqualTo(Mtl.MTLCommandBufferStatusCompleted());
    }

    private static MemorySegment queue(TestClient client, MemorySegment state) {
        var descriptor = client.newObject("MTLCommandQueueDescriptor");
        client.send("MTLCommandQueueDescriptor_setLogState", descriptor, state);
        return client.owned(client.send("MTLDevice_newCommandQueueWithDescriptor", client.device, descriptor));
    }

    @Test
    void theHandlerOfAQueueGetsEveryMessage() {
        var messages = new CopyOnWriteArrayList<String>();
        try (var arena = Arena.ofShared();
                var client = new TestClient()) {
            var state = state(client, Mtl.MTLLogLevelUndefined(), 4096, messages, arena);
            run(client, client.commandBuffer(queue(client, state)), pipeline(client, true));
        }
        assertThat(messages)
                .containsExactlyInAnyOrder(
                        "1 sub/cat debug 0", "1 sub/cat debug 1", "4 nil/nil error 0.5", "4 nil/nil error 1.5");
    }

    @Test
    void aCommandBuffersOwnStateComesFirst() {
        var ofQueue = new CopyOnWriteArrayList<String>();
        var own = new CopyOnWriteArrayList<String>();
        try (var arena = Arena.ofShared();
                var client = new TestClient()) {
            var queue = queue(client, state(client, Mtl.MTLLogLevelUndefined(), 4096, ofQueue, arena));
            var descriptor = client.newObject("MTLCommandBufferDescriptor");
            client.send(
                    "MTLCommandBufferDescriptor_setLogState",
                    descriptor,
                    state(client, Mtl.MTLLogLevelError(), 4096, own, arena));
            MemorySegment commands = client.send("MTLCommandQueue_commandBufferWithDescriptor", queue, descriptor);
            run(client, commands, pipeline(client, true));
        }
        assertThat(ofQueue).isEmpty();
        assertThat(own).containsExactlyInAnyOrder("4 nil/nil error 0.5", "4 nil/nil error 1.5");
    }

    @Test
    void nothingIsLoggedUnlessTheLibraryWasCompiledSo() {
        var messages = new CopyOnWriteArrayList<String>();
        try (var arena = Arena.ofShared();
                var client = new TestClient()) {
            var state = state(client, Mtl.MTLLogLevelUndefined(), 4096, messages, arena);
            run(client, client.commandBuffer(queue(client, state)), pipeline(client, false));
        }
        assertThat(messages).isEmpty();
    }

    @Test
    void whatDoesNotFitIsDropped() {
        var messages = new CopyOnWriteArrayList<String>();
        try (var arena = Arena.ofShared();
                var client = new TestClient()) {
            var state = state(client, Mtl.MTLLogLevelUndefined(), 1024, messages, arena);
            var commands = client.commandBuffer(queue(client, state));
            var encoder = client.compute(commands);
            client.send("MTLComputeCommandEncoder_setComputePipelineState", encoder, pipeline(client, true));
            dispatch(client, encoder, 1000, 1);
            client.end(encoder);
            client.finish(commands);
        }
        assertThat(messages).hasSizeBetween(1, 1024 / 32);
    }

    @Test
    void aBufferThatIsTooSmallIsAnError() {
        try (var client = new TestClient()) {
            var descriptor = client.newObject("MTLLogStateDescriptor");
            client.send("MTLLogStateDescriptor_setBufferSize", descriptor, 8L);
            var error = client.slot();
            MemorySegment state =
                    client.send("MTLDevice_newLogStateWithDescriptor_error", client.device, descriptor, error);
            assertThat(state.address()).isZero();
            assertThat(client.errorIn(error).domain()).isEqualTo("MTLLogStateErrorDomain");
            assertThat(client.errorIn(error).code()).isEqualTo(Mtl.MTLLogStateErrorInvalidSize());
        }
    }
}
