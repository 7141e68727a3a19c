package io.ringkernel.metal;

import static io.ringkernel.metal.TestKernel.msl;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.ringkernel.metal.software.LiveObject;
import io.ringkernel.metal.software.SoftwareMetal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Objects live as long as someone needs them, whatever closes when; nothing stays. */
@Tag("gpu")
@Timeout(120)
@ExtendWith(TestDevice.class)
final class LifetimeTest {
    private static final String SOURCE = msl("""
            kernel void advance(device int* cells [[buffer(0)]], constant int& step [[buffer(1)]],
                                uint i [[thread_position_in_grid]]) {
                cells[i] += step;
            }
            """);

    @Test
    void objectsMayBeClosedInEveryOrder(SoftwareMetal software) {
        // 6 objects: 720 orders.
        var order = new ArrayList<>(List.of(0, 1, 2, 3, 4, 5));
        permute(
                order,
                0,
                () -> closeAfterCommit(MetalDevice.of(software), order).join());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void objectsMayBeClosedInRandomOrderWhileWorkIsUnderWay(long seed, MetalDevice device, SoftwareMetal software) {
        var random = new Random(seed);
        var order = new ArrayList<>(List.of(0, 1, 2, 3, 4, 5));
        for (int i = 0; i < 100; i++) {
            Collections.shuffle(order, random);
            CompletableFuture<MetalCommandBuffer> done;
            try (var _ = software.faults(0).holdCompletions()) {
                done = closeAfterCommit(MetalDevice.of(software), order);
                assertThat(done).isNotDone();
            }
            done.join();
        }
    }

    private static void permute(List<Integer> items, int from, Runnable visit) {
        if (from == items.size()) {
            visit.run();
            return;
        }
        for (int i = from; i < items.size(); i++) {
            Collections.swap(items, from, i);
            permute(items, from + 1, visit);
            Collections.swap(items, from, i);
        }
    }

    /** Makes six objects, commits work that needs them, and closes them in this order. */
    private static CompletableFuture<MetalCommandBuffer> closeAfterCommit(MetalDevice device, List<Integer> order) {
        var library = device.newLibrary(SOURCE);
        var pipeline = pipeline(device, library);
        var queue = device.newCommandQueue();
        var cells = device.newBufferOf(4, 5);
        var commands = queue.commandBuffer();
        try (var encoder = commands.computeEncoder()) {
            encoder.setPipeline(pipeline);
            encoder.setBuffer(0, cells);
            encoder.setInts(1, 1);
            encoder.dispatchThreads(MetalSize.of(2), MetalSize.of(2));
        }
        var done = commands.commit();
        var objects = List.of(device, library, pipeline, queue, cells, commands);
        order.forEach(number -> objects.get(number).close());
        return done;
    }

    private static MetalPipeline pipeline(MetalDevice device, MetalLibrary library) {
        try (var function = library.function("advance")) {
            return device.newPipeline(function);
        }
    }

    @Test
    void manyThreadsEncodeAtOnce(MetalDevice device) throws Exception {
        int threads = 8;
        int perThread = 50;
        try (var library = device.newLibrary(SOURCE);
                var function = library.function("advance");
                var pipeline = device.newPipeline(function);
                var queue = device.newCommandQueue(4);
                var cells = device.newBuffer(4L * threads)) {
            Together.run(threads, thread -> {
                for (int i = 1; i <= perThread; i++) {
                    advance(queue, pipeline, cells.slice(4L * thread, 4), i).join();
                }
            });
            int sum = perThread * (perThread + 1) / 2;
            assertThat(cells.readInts(0, threads)).containsOnly(sum);
        }
    }

    private static CompletableFuture<MetalCommandBuffer> advance(
            MetalCommandQueue queue, MetalPipeline pipeline, MetalBufferSlice cell, int step) {
        try (var commands = queue.commandBuffer()) {
            try (var encoder = commands.computeEncoder()) {
                encoder.setPipeline(pipeline);
                encoder.setBuffer(0, cell);
                encoder.setInts(1, step);
                encoder.dispatchThreads(MetalSize.of(1), MetalSize.of(1));
            }
            return commands.commit();
        }
    }

    @Test
    void manyThreadsCompileAtOnce(MetalDevice device) throws Exception {
        Together.run(6, thread -> {
            var source = SOURCE.replace("advance", "advance" + thread);
            try (var library = device.newLibrary(source);
                    var function = library.function("advance" + thread);
                    var pipeline = device.newPipeline(function);
                    var queue = device.newCommandQueue();
                    var cells = device.newBufferOf(10, 20);
                    var step = device.newBufferOf(new int[] {thread})) {
                queue.run(pipeline, MetalSize.of(2), cells, step).join();
                assertThat(cells.readInts(0, 2)).containsExactly(10 + thread, 20 + thread);
            }
        });
    }

    @Test
    void aBoundBufferLivesUntilAnotherIsBoundInItsPlaceOrTheEncodingEnds(MetalDevice device, SoftwareMetal software) {
        try (var queue = device.newCommandQueue();
                var commands = queue.commandBuffer();
                var encoder = commands.computeEncoder()) {
            int alive = software.liveObjects().size();
            for (int index : new int[] {0, 9, 9}) {
                var buffer = device.newBuffer(64);
                encoder.setBuffer(index, buffer);
                encoder.setBuffer(index, buffer, 4);
                buffer.close();
                assertThat(clientReferencesOnBuffers(software)).isEqualTo(index == 0 ? 1 : 2);
                assertThatIllegalStateException()
                        .isThrownBy(() -> encoder.setBuffer(index, buffer))
                        .withMessageContaining("used after close");
            }
            encoder.endEncoding();
            assertThat(clientReferencesOnBuffers(software)).isZero();
            commands.commit().join();
            assertThat(software.liveObjects().size()).isLessThan(alive);
        }
    }

    private static long clientReferencesOnBuffers(SoftwareMetal software) {
        return software.liveObjects().stream()
                .filter(object -> object.description().contains("MTLBuffer"))
                .mapToLong(LiveObject::clientReferences)
                .sum();
    }

    @Test
    void thousandsOfDispatchesLeaveNothingBehind(MetalDevice device, SoftwareMetal software) {
        int dispatches = 3000;
        try (var library = device.newLibrary(SOURCE);
                var function = library.function("advance");
                var pipeline = device.newPipeline(function);
                var queue = device.newCommandQueue();
                var cells = device.newBufferOf(0, 0)) {
            int alive = software.liveObjects().size();
            var last = CompletableFuture.<MetalCommandBuffer>completedFuture(null);
            for (int i = 0; i < dispatches; i++) {
                last = advance(queue, pipeline, cells.slice(0, 4), 1);
                // The queue holds 64: more objects than those would have outlived their work.
                assertThat(software.liveObjects().size()).isLessThanOrEqualTo(alive + 64 + 2);
                assertThat(software.blocks().waitingCount()).isLessThanOrEqualTo(64 + 2);
            }
            last.join();
            assertThat(software.blocks().waitingCount()).isZero();
            assertThat(cells.readInts(0, 1)).containsExactly(dispatches);
        }
    }
}
