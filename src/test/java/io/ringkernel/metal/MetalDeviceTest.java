package io.ringkernel.metal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringkernel.metal.software.SoftwareMetal;
import io.ringkernel.metal.software.gpu.GpuConfiguration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;

@Tag("gpu")
@ExtendWith(TestDevice.class)
final class MetalDeviceTest {
    @Test
    void aDeviceTellsWhatItIs(MetalDevice device) {
        assertThat(device.name()).isNotBlank();
        assertThat(device.registryId()).isNotZero();
        assertThat(device.families()).contains(MetalGpuFamily.COMMON3);
        assertThat(device.limits().maxThreadgroupMemory()).isGreaterThanOrEqualTo(16_352);
        assertThat(device.limits().maxThreadsPerThreadgroup().width()).isGreaterThanOrEqualTo(512);
        assertThat(device.limits().maxBufferLength()).isGreaterThanOrEqualTo(256L << 20);
        assertThat(device.limits().recommendedMaxWorkingSet()).isPositive();
        assertThat(device.limits().argumentBufferTier()).isBetween(1, 2);
        assertThat(device.isRemovable() && device.hasUnifiedMemory()).isFalse();
    }

    @Test
    void theSummaryNamesTheDeviceAndItsLimits(MetalDevice device) {
        assertThat(device.capabilities())
                .startsWith(device.name())
                .contains(device.hasUnifiedMemory() ? "unified memory" : "memory of its own")
                .contains("threadgroup memory: " + device.limits().maxThreadgroupMemory() + " bytes")
                .contains("COMMON3");
    }

    @Test
    void theAllocatedSizeFollowsTheBuffers(MetalDevice device) {
        long before = device.currentAllocatedSize();
        try (var buffer = device.newBuffer(1 << 20)) {
            assertThat(device.currentAllocatedSize()).isGreaterThanOrEqualTo(before + buffer.byteSize());
        }
    }

    @Test
    void aClosedDeviceIsRefused(MetalDevice device, SoftwareMetal software) {
        var other = MetalDevice.of(software);
        other.close();
        other.close();
        assertThatThrownBy(() -> other.newBuffer(16)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void whatADeviceMadeOutlivesIt(SoftwareMetal software) {
        var other = MetalDevice.of(software);
        var buffer = other.newBuffer(16);
        var queue = other.newCommandQueue();
        other.close();
        try (var commands = queue.commandBuffer()) {
            try (var blit = commands.blitEncoder()) {
                blit.fill(buffer.slice(0, 16), (byte) 3);
            }
            commands.commit().join();
        }
        assertThat(buffer.readInts(0, 1)).containsExactly(0x03030303);
        queue.close();
        buffer.close();
    }

    @Test
    void twoProvidersLiveInOneJvm(MetalDevice device, SoftwareMetal software) {
        try (var other = SoftwareMetal.of(GpuConfiguration.discrete());
                var discrete = MetalDevice.of(other);
                var mine = device.newBufferOf(1, 2);
                var theirs = discrete.newBufferOf(3, 4)) {
            assertThat(discrete.hasUnifiedMemory()).isFalse();
            assertThat(device.hasUnifiedMemory()).isTrue();
            assertThat(mine.readInts(0, 2)).containsExactly(1, 2);
            assertThat(theirs.readInts(0, 2)).containsExactly(3, 4);
            assertThat(other.violations()).isEmpty();
        }
    }

    @Test
    void theSoftwareDeviceIsThereWhenAskedFor() {
        try (var first = MetalDevice.software();
                var second = MetalDevice.software()) {
            assertThat(first.name()).contains("software");
            assertThat(second.registryId()).isEqualTo(first.registryId());
        }
    }

    @Test
    @DisabledOnOs(OS.MAC)
    void withoutMetalTheErrorSaysWhyAndWhatToDo() {
        assertThat(MetalDevice.isAvailable()).isFalse();
        assertThat(MetalDevice.unavailableReason())
                .hasValueSatisfying(
                        reason -> assertThat(reason).contains("macOS").contains(System.getProperty("os.name")));
        assertThatThrownBy(MetalDevice::systemDefault)
                .isInstanceOf(BackendUnavailableException.class)
                .hasMessageContaining("Metal exists on macOS only")
                .hasMessageContaining("MetalDevice.software()")
                .hasMessageContaining("-Dringkernel.metal.device=software");
        assertThatThrownBy(MetalDevice::all).isInstanceOf(BackendUnavailableException.class);
    }

    @Test
    void thePropertySelectsTheSoftwareDevice() {
        System.setProperty(MetalDevice.DEVICE_PROPERTY, "software");
        try (var device = MetalDevice.systemDefault()) {
            assertThat(device.name()).contains("software");
            assertThat(MetalDevice.isAvailable()).isTrue();
            var all = MetalDevice.all();
            assertThat(all).hasSize(1);
            all.forEach(MetalObject::close);
            System.setProperty(MetalDevice.DEVICE_PROPERTY, "quantum");
            assertThatThrownBy(MetalDevice::systemDefault)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("quantum");
            assertThat(MetalDevice.isAvailable()).isFalse();
        } finally {
            System.clearProperty(MetalDevice.DEVICE_PROPERTY);
        }
    }
}
