package io.ringkernel.metal.software;

import static io.ringkernel.metal.software.Kernels.dispatch;
import static io.ringkernel.metal.software.Kernels.ints;
import static io.ringkernel.metal.software.Kernels.library;
import static io.ringkernel.metal.software.Kernels.pipeline;
import static io.ringkernel.metal.software.Kernels.run;
import static io.ringkernel.metal.software.Kernels.use;
import static io.ringkernel.metal.software.Kernels.values;
import static org.assertj.core.api.Assertions.assertThat;

import io.ringkernel.metal.bindings.Mtl;
import io.ringkernel.metal.objc.SystemDevices;
import io.ringkernel.metal.software.gpu.GpuConfiguration;
import io.ringkernel.metal.software.runtime.ViolationKind;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What validation refuses of a dispatch, and what becomes of a kernel that does wrong. */
@Timeout(60)
final class DispatchRulesTest {
    private static final long COMPLETED = Mtl.MTLCommandBufferStatusCompleted();
    private static final long ERROR = Mtl.MTLCommandBufferStatusError();

    @Test
    void aStrayAccessIsAPageFaultThatNamesTheKernel() {
        try (var client = new TestClient()) {
            var commands = run(client, "stray", 1, ints(client, 1, 2));
            assertThat(client.status(commands)).isEqualTo(ERROR);
            var error = client.error(commands);
            assertThat(error.domain()).isEqualTo("MTLCommandBufferErrorDomain");
            assertThat(error.code()).isEqualTo(Mtl.MTLCommandBufferErrorPageFault());
            assertThat(error.description()).contains("stray").contains("line");
        }
    }

    @Test
    void aKernelThatDoesNotEndIsStopped() {
        try (var client = new TestClient(GpuConfiguration.unified().withKernelTimeout(Duration.ofMillis(50)))) {
            var commands = run(client, "spin", 1, ints(client, 0));
            assertThat(client.error(commands).code()).isEqualTo(Mtl.MTLCommandBufferErrorTimeout());
            assertThat(client.status(run(client, "increment", 1, ints(client, 0))))
                    .isEqualTo(COMPLETED);
        }
    }

    @Test
    void aKernelOnARemovedDeviceIsStopped() {
        try (var client = new TestClient()) {
            var commands = client.commandBuffer(client.queue());
            var encoder = client.compute(commands);
            use(client, encoder, pipeline(client, "spin"), ints(client, 0));
            dispatch(client, encoder, 1, 1);
            client.end(encoder);
            client.commit(commands);
            client.send("MTLCommandBuffer_waitUntilScheduled", commands);
            client.faults().removeDevice();
            client.send("MTLCommandBuffer_waitUntilCompleted", commands);
            assertThat(client.error(commands).code()).isEqualTo(Mtl.MTLCommandBufferErrorDeviceRemoved());
        }
    }

    @Test
    void aFaultedCommandBufferDoesNotStopTheNextOne() {
        try (var client = new TestClient()) {
            run(client, "stray", 1, ints(client, 1));
            assertThat(client.status(run(client, "increment", 1, ints(client, 1))))
                    .isEqualTo(COMPLETED);
        }
    }

    @Test
    void anUnboundBufferIsReportedAndFails() {
        try (var client = new TestClient()) {
            var commands = run(client, "add", 1, ints(client, 1));
            client.assertViolations(ViolationKind.UNBOUND_BUFFER);
            assertThat(client.status(commands)).isEqualTo(ERROR);
            assertThat(client.error(commands).description()).contains("'b' at index 1");
        }
    }

    @Test
    void whatValidationRefusesIsReported() {
        try (var client = new TestClient()) {
            var commands = client.commandBuffer(client.queue());
            var encoder = client.compute(commands);
            var data = ints(client, 1, 2, 3, 4);
            dispatch(client, encoder, 1, 1);
            client.assertViolations(ViolationKind.NO_PIPELINE);
            use(client, encoder, pipeline(client, "increment"), data);
            dispatch(client, encoder, 2048, 2048);
            dispatch(client, encoder, 1, 0);
            client.assertViolations(ViolationKind.THREADGROUP_SIZE, ViolationKind.THREADGROUP_SIZE);
            client.send("MTLComputeCommandEncoder_setBuffer_offset_atIndex", encoder, data, 0L, 31L);
            client.send("MTLComputeCommandEncoder_setBuffer_offset_atIndex", encoder, data, 16L, 0L);
            client.assertViolations(ViolationKind.OUT_OF_RANGE, ViolationKind.OUT_OF_RANGE);
            client.send("MTLComputeCommandEncoder_setBuffer_offset_atIndex", encoder, data, 2L, 0L);
            dispatch(client, encoder, 1, 1);
            client.assertViolations(ViolationKind.MISALIGNED);
            client.send("MTLComputeCommandEncoder_setBytes_length_atIndex", encoder, client.slot(), 4097L, 0L);
            client.assertViolations(ViolationKind.INLINE_BYTES);
            client.send("MTLComputeCommandEncoder_setThreadgroupMemoryLength_atIndex", encoder, 20L, 0L);
            client.send("MTLComputeCommandEncoder_setThreadgroupMemoryLength_atIndex", encoder, 65_536L, 0L);
            client.assertViolations(ViolationKind.THREADGROUP_MEMORY, ViolationKind.THREADGROUP_MEMORY);
            use(client, encoder, pipeline(client, "reverse"), data);
            dispatch(client, encoder, 4, 4);
            client.assertViolations(ViolationKind.UNBOUND_THREADGROUP_MEMORY);
            client.end(encoder);
            assertThat(client.finish(commands)).isEqualTo(ERROR);
        }
    }

    @Test
    void aPromiseOfWholeSimdgroupsIsHeld() {
        try (var client = new TestClient()) {
            MemorySegment function =
                    client.send("MTLLibrary_newFunctionWithName", library(client), client.string("increment"));
            var descriptor = client.newObject("MTLComputePipelineDescriptor");
            client.send("MTLComputePipelineDescriptor_setComputeFunction", descriptor, client.owned(function));
            client.send(
                    "MTLComputePipelineDescriptor_setThreadGroupSizeIsMultipleOfThreadExecutionWidth",
                    descriptor,
                    true);
            var promised = client.owned(client.send(
                    "MTLDevice_newComputePipelineStateWithDescriptor_options_reflection_error",
                    client.device,
                    descriptor,
                    0L,
                    MemorySegment.NULL,
                    client.slot()));
            var commands = client.commandBuffer(client.queue());
            var encoder = client.compute(commands);
            use(client, encoder, promised, ints(client, new int[64]));
            dispatch(client, encoder, 64, 32);
            dispatch(client, encoder, 64, 16);
            client.assertViolations(ViolationKind.THREADGROUP_SIZE);
            client.end(encoder);
            assertThat(client.finish(commands)).isEqualTo(ERROR);
        }
    }

    @Test
    void aConstantsOffsetIsAlignedAsTheDeviceNeedsIt() {
        try (var client = new TestClient(GpuConfiguration.discrete())) {
            var factors = client.buffer(64, TestClient.SHARED);
            var commands = client.commandBuffer(client.queue());
            var encoder = client.compute(commands);
            use(client, encoder, pipeline(client, "scale"), ints(client, 1));
            client.send("MTLComputeCommandEncoder_setBuffer_offset_atIndex", encoder, factors, 16L, 1L);
            dispatch(client, encoder, 1, 1);
            client.assertViolations(ViolationKind.MISALIGNED);
            client.end(encoder);
        }
    }

    @Test
    void anAddressIsFollowedOnlyToWhatIsResident() {
        try (var client = new TestClient()) {
            var values = ints(client, 42);
            var table = client.buffer(8, TestClient.SHARED);
            long address = client.send("MTLBuffer_gpuAddress", values);
            client.contents(table).set(ValueLayout.JAVA_LONG, 0, address);
            var first = ints(client, 0);
            var commands = client.commandBuffer(client.queue());
            var encoder = client.compute(commands);
            use(client, encoder, pipeline(client, "follow"), table, first);
            client.send("MTLComputeCommandEncoder_useResource_usage", encoder, values, Mtl.MTLResourceUsageRead());
            dispatch(client, encoder, 1, 1);
            client.end(encoder);
            assertThat(client.finish(commands)).isEqualTo(COMPLETED);
            assertThat(values(client, first)).containsExactly(42);

            var forgotten = run(client, "follow", 1, table, first);
            client.assertViolations(ViolationKind.UNBOUND_BUFFER);
            assertThat(client.error(forgotten).code()).isEqualTo(Mtl.MTLCommandBufferErrorPageFault());
        }
    }

    @Test
    void objectsOfAnotherDeviceAreRefused() {
        try (var client = new TestClient(GpuConfiguration.unified(), GpuConfiguration.discrete())) {
            var second = SystemDevices.all(client.metal);
            var other = client.owned(second.get(1).id());
            client.metal.release(second.get(0).id());
            var foreign = client.owned(client.send("MTLDevice_newBufferWithLength_options", other, 64L, 0L));
            var commands = client.commandBuffer(client.queue());
            var encoder = client.compute(commands);
            client.send("MTLComputeCommandEncoder_setBuffer_offset_atIndex", encoder, foreign, 0L, 0L);
            client.assertViolations(ViolationKind.OTHER_DEVICE);
            client.end(encoder);
        }
    }
}
