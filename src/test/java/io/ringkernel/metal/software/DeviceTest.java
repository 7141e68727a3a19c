package io.ringkernel.metal.software;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringkernel.metal.bindings.MTLSize;
import io.ringkernel.metal.bindings.MTLSizeAndAlign;
import io.ringkernel.metal.bindings.Mtl;
import io.ringkernel.metal.objc.SystemDevices;
import io.ringkernel.metal.software.gpu.GpuConfiguration;
import java.lang.foreign.MemorySegment;
import org.junit.jupiter.api.Test;

/** What devices say of themselves. */
final class DeviceTest {
    @Test
    void aDeviceSaysWhatItsConfigurationSays() {
        try (var client = new TestClient()) {
            var identity = GpuConfiguration.unified().identity();
            assertThat(client.text(client.send("MTLDevice_name", client.device)))
                    .isEqualTo(identity.name());
            assertThat(client.<Long>send("MTLDevice_registryID", client.device)).isEqualTo(identity.registryId());
            assertThat(client.<Boolean>send("MTLDevice_hasUnifiedMemory", client.device))
                    .isTrue();
            MemorySegment architecture = client.send("MTLDevice_architecture", client.device);
            assertThat(client.text(client.send("MTLArchitecture_name", architecture)))
                    .isEqualTo("software");
        }
    }

    @Test
    void aStructComesBackWhole() {
        try (var client = new TestClient()) {
            MemorySegment size = client.send("MTLDevice_maxThreadsPerThreadgroup", client.device);
            assertThat(MTLSize.width(size)).isEqualTo(1024);
            assertThat(MTLSize.height(size)).isEqualTo(1024);
            assertThat(MTLSize.depth(size)).isEqualTo(1024);
            MemorySegment place =
                    client.send("MTLDevice_heapBufferSizeAndAlignWithLength_options", client.device, 300L, 0L);
            assertThat(MTLSizeAndAlign.size(place)).isEqualTo(512);
            assertThat(MTLSizeAndAlign.align(place)).isEqualTo(256);
        }
    }

    @Test
    void aDiscreteDeviceIsOfAnotherFamily() {
        try (var client = new TestClient(GpuConfiguration.discrete())) {
            assertThat(client.<Boolean>send("MTLDevice_hasUnifiedMemory", client.device))
                    .isFalse();
            assertThat(client.<Boolean>send("MTLDevice_supportsFamily", client.device, Mtl.MTLGPUFamilyMac2()))
                    .isTrue();
            assertThat(client.<Boolean>send("MTLDevice_supportsFamily", client.device, Mtl.MTLGPUFamilyApple7()))
                    .isFalse();
        }
    }

    @Test
    void aMachineListsItsDevicesInOrder() {
        try (var client = new TestClient(GpuConfiguration.unified(), GpuConfiguration.discrete())) {
            var devices = SystemDevices.all(client.metal);
            assertThat(devices)
                    .extracting(device -> client.text(client.send("MTLDevice_name", device.id())))
                    .containsExactly("ringkernel software Metal", "ringkernel software Metal (discrete)");
            devices.forEach(device -> device.close());
        }
    }

    @Test
    void aMachineMayHaveNoDevice() {
        try (var metal = SoftwareMetal.of()) {
            assertThat(SystemDevices.systemDefault(metal)).isEmpty();
        }
    }

    @Test
    void twoMachinesShareNothing() {
        try (var one = new TestClient();
                var other = new TestClient()) {
            var buffer = one.buffer(64, TestClient.SHARED);
            other.<Long>send("MTLBuffer_length", buffer);
            assertThat(other.metal.drainViolations())
                    .singleElement()
                    .satisfies(violation -> assertThat(violation.message()).contains("another"));
            assertThat(one.<Long>send("MTLBuffer_length", buffer)).isEqualTo(64);
        }
    }
}
