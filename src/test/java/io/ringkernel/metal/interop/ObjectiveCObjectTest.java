package io.ringkernel.metal.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringkernel.metal.MetalDevice;
import io.ringkernel.metal.TestDevice;
import io.ringkernel.metal.software.SoftwareMetal;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Messages of a user's own, to the objects behind wrappers and to others. That nothing leaks, the device checks. */
@Tag("gpu")
@ExtendWith(TestDevice.class)
class ObjectiveCObjectTest {
    private static final ObjectiveCMessage LABEL =
            ObjectiveCMessage.of("label", FunctionDescriptor.of(ValueLayout.ADDRESS));
    private static final ObjectiveCMessage SET_LABEL =
            ObjectiveCMessage.of("setLabel:", FunctionDescriptor.ofVoid(ValueLayout.ADDRESS));
    private static final ObjectiveCMessage LENGTH =
            ObjectiveCMessage.of("length", FunctionDescriptor.of(ValueLayout.JAVA_LONG));
    private static final MemoryLayout SIZE =
            MemoryLayout.structLayout(ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG);

    @Test
    void textNumbersObjectsAndStructsTravelBothWays(MetalDevice device) {
        try (var buffer = device.newBuffer(48);
                var object = ObjectiveCObject.of(buffer);
                var gpu = ObjectiveCObject.of(device)) {
            SET_LABEL.send(object, "weights");
            assertThat(buffer.label()).isEqualTo("weights");
            try (var text = LABEL.sendForObject(object)) {
                assertThat(text.isKindOf("NSString")).isTrue();
                assertThat(LENGTH.send(text)).isEqualTo(7L);
                SET_LABEL.send(object, text);
            }
            assertThat(buffer.label()).isEqualTo("weights");
            assertThat(LENGTH.send(object)).isEqualTo(48L);
            var size = (MemorySegment) ObjectiveCMessage.of("maxThreadsPerThreadgroup", FunctionDescriptor.of(SIZE))
                    .send(gpu);
            assertThat(size.get(ValueLayout.JAVA_LONG_UNALIGNED, 0))
                    .isEqualTo(device.limits().maxThreadsPerThreadgroup().width());
            var registryId = ObjectiveCMessage.of("registryID", FunctionDescriptor.of(ValueLayout.JAVA_LONG));
            assertThat(registryId.send(gpu)).isEqualTo(device.registryId());
        }
    }

    @Test
    void aWrapperIsAnArgumentToo(MetalDevice device) {
        var newBuffer = ObjectiveCMessage.of(
                "newBufferWithLength:options:",
                FunctionDescriptor.of(ValueLayout.ADDRESS, ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG));
        var isEqual =
                ObjectiveCMessage.of("isEqual:", FunctionDescriptor.of(ValueLayout.JAVA_BOOLEAN, ValueLayout.ADDRESS));
        try (var gpu = ObjectiveCObject.of(device);
                var made = newBuffer.sendForObject(gpu, 64L, 0L);
                var buffer = made.asBuffer(device)) {
            assertThat(isEqual.send(made, buffer)).isEqualTo(true);
            assertThat(isEqual.send(made, device)).isEqualTo(false);
            assertThat(isEqual.send(made, (Object) null)).isEqualTo(false);
        }
    }

    @Test
    void aForeignBufferBecomesAWrapperOfItsOwn(MetalDevice device) {
        var mine = device.newBufferOf(1, 2, 3);
        var object = ObjectiveCObject.of(mine);
        try (var again = object.asBuffer(device)) {
            object.close();
            object.close();
            mine.close();
            assertThat(again.byteSize()).isEqualTo(12);
            assertThat(again.readInts(0, 3)).containsExactly(1, 2, 3);
        }
        assertThatIllegalStateException().isThrownBy(object::id);
        assertThatIllegalStateException().isThrownBy(() -> LENGTH.send(object));
        try (var gpu = ObjectiveCObject.of(device)) {
            assertThat(gpu.conformsTo("MTLDevice")).isTrue();
            assertThat(gpu.conformsTo("MTLNothing")).isFalse();
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> gpu.asBuffer(device))
                    .withMessageContaining("MTLBuffer");
        }
    }

    @Test
    void allocAndInitKeepTheirCounts(MetalDevice device) {
        var alloc = ObjectiveCMessage.of("alloc", FunctionDescriptor.of(ValueLayout.ADDRESS));
        var init = ObjectiveCMessage.of("init", FunctionDescriptor.of(ValueLayout.ADDRESS));
        try (var type = ObjectiveCObject.ofClass(device, "MTLCompileOptions");
                var allocated = alloc.sendForObject(type);
                var options = init.sendForObject(allocated)) {
            assertThat(options.id()).isEqualTo(allocated.id());
            assertThat(options.isKindOf("MTLCompileOptions")).isTrue();
            assertThat(options.respondsTo("setLanguageVersion:")).isTrue();
            try (var kept = ObjectiveCObject.retained(device, options.id())) {
                assertThat(kept.isKindOf("NSObject")).isTrue();
            }
        }
        assertThatThrownBy(() -> ObjectiveCObject.ofClass(device, "NoSuchClass"))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining("NoSuchClass");
    }

    @Test
    void whatWouldEndAProcessOnAMacIsRefused(MetalDevice device) {
        var unknown = ObjectiveCMessage.of("paintItBlack", FunctionDescriptor.ofVoid());
        try (var object = ObjectiveCObject.of(device)) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> unknown.send(object))
                    .withMessageContaining("paintItBlack");
            assertThatIllegalArgumentException().isThrownBy(() -> SET_LABEL.send(object));
            assertThatIllegalArgumentException().isThrownBy(() -> LENGTH.sendForObject(object));
            assertThatThrownBy(() -> SET_LABEL.send(object, 7)).isInstanceOf(RuntimeException.class);
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> ObjectiveCObject.retained(device, MemorySegment.NULL));
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ObjectiveCMessage.of("setLabel", FunctionDescriptor.ofVoid(ValueLayout.ADDRESS)));
        assertThatIllegalArgumentException().isThrownBy(() -> ObjectiveCMessage.of("", FunctionDescriptor.ofVoid()));
    }

    @Test
    void theSoftwareDeviceRefusesAWrongTypeAndAnotherRuntime(MetalDevice device, SoftwareMetal software) {
        var wrong = ObjectiveCMessage.of("length", FunctionDescriptor.of(ValueLayout.JAVA_INT));
        try (var buffer = device.newBuffer(16);
                var object = ObjectiveCObject.of(buffer);
                var other = MetalDevice.software()) {
            assertThatIllegalArgumentException().isThrownBy(() -> wrong.send(object));
            assertThatIllegalArgumentException().isThrownBy(() -> SET_LABEL.send(object, other));
            assertThatIllegalArgumentException().isThrownBy(() -> object.asBuffer(other));
            assertThat(software.violations()).isEmpty();
        }
    }
}
