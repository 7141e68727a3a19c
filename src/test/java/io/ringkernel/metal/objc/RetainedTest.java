package io.ringkernel.metal.objc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringkernel.metal.bindings.MTLDevice_name;
import io.ringkernel.metal.bindings.MTLDevice_newFence;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class RetainedTest {
    private static final Message OWNING = Message.of(MTLDevice_newFence.class);
    private static final Message LENDING = Message.of(MTLDevice_name.class);

    private final StubObjectiveC objc = new StubObjectiveC();
    private final MemorySegment object = objc.object("text");

    @AfterEach
    void nothingFailed() {
        assertThat(objc.failures).isEmpty();
        objc.close();
    }

    @Test
    void whatAnOwningMessageReturnedIsTakenOver() {
        try (var retained = Retained.of(objc, OWNING, object)) {
            assertThat(objc.count(object)).isEqualTo(1);
            assertThat(retained.id()).isEqualTo(object);
        }
        assertThat(objc.count(object)).isZero();
    }

    @Test
    void whatALendingMessageReturnedIsRetained() {
        try (var retained = Retained.of(objc, LENDING, object)) {
            assertThat(objc.count(retained.id())).isEqualTo(2);
        }
        assertThat(objc.count(object)).isEqualTo(1);
    }

    @Test
    void theReferenceIsGivenBackOnce() {
        var retained = Retained.borrowed(objc, object);
        retained.close();
        retained.close();
        assertThat(objc.count(object)).isEqualTo(1);
        assertThat(retained.isClosed()).isTrue();
    }

    @Test
    void aUseInProgressKeepsTheObjectAlive() {
        var retained = Retained.of(objc, OWNING, object);
        var id = retained.acquire();
        retained.close();
        assertThat(objc.count(id)).isEqualTo(1);
        retained.release();
        assertThat(objc.count(id)).isZero();
    }

    @Test
    void afterCloseItIsRefusedWithItsOrigin() {
        var retained = Retained.of(objc, OWNING, object);
        retained.close();
        assertThatThrownBy(retained::id)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("used after close")
                .hasMessageContaining("[MTLDevice newFence]");
        assertThatThrownBy(retained::acquire).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void nilIsRefused() {
        assertThatThrownBy(() -> Retained.of(objc, OWNING, MemorySegment.NULL))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("[MTLDevice newFence]");
    }

    @Test
    void usersAndClosersMayRace() throws Exception {
        int threads = 6;
        for (int round = 0; round < 200; round++) {
            var target = objc.object("raced");
            var retained = Retained.of(objc, OWNING, target);
            var deadUses = new AtomicInteger();
            var start = new CountDownLatch(1);
            try (var executor = Executors.newFixedThreadPool(threads)) {
                var tasks = IntStream.range(0, threads)
                        .mapToObj(i -> executor.submit(() -> {
                            start.await();
                            useThenClose(retained, i % 2 == 0, deadUses);
                            return null;
                        }))
                        .toList();
                start.countDown();
                for (var task : List.copyOf(tasks)) {
                    task.get();
                }
            }
            assertThat(deadUses).hasValue(0);
            assertThat(objc.count(target)).isZero();
        }
    }

    private void useThenClose(Retained retained, boolean closes, AtomicInteger deadUses) {
        try {
            for (int use = 0; use < 20; use++) {
                var id = retained.acquire();
                if (objc.count(id) == 0) {
                    deadUses.incrementAndGet();
                }
                retained.release();
            }
        } catch (IllegalStateException closedMeanwhile) {
            assertThat(retained.isClosed()).isTrue();
        }
        if (closes) {
            retained.close();
        }
    }
}
