package io.ringkernel.metal;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringkernel.metal.software.SoftwareMetal;
import java.lang.foreign.MemorySegment;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** What Metal would end the process for is refused at the call, with the rule and the value. */
@Tag("gpu")
@Timeout(60)
@ExtendWith(TestDevice.class)
final class DispatchChecksTest {
    private static final String ADD = """
            kernel void add(device float* cells [[buffer(0)]], constant float& amount [[buffer(1)]],
                            uint i [[thread_position_in_grid]]) {
                cells[i] += amount;
            }
            """;

    private static final String REVERSE = """
            kernel void reverse(device int* cells [[buffer(0)]], threadgroup int* row [[threadgroup(0)]],
                                uint i [[thread_position_in_threadgroup]], uint n [[threads_per_threadgroup]],
                                uint group [[threadgroup_position_in_grid]]) {
                row[i] = cells[group * n + i];
                threadgroup_barrier(mem_flags::mem_threadgroup);
                cells[group * n + i] = row[n - 1 - i];
            }
            """;

    @Test
    void anIndexThatDoesNotExistIsRefused(MetalDevice device) {
        try (var kernel = TestKernel.of(device, ADD);
                var cells = device.newBuffer(16)) {
            kernel.encode(encoder -> {
                assertThatThrownBy(() -> encoder.setBuffer(31, cells))
                        .isInstanceOf(IndexOutOfBoundsException.class)
                        .hasMessageContaining("31");
                assertThatThrownBy(() -> encoder.setBuffers(30, cells, cells))
                        .isInstanceOf(IndexOutOfBoundsException.class);
                assertThatThrownBy(() -> encoder.setInts(-1, 5)).isInstanceOf(IndexOutOfBoundsException.class);
                assertThatThrownBy(() -> encoder.setThreadgroupMemory(31, 16))
                        .isInstanceOf(IndexOutOfBoundsException.class);
                assertThatThrownBy(() -> encoder.setBuffer(0, cells, 16))
                        .isInstanceOf(IndexOutOfBoundsException.class)
                        .hasMessageContaining("16");
                assertThatThrownBy(() -> encoder.dispatchThreadgroups(cells, 8, MetalSize.of(1)))
                        .isInstanceOf(IndexOutOfBoundsException.class);
                assertThatIllegalArgumentException()
                        .isThrownBy(() -> encoder.dispatchThreadgroups(cells, 2, MetalSize.of(1)))
                        .withMessage("byteOffset is not a multiple of 4: 2");
            });
        }
    }

    @Test
    void inlineBytesHaveALimit(MetalDevice device) {
        try (var kernel = TestKernel.of(device, ADD)) {
            kernel.encode(encoder -> {
                encoder.setBytes(1, MemorySegment.ofArray(new byte[4096]));
                assertThatIllegalArgumentException()
                        .isThrownBy(() -> encoder.setBytes(1, MemorySegment.ofArray(new byte[4097])))
                        .withMessage("byteSize not in 1..4096: 4097");
                assertThatIllegalArgumentException()
                        .isThrownBy(() -> encoder.setBytes(1, MemorySegment.ofArray(new byte[0])))
                        .withMessage("byteSize not in 1..4096: 0");
            });
        }
    }

    @Test
    void aDispatchWithoutPipelineOrBufferOrMemoryIsRefusedByName(MetalDevice device) {
        var one = MetalSize.of(1);
        try (var add = TestKernel.of(device, ADD);
                var reverse = TestKernel.of(device, REVERSE);
                var cells = device.newBuffer(16);
                var commands = add.queue().commandBuffer();
                var encoder = commands.computeEncoder()) {
            assertThatIllegalStateException()
                    .isThrownBy(() -> encoder.dispatchThreads(one, one))
                    .withMessage("no pipeline is set");
            encoder.setPipeline(add.pipeline());
            encoder.setBuffer(0, cells);
            assertThatIllegalStateException()
                    .isThrownBy(() -> encoder.dispatchThreads(one, one))
                    .withMessage("add uses 'amount', and no buffer is bound at index 1");
            encoder.setPipeline(reverse.pipeline());
            assertThatIllegalStateException()
                    .isThrownBy(() -> encoder.dispatchThreadgroups(one, one))
                    .withMessage("reverse uses 'row', and no threadgroup memory is bound at index 0");
        }
    }

    @Test
    void aMisalignedOffsetIsRefused(MetalDevice device) {
        try (var kernel = TestKernel.of(device, ADD);
                var cells = device.newBuffer(16)) {
            kernel.encode(encoder -> {
                encoder.setBuffer(0, cells, 6);
                encoder.setFloats(1, 1);
                assertThatIllegalArgumentException()
                        .isThrownBy(() -> encoder.dispatchThreads(MetalSize.of(1), MetalSize.of(1)))
                        .withMessage("offset of the buffer at index 0 is not a multiple of 4: 6");
            });
        }
    }

    @Test
    void aThreadgroupBeyondTheLimitsIsRefused(MetalDevice device) {
        try (var kernel = TestKernel.of(device, ADD);
                var cells = device.newBuffer(16)) {
            long most = kernel.pipeline().maxTotalThreadsPerThreadgroup();
            var widest = device.limits().maxThreadsPerThreadgroup();
            kernel.encode(encoder -> {
                encoder.setBuffer(0, cells);
                encoder.setFloats(1, 1);
                assertThatIllegalArgumentException()
                        .isThrownBy(() -> encoder.dispatchThreads(MetalSize.of(1), MetalSize.of(most, 2)))
                        .withMessage("threads per threadgroup not in 1.." + most + " for add: " + 2 * most);
                assertThatIllegalArgumentException()
                        .isThrownBy(() -> encoder.dispatchThreads(MetalSize.of(1), MetalSize.of(widest.width() + 1)))
                        .withMessage("threadgroup exceeds the device's " + widest + ": " + (widest.width() + 1)
                                + " x 1 x 1");
                assertThatIllegalArgumentException()
                        .isThrownBy(() -> encoder.dispatchThreads(MetalSize.of(1L << 31), MetalSize.of(1)))
                        .withMessage("threads in a dimension of the grid not in 1..2147483647: 2147483648 x 1 x 1");
                assertThatIllegalArgumentException()
                        .isThrownBy(() -> encoder.dispatchThreadgroups(MetalSize.of(1, 1L << 30), MetalSize.of(1, 2)))
                        .withMessageContaining("1 x 1073741824 x 1 threadgroups of 1 x 2 x 1");
            });
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MetalSize.of(3, 0))
                .withMessage("a dimension is below 1: 3 x 0 x 1");
    }

    @Test
    void moreThreadgroupMemoryThanTheDeviceHasIsRefused(MetalDevice device) {
        long most = device.limits().maxThreadgroupMemory();
        try (var kernel = TestKernel.of(device, REVERSE);
                var cells = device.newBuffer(16)) {
            kernel.encode(encoder -> {
                encoder.setBuffer(0, cells);
                assertThatIllegalArgumentException()
                        .isThrownBy(() -> encoder.setThreadgroupMemory(0, 40))
                        .withMessage("byteSize is not a multiple of 16 in 0.." + most + ": 40");
                assertThatIllegalArgumentException().isThrownBy(() -> encoder.setThreadgroupMemory(0, most + 16));
                assertThatIllegalArgumentException().isThrownBy(() -> encoder.setThreadgroupMemory(0, -16));
                long half = most / 32 * 16;
                encoder.setThreadgroupMemory(0, half);
                encoder.setThreadgroupMemory(1, half + 16);
                assertThatIllegalArgumentException()
                        .isThrownBy(() -> encoder.dispatchThreadgroups(MetalSize.of(1), MetalSize.of(4)))
                        .withMessage("threadgroup memory not in 0.." + most + " bytes: " + (2 * half + 16)
                                + " (0 of them static)");
                encoder.setThreadgroupMemory(1, 0);
                encoder.dispatchThreadgroups(MetalSize.of(1), MetalSize.of(4));
            });
        }
    }

    @Test
    void wholeSimdgroupsAreHeldWherePromised(MetalDevice device) {
        try (var library = device.newLibrary(TestKernel.msl(ADD));
                var function = library.function("add");
                var pipeline = device.newPipeline(
                        function, MetalPipelineOptions.defaults().withWholeSimdgroups());
                var queue = device.newCommandQueue();
                var cells = device.newBuffer(16);
                var commands = queue.commandBuffer();
                var encoder = commands.computeEncoder()) {
            long simdgroup = pipeline.threadExecutionWidth();
            encoder.setPipeline(pipeline);
            encoder.setBuffer(0, cells);
            encoder.setFloats(1, 1);
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> encoder.dispatchThreadgroups(MetalSize.of(1), MetalSize.of(simdgroup + 1)))
                    .withMessage("threads per threadgroup is not a multiple of " + simdgroup
                            + ", as the pipeline was promised: " + (simdgroup + 1));
        }
    }

    @Test
    void objectsOfAnotherProviderAreRefused(MetalDevice device, SoftwareMetal software) {
        try (var kernel = TestKernel.of(device, ADD);
                var other = MetalDevice.software();
                var foreign = TestKernel.of(other, ADD);
                var cells = other.newBuffer(16);
                var event = other.newEvent();
                var commands = kernel.queue().commandBuffer()) {
            assertThatIllegalArgumentException().isThrownBy(() -> commands.signal(event, 1));
            assertThatIllegalArgumentException().isThrownBy(() -> commands.waitFor(event, 1));
            try (var encoder = commands.computeEncoder()) {
                assertThatIllegalArgumentException()
                        .isThrownBy(() -> encoder.setBuffer(0, cells))
                        .withMessageContaining("MetalBuffer[16 bytes, SHARED] comes from another device");
                assertThatIllegalArgumentException().isThrownBy(() -> encoder.setPipeline(foreign.pipeline()));
                assertThatIllegalArgumentException()
                        .isThrownBy(() -> encoder.useResource(cells, MetalBinding.Access.READ_ONLY));
            }
            try (var encoder = commands.blitEncoder()) {
                assertThatIllegalArgumentException().isThrownBy(() -> encoder.fill(cells.slice(0, 4), (byte) 0));
            }
        }
    }

    @Test
    void anEndedEncoderAndAClosedBufferAreRefused(MetalDevice device) {
        try (var kernel = TestKernel.of(device, ADD);
                var commands = kernel.queue().commandBuffer()) {
            var encoder = commands.computeEncoder();
            var cells = device.newBuffer(16);
            cells.close();
            assertThatIllegalStateException().isThrownBy(() -> encoder.setBuffer(0, cells));
            encoder.endEncoding();
            assertThatIllegalStateException().isThrownBy(() -> encoder.setFloats(1, 1));
            assertThatIllegalStateException().isThrownBy(() -> encoder.setPipeline(kernel.pipeline()));
            assertThatIllegalStateException().isThrownBy(encoder::memoryBarrier);
        }
    }
}
