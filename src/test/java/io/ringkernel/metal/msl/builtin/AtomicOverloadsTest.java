package io.ringkernel.metal.msl.builtin;

import static io.ringkernel.metal.msl.builtin.AddressSpace.DEVICE;
import static io.ringkernel.metal.msl.builtin.AddressSpace.THREAD;
import static io.ringkernel.metal.msl.builtin.AddressSpace.THREADGROUP;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class AtomicOverloadsTest {

    private static final Type ORDER = new Type.Opaque("memory_order");
    private static final Type FLAGS = new Type.Opaque("mem_flags");

    private static Type.Scalar scalar(ScalarType kind) {
        return new Type.Scalar(kind);
    }

    private static Type object(ScalarType value, AddressSpace space) {
        return new Type.Pointer(new Type.Atomic(value), space, false);
    }

    private static boolean has(int version, String name, Type... parameters) {
        return Library.overloads(name, version).stream()
                .anyMatch(o -> o.kind().isAtomic() && o.parameters().equals(List.of(parameters)));
    }

    private static boolean fetchAdds(int version, ScalarType value, AddressSpace space) {
        return has(version, "atomic_fetch_add_explicit", object(value, space), scalar(value), ORDER);
    }

    @Test
    void integersAreAddedInBothSpacesFromTheFirstVersion() {
        for (var value : List.of(ScalarType.INT, ScalarType.UINT)) {
            assertThat(fetchAdds(100, value, DEVICE)).isTrue();
            assertThat(fetchAdds(100, value, THREADGROUP)).isTrue();
            assertThat(fetchAdds(410, value, THREAD)).isFalse();
        }
    }

    @Test
    void floatsAreAddedInDeviceMemoryFrom30AndInThreadgroupMemoryFrom41() {
        assertThat(fetchAdds(240, ScalarType.FLOAT, DEVICE)).isFalse();
        assertThat(fetchAdds(300, ScalarType.FLOAT, DEVICE)).isTrue();
        assertThat(fetchAdds(400, ScalarType.FLOAT, THREADGROUP)).isFalse();
        assertThat(fetchAdds(410, ScalarType.FLOAT, THREADGROUP)).isTrue();
    }

    @Test
    void floatsHaveNoMinimumAndBoolsNoAddition() {
        assertThat(has(
                        410,
                        "atomic_fetch_min_explicit",
                        object(ScalarType.FLOAT, DEVICE),
                        scalar(ScalarType.FLOAT),
                        ORDER))
                .isFalse();
        assertThat(fetchAdds(410, ScalarType.BOOL, DEVICE)).isFalse();
        assertThat(fetchAdds(410, ScalarType.ULONG, DEVICE)).isFalse();
    }

    @Test
    void boolsAreStoredFrom24() {
        var name = "atomic_store_explicit";
        assertThat(has(230, name, object(ScalarType.BOOL, THREADGROUP), scalar(ScalarType.BOOL), ORDER))
                .isFalse();
        assertThat(has(240, name, object(ScalarType.BOOL, THREADGROUP), scalar(ScalarType.BOOL), ORDER))
                .isTrue();
    }

    @Test
    void ulongHasMinimumAndMaximumInDeviceMemoryWithoutResultAndNothingElse() {
        for (var name : List.of("atomic_min_explicit", "atomic_max_explicit")) {
            assertThat(Library.overloads(name, 230)).isEmpty();
            assertThat(Library.overloads(name, 240)).singleElement().satisfies(o -> {
                assertThat(o.parameters())
                        .isEqualTo(List.of(object(ScalarType.ULONG, DEVICE), scalar(ScalarType.ULONG), ORDER));
                assertThat(o.result()).isEqualTo(scalar(ScalarType.VOID));
            });
        }
        for (var name : Library.names()) {
            if (!name.equals("atomic_min_explicit") && !name.equals("atomic_max_explicit")) {
                assertThat(Library.overloads(name, 410))
                        .noneMatch(o -> o.parameters().contains(object(ScalarType.ULONG, DEVICE)));
            }
        }
    }

    @Test
    void compareAndExchangeExpectsAThreadPointerAndTellsItsSuccess() {
        var overloads = Library.overloads("atomic_compare_exchange_weak_explicit", 400);
        // int, uint, bool in two spaces, float in one
        assertThat(overloads).hasSize(7).allSatisfy(o -> {
            assertThat(((Type.Pointer) o.parameters().get(1)).space()).isEqualTo(THREAD);
            assertThat(o.parameters()).hasSize(5);
            assertThat(o.result()).isEqualTo(scalar(ScalarType.BOOL));
        });
    }

    @Test
    void aLoadTakesAConstObjectAndGivesItsValue() {
        assertThat(Library.overloads("atomic_load_explicit", 300)).hasSize(7).allSatisfy(o -> {
            var pointer = (Type.Pointer) o.parameters().getFirst();
            assertThat(pointer.readOnly()).isTrue();
            assertThat(o.result()).isEqualTo(scalar(((Type.Atomic) pointer.pointee()).value()));
        });
    }

    @Test
    void memoryFlagsComeWith41() {
        var object = object(ScalarType.UINT, DEVICE);
        var value = scalar(ScalarType.UINT);
        assertThat(has(400, "atomic_exchange_explicit", object, value, ORDER, FLAGS))
                .isFalse();
        assertThat(has(410, "atomic_exchange_explicit", object, value, ORDER, FLAGS))
                .isTrue();
    }
}
