package io.ringkernel.metal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.function.Consumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Visible functions, linked into a pipeline and called through tables. */
@Tag("gpu")
@Timeout(60)
@ExtendWith(TestDevice.class)
final class MetalFunctionTableTest {
    private static final String SOURCE = TestKernel.msl("""
            [[visible]] int plus(int x) { return x + 100; }
            [[visible]] int twice(int x) { return x * 2; }
            kernel void apply(device int* data [[buffer(0)]], visible_function_table<int(int)> table [[buffer(3)]],
                              uint i [[thread_position_in_grid]]) {
                data[i] = table[i % 2](data[i]);
            }
            struct Arguments { visible_function_table<int(int)> table; };
            kernel void indirect(device int* data [[buffer(0)]], constant Arguments& arguments [[buffer(1)]]) {
                data[0] = arguments.table[0](data[0]);
            }
            """);

    /** Two functions, and a pipeline of a kernel that may call them. */
    private record Linked(MetalFunction plus, MetalFunction twice, MetalPipeline pipeline) implements AutoCloseable {
        static Linked of(MetalDevice device, String kernel) {
            try (var library = device.newLibrary(SOURCE);
                    var function = library.function(kernel)) {
                var plus = library.function("plus");
                var twice = library.function("twice");
                var options = MetalPipelineOptions.defaults().withLinkedFunctions(plus, twice);
                return new Linked(plus, twice, device.newPipeline(function, options));
            }
        }

        MetalFunctionTable table() {
            var table = pipeline.newFunctionTable(2);
            try (var first = pipeline.functionHandle(plus);
                    var second = pipeline.functionHandle(twice)) {
                table.setFunction(0, first);
                table.setFunction(1, second);
            }
            return table;
        }

        @Override
        public void close() {
            plus.close();
            twice.close();
            pipeline.close();
        }
    }

    private static void run(MetalDevice device, Consumer<MetalComputeEncoder> commands) {
        try (var queue = device.newCommandQueue();
                var buffer = queue.commandBuffer()) {
            try (var encoder = buffer.computeEncoder()) {
                commands.accept(encoder);
            }
            buffer.commit();
            buffer.waitUntilCompleted();
        }
    }

    @Test
    void aKernelCallsTheFunctionsOfItsTable(MetalDevice device) {
        try (var linked = Linked.of(device, "apply");
                var table = linked.table();
                var data = device.newBufferOf(1, 2, 3, 4)) {
            assertThat(table.functionCount()).isEqualTo(2);
            assertThat(linked.pipeline.bindings())
                    .anyMatch(b -> b.kind() == MetalBinding.Kind.FUNCTION_TABLE && b.index() == 3);
            run(device, encoder -> {
                encoder.setPipeline(linked.pipeline);
                encoder.setBuffer(0, data);
                encoder.setFunctionTable(3, table);
                encoder.dispatchThreads(MetalSize.of(4), MetalSize.of(4));
            });
            assertThat(data.readInts(0, 4)).containsExactly(101, 4, 103, 8);
        }
    }

    @Test
    void aTableInAnArgumentBufferIsAnnounced(MetalDevice device) {
        try (var linked = Linked.of(device, "indirect");
                var table = linked.table();
                var arguments = linked.pipeline.newArgumentEncoder(1);
                var struct = device.newBuffer(arguments.encodedLength());
                var data = device.newBufferOf(1)) {
            arguments.setArgumentBuffer(struct, 0);
            arguments.setFunctionTable(0, table);
            run(device, encoder -> {
                encoder.setPipeline(linked.pipeline);
                encoder.setBuffers(0, data, struct);
                encoder.useResource(table, MetalBinding.Access.READ_ONLY);
                encoder.dispatchThreads(MetalSize.of(1), MetalSize.of(1));
            });
            assertThat(data.readInts(0, 1)).containsExactly(101);
        }
    }

    @Test
    void whatDoesNotBelongTogetherIsRefused(MetalDevice device) {
        var one = MetalSize.of(1);
        try (var linked = Linked.of(device, "apply");
                var other = Linked.of(device, "apply");
                var table = linked.table();
                var stranger = other.table();
                var handle = other.pipeline.functionHandle(other.plus);
                var unlinked = function(device);
                var bare = device.newPipeline(unlinked);
                var data = device.newBufferOf(1)) {
            assertThatIllegalArgumentException().isThrownBy(() -> table.setFunction(0, handle));
            assertThatThrownBy(() -> stranger.setFunction(2, handle)).isInstanceOf(IndexOutOfBoundsException.class);
            assertThatIllegalArgumentException().isThrownBy(() -> linked.pipeline.newFunctionTable(0));
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> bare.functionHandle(linked.plus))
                    .withMessage("plus is not linked into apply: withLinkedFunctions");
            run(device, encoder -> {
                encoder.setPipeline(linked.pipeline);
                encoder.setBuffer(0, data);
                assertThatIllegalStateException()
                        .isThrownBy(() -> encoder.dispatchThreads(one, one))
                        .withMessage("apply uses 'table', and no function table is bound at index 3");
                encoder.setFunctionTable(3, stranger);
                assertThatIllegalArgumentException().isThrownBy(() -> encoder.dispatchThreads(one, one));
                encoder.setFunctionTable(3, table);
                encoder.setBuffer(3, data);
                assertThatIllegalStateException().isThrownBy(() -> encoder.dispatchThreads(one, one));
            });
        }
    }

    private static MetalFunction function(MetalDevice device) {
        try (var library = device.newLibrary(SOURCE)) {
            return library.function("apply");
        }
    }
}
