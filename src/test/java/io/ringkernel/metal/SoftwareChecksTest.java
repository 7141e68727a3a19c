package io.ringkernel.metal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What a software device finds that was asked to check kernels. */
final class SoftwareChecksTest {
    private static final String SHIFT = """
            kernel void shift(device int *data [[buffer(0)]], uint t [[thread_position_in_grid]]) {
                threadgroup int s[64];
                s[t] = data[t];
                %s
                data[t] = s[63 - t];
            }
            """;

    private static void shift(MetalDevice device, String between) {
        try (var kernel = TestKernel.of(device, SHIFT.formatted(between));
                var data = device.newBuffer(64 * Integer.BYTES)) {
            kernel.run(64, data);
        }
    }

    @Test
    void aRaceIsFoundWithBothLinesAndThreads() {
        try (var device = MetalDevice.software(SoftwareDeviceOptions.defaults().withAllChecks())) {
            shift(device, "");
            assertThat(device.findings())
                    .filteredOn(finding -> finding.kind() == MetalFinding.Kind.RACE)
                    .singleElement()
                    .satisfies(finding -> {
                        assertThat(finding.kernel()).isEqualTo("shift");
                        assertThat(finding.first().orElseThrow().line())
                                .isNotEqualTo(finding.second().line());
                        assertThat(finding.count()).isEqualTo(64);
                        assertThat(finding.toString()).contains("line 5", "line 7", "threadgroup memory 's'");
                    });
        }
    }

    @Test
    void aBarrierOrders() {
        try (var device = MetalDevice.software(SoftwareDeviceOptions.defaults().withAllChecks())) {
            shift(device, "threadgroup_barrier(mem_flags::mem_threadgroup);");
            assertThat(device.findings()).isEmpty();
        }
    }

    @Test
    void nothingIsFoundUnlessAsked() {
        try (var device = MetalDevice.software(SoftwareDeviceOptions.defaults())) {
            shift(device, "");
            assertThat(device.findings()).isEmpty();
        }
    }

    @Test
    void dispatchesOfAConcurrentEncoderRaceWithoutBarrier() {
        try (var device = MetalDevice.software(SoftwareDeviceOptions.defaults().withAllChecks());
                var kernel = TestKernel.of(
                        device,
                        "kernel void next(device int *d [[buffer(0)]],"
                                + " uint g [[thread_position_in_grid]]) { d[g]++; }");
                var data = device.newBuffer(64 * Integer.BYTES)) {
            kernel.encode(MetalDispatchType.SERIAL, encoder -> twice(encoder, data));
            assertThat(device.findings()).isEmpty();
            kernel.encode(MetalDispatchType.CONCURRENT, encoder -> twice(encoder, data));
            assertThat(device.findings()).extracting(MetalFinding::kind).containsOnly(MetalFinding.Kind.RACE);
        }
    }

    private static void twice(MetalComputeEncoder encoder, MetalBuffer data) {
        encoder.setBuffer(0, data);
        encoder.dispatchThreads(MetalSize.of(64), MetalSize.of(64));
        encoder.dispatchThreads(MetalSize.of(64), MetalSize.of(64));
    }
}
