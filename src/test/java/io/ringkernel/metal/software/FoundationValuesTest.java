package io.ringkernel.metal.software;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringkernel.metal.bindings.dispatch_data_create;
import io.ringkernel.metal.bindings.objc_getClass;
import io.ringkernel.metal.bindings.object_getClassName;
import io.ringkernel.metal.bindings.sel_getName;
import io.ringkernel.metal.bindings.sel_registerName;
import io.ringkernel.metal.objc.CFunction;
import io.ringkernel.metal.objc.NSError;
import io.ringkernel.metal.software.runtime.ViolationKind;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Foundation's values and the C functions of the runtime. */
final class FoundationValuesTest {
    @ParameterizedTest
    @CsvSource({"0, 0, 0.0", "1, 1, 1.0", "-1, 18446744073709551615, 1.8446744073709552E19"})
    void unsignedNumbersHaveNoSign(long bits, String text, double value) {
        try (var client = new TestClient()) {
            MemorySegment number =
                    client.send("NSNumber_numberWithUnsignedLongLong", client.metal.classNamed("NSNumber"), bits);
            assertThat(client.text(client.send("NSNumber_stringValue", number))).isEqualTo(text);
            assertThat(client.<Double>send("NSNumber_doubleValue", number)).isEqualTo(value);
            assertThat(client.<Long>send("NSNumber_longLongValue", number)).isEqualTo(bits);
            assertThat(client.<Boolean>send("NSNumber_boolValue", number)).isEqualTo(bits != 0);
        }
    }

    @Test
    void numbersConvertAsInC() {
        try (var client = new TestClient()) {
            MemorySegment number = client.send("NSNumber_numberWithDouble", client.metal.classNamed("NSNumber"), -2.75);
            assertThat(client.<Integer>send("NSNumber_intValue", number)).isEqualTo(-2);
            assertThat(client.<Float>send("NSNumber_floatValue", number)).isEqualTo(-2.75f);
        }
    }

    @Test
    void aDictionaryFindsAKeyByItsText() {
        try (var client = new TestClient()) {
            MemorySegment dictionary = client.send(
                    "NSDictionary_dictionaryWithObjects_forKeys_count",
                    client.metal.classNamed("NSDictionary"),
                    client.objects(client.string("value")),
                    client.objects(client.string("key")),
                    1L);
            MemorySegment found = client.send("NSDictionary_objectForKey", dictionary, client.string("key"));
            assertThat(client.text(found)).isEqualTo("value");
            MemorySegment none = client.send("NSDictionary_objectForKey", dictionary, client.string("other"));
            assertThat(none.address()).isZero();
        }
    }

    @Test
    void nilInACollectionIsReported() {
        try (var client = new TestClient()) {
            MemorySegment none = client.send(
                    "NSArray_arrayWithObjects_count",
                    client.metal.classNamed("NSArray"),
                    client.objects(client.string("one"), MemorySegment.NULL),
                    2L);
            assertThat(none.address()).isZero();
            client.assertViolations(ViolationKind.NIL_ARGUMENT);
        }
    }

    @Test
    void anErrorCarriesTheErrorUnderIt() {
        try (var client = new TestClient()) {
            var type = client.metal.classNamed("NSError");
            MemorySegment inner = client.send(
                    "NSError_errorWithDomain_code_userInfo", type, client.string("Inner"), 1L, MemorySegment.NULL);
            MemorySegment details = client.send(
                    "NSDictionary_dictionaryWithObjects_forKeys_count",
                    client.metal.classNamed("NSDictionary"),
                    client.objects(inner, client.string("outer text")),
                    client.objects(client.string("NSUnderlyingError"), client.string("NSLocalizedDescription")),
                    2L);
            MemorySegment outer =
                    client.send("NSError_errorWithDomain_code_userInfo", type, client.string("Outer"), 2L, details);
            var read = NSError.read(client.metal, outer);
            assertThat(read.description()).isEqualTo("outer text");
            assertThat(read.underlying())
                    .singleElement()
                    .satisfies(under -> assertThat(under.domain()).isEqualTo("Inner"));
        }
    }

    @Test
    void aFileUrlKeepsItsPath() {
        try (var client = new TestClient()) {
            var path = client.string("/tmp/a b.metal");
            MemorySegment url = client.send("NSURL_fileURLWithPath", client.metal.classNamed("NSURL"), path);
            assertThat(client.text(client.send("NSURL_path", url))).endsWith("a b.metal");
            assertThat(client.text(client.send("NSURL_absoluteString", url)))
                    .startsWith("file:")
                    .contains("a%20b");
        }
    }

    @Test
    void dataIsACopy() {
        try (var client = new TestClient()) {
            var create = client.metal.address(CFunction.of(dispatch_data_create.class));
            var source = client.bytes((byte) 1, (byte) 2);
            var data = client.owned(
                    dispatch_data_create.invoke(create, source, 2, MemorySegment.NULL, MemorySegment.NULL));
            source.set(ValueLayout.JAVA_BYTE, 0, (byte) 9);
            MemorySegment bytes = client.send("NSData_bytes", data);
            assertThat(client.<Long>send("NSData_length", data)).isEqualTo(2);
            assertThat(bytes.asSlice(0, 2).toArray(ValueLayout.JAVA_BYTE)).containsExactly(1, 2);
        }
    }

    @Test
    void aSelectorHasOneAddressAndKeepsItsName() {
        try (var client = new TestClient()) {
            var register = client.metal.address(CFunction.of(sel_registerName.class));
            var name = client.arena().allocateFrom("setLabel:");
            var selector = sel_registerName.invoke(register, name);
            assertThat(sel_registerName.invoke(register, name)).isEqualTo(selector);
            var getName = client.metal.address(CFunction.of(sel_getName.class));
            assertThat(sel_getName.invoke(getName, selector).getString(0)).isEqualTo("setLabel:");
        }
    }

    @Test
    void classesAreFoundByNameAndObjectsSayTheirs() {
        try (var client = new TestClient()) {
            var getClass = client.metal.address(CFunction.of(objc_getClass.class));
            var none = objc_getClass.invoke(getClass, client.arena().allocateFrom("NSNonsense"));
            assertThat(none.address()).isZero();
            var getName = client.metal.address(CFunction.of(object_getClassName.class));
            assertThat(object_getClassName.invoke(getName, client.string("x")).getString(0))
                    .isEqualTo("NSString");
        }
    }

    @Test
    void errorDomainsAreExportedStrings() {
        try (var client = new TestClient()) {
            long string = client.metal.symbol("MTLCommandBufferErrorDomain").get(ValueLayout.JAVA_LONG, 0);
            assertThat(client.text(MemorySegment.ofAddress(string))).isEqualTo("MTLCommandBufferErrorDomain");
        }
    }
}
