package io.ringkernel.metal.objc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class AutoreleasePoolTest {
    private final StubObjectiveC objc = new StubObjectiveC();

    @AfterEach
    void nothingFailed() {
        assertThat(objc.failures).isEmpty();
        objc.close();
    }

    @Test
    void whatWasAutoreleasedDiesWithThePool() {
        var object = objc.object("text");
        try (var _ = AutoreleasePool.push(objc)) {
            objc.autorelease(object);
            assertThat(objc.count(object)).isEqualTo(1);
        }
        assertThat(objc.count(object)).isZero();
    }

    @Test
    void anInnerPoolLeavesTheOuterOneAlone() {
        var outer = objc.object("outer");
        try (var _ = AutoreleasePool.push(objc)) {
            objc.autorelease(outer);
            try (var _ = AutoreleasePool.push(objc)) {
                objc.autorelease(objc.object("inner"));
            }
            assertThat(objc.aliveCount()).isEqualTo(1);
        }
        assertThat(objc.aliveCount()).isZero();
    }

    @Test
    void closingTwicePopsOnce() {
        var object = objc.object("text");
        try (var _ = AutoreleasePool.push(objc)) {
            var inner = AutoreleasePool.push(objc);
            inner.close();
            objc.autorelease(object);
            inner.close();
            assertThat(objc.count(object)).isEqualTo(1);
        }
    }

    @Test
    void anotherThreadCannotPopIt() throws Exception {
        try (var pool = AutoreleasePool.push(objc)) {
            CompletableFuture.runAsync(() -> assertThatThrownBy(pool::close).isInstanceOf(WrongThreadException.class))
                    .get();
        }
    }
}
