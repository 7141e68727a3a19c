package io.ringkernel.metal.objc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringkernel.metal.bindings.MTLFence_label;
import io.ringkernel.metal.bindings.NSError_underlyingErrors;
import io.ringkernel.metal.bindings.NSObject_alloc;
import io.ringkernel.metal.bindings.dispatch_queue_create;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class ObjectiveCTest {
    private static final Message ALLOC = Message.of(NSObject_alloc.class);

    private final StubObjectiveC objc = new StubObjectiveC();

    @AfterEach
    void nothingFailed() {
        assertThat(objc.failures).isEmpty();
        objc.close();
    }

    @Test
    void aMessageIsBoundOnce() {
        assertThat(objc.bind(ALLOC)).isSameAs(objc.bind(ALLOC));
    }

    @Test
    void twoProvidersDoNotShareWhatTheyBind() {
        try (var other = new StubObjectiveC()) {
            var here = objc.bind(ALLOC);
            var there = other.bind(ALLOC);
            assertThat(here.function()).isNotEqualTo(there.function());
            assertThat(here.selector()).isNotEqualTo(there.selector());
            assertThat(other.aliveCount()).isZero();
            NSObject.make(objc, "NSString").close();
            assertThat(other.aliveCount()).isZero();
        }
    }

    @Test
    void whatAProviderLacksIsNamed() {
        assertThatThrownBy(() -> objc.bind(Message.of(MTLFence_label.class)))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining("[MTLFence label]");
        assertThatThrownBy(() -> objc.address(CFunction.of(dispatch_queue_create.class)))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining("dispatch_queue_create");
        assertThatThrownBy(() -> objc.classNamed("MTLNothing"))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining("MTLNothing");
        assertThat(objc.hasClass("MTLNothing")).isFalse();
        assertThat(objc.hasClass("NSString")).isTrue();
    }

    @Test
    void anObjectIsAskedWhetherItResponds() {
        var error = objc.object(new StubObjectiveC.ErrorValue("d", 1, "t", java.util.List.of()));
        assertThat(objc.respondsTo(error, Message.of(NSError_underlyingErrors.class)))
                .isTrue();
        assertThat(objc.respondsTo(objc.object("text"), Message.of(NSError_underlyingErrors.class)))
                .isFalse();
    }

    @Test
    void thePageSizeIsTheProviders() {
        assertThat(objc.pageSize()).isEqualTo(16_384);
    }
}
