package io.ringkernel.metal.objc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Values to Objective-C and back, through real calls. Nothing may be alive at the end of a test. */
final class FoundationTest {
    private final StubObjectiveC objc = new StubObjectiveC();

    @AfterEach
    void nothingFailedAndNothingIsAlive() {
        assertThat(objc.failures).isEmpty();
        assertThat(objc.aliveCount()).isZero();
        objc.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "metal", "\u00fcber \u03bc", "a\0b", "\ud83c\udf4e"})
    void textSurvivesARoundTrip(String text) {
        try (var _ = AutoreleasePool.push(objc);
                var string = NSString.of(objc, text)) {
            assertThat(NSString.toJava(objc, string.id())).isEqualTo(text);
        }
    }

    @Test
    void textThatUtf8CannotSayIsRefused() {
        assertThatThrownBy(() -> NSString.of(objc, "half \ud83c pair")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void noTextIsNull() {
        assertThat(NSString.toJava(objc, MemorySegment.NULL)).isNull();
    }

    @Test
    void anArrayRetainsWhatItHolds() {
        try (var _ = AutoreleasePool.push(objc)) {
            MemorySegment array;
            try (var one = NSString.of(objc, "one");
                    var two = NSString.of(objc, "two")) {
                array = NSArray.of(objc, List.of(one.id(), two.id()));
            }
            assertThat(NSArray.toStrings(objc, array)).containsExactly("one", "two");
        }
    }

    @Test
    void anEmptyArrayAndNilAreEmptyLists() {
        try (var _ = AutoreleasePool.push(objc)) {
            assertThat(NSArray.toStrings(objc, NSArray.of(objc, List.of()))).isEmpty();
        }
        assertThat(NSArray.toStrings(objc, MemorySegment.NULL)).isEmpty();
    }

    @Test
    void aDictionaryOfTextsSurvivesARoundTrip() {
        var macros = new LinkedHashMap<String, String>();
        macros.put("WIDTH", "16");
        macros.put("NAME", "");
        try (var _ = AutoreleasePool.push(objc)) {
            var dictionary = NSDictionary.ofStrings(objc, macros);
            assertThat(NSDictionary.map(objc, dictionary, value -> NSString.toJava(objc, value)))
                    .isEqualTo(macros);
        }
        assertThat(NSDictionary.map(objc, MemorySegment.NULL, value -> value)).isEmpty();
    }

    @Test
    void numbersSurviveARoundTrip() {
        try (var _ = AutoreleasePool.push(objc)) {
            assertThat(NSNumber.toLong(objc, NSNumber.of(objc, Long.MIN_VALUE))).isEqualTo(Long.MIN_VALUE);
            assertThat(NSNumber.toDouble(objc, NSNumber.of(objc, -0.5))).isEqualTo(-0.5);
            assertThat(NSNumber.toBoolean(objc, NSNumber.of(objc, true))).isTrue();
            assertThat(NSNumber.toBoolean(objc, NSNumber.of(objc, false))).isFalse();
        }
    }

    @Test
    void aFileKeepsItsAbsolutePath() {
        var file = Path.of("target", "a file.metallib");
        try (var _ = AutoreleasePool.push(objc)) {
            assertThat(NSURL.toPath(objc, NSURL.of(objc, file))).isEqualTo(file.toAbsolutePath());
        }
    }

    @Test
    void bytesAreCopiedInBothDirections() {
        byte[] bytes = {0, -1, 127, -128};
        try (var data = NSData.of(objc, bytes);
                var none = NSData.of(objc, new byte[0])) {
            assertThat(NSData.toJava(objc, data.id())).isEqualTo(bytes);
            assertThat(NSData.toJava(objc, none.id())).isEmpty();
        }
    }

    @Test
    void anObjectDescribesItself() {
        try (var _ = AutoreleasePool.push(objc);
                var object = NSObject.make(objc, "NSObject")) {
            assertThat(NSObject.description(objc, object.id())).isEqualTo("<raw>");
        }
    }

    @Test
    void anErrorIsReadWithTheErrorsUnderIt() {
        var cause = objc.object(new StubObjectiveC.ErrorValue("NSPOSIXErrorDomain", 12, "no memory", List.of()));
        var error = objc.object(new StubObjectiveC.ErrorValue("MTLLibraryErrorDomain", 3, "failed", List.of(cause)));
        try (var _ = AutoreleasePool.push(objc);
                var slot = new ErrorSlot(objc)) {
            assertThat(slot.error()).isEmpty();
            slot.address().set(ValueLayout.ADDRESS, 0, error);
            var read = slot.error().orElseThrow();
            assertThat(read)
                    .isEqualTo(new NSError(
                            "MTLLibraryErrorDomain",
                            3,
                            "failed",
                            List.of(new NSError("NSPOSIXErrorDomain", 12, "no memory", List.of()))));
            assertThat(read)
                    .hasToString("failed (MTLLibraryErrorDomain 3), because of [no memory (NSPOSIXErrorDomain 12)]");
        }
        objc.release(error);
        objc.release(cause);
    }

    @Test
    void nilIsNoError() {
        assertThatThrownBy(() -> NSError.read(objc, MemorySegment.NULL)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theDefaultDeviceIsOwned() {
        objc.defaultDevice = objc.object("device");
        try (var device = SystemDevices.systemDefault(objc).orElseThrow()) {
            assertThat(objc.count(device.id())).isEqualTo(2);
        }
        objc.release(objc.defaultDevice);
    }

    @Test
    void withoutADefaultTheFirstOfAllDevicesIsTaken() {
        var devices = List.of(objc.object("first"), objc.object("second"));
        objc.devices = devices;
        try (var device = SystemDevices.systemDefault(objc).orElseThrow()) {
            assertThat(device.id()).isEqualTo(devices.getFirst());
        }
        devices.forEach(objc::release);
    }

    @Test
    void aMachineMayHaveNoDevice() {
        assertThat(SystemDevices.systemDefault(objc)).isEmpty();
        assertThat(SystemDevices.all(objc)).isEmpty();
    }
}
