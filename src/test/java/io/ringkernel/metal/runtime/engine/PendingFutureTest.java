package io.ringkernel.metal.runtime.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

final class PendingFutureTest {
    @Test
    void aClaimedFutureCannotBeCancelled() {
        var future = new PendingFuture<String>();
        assertThat(future.claim()).isTrue();
        assertThat(future.cancel(true)).isFalse();
        assertThat(future.complete("mine")).isFalse();
        assertThat(future.completeExceptionally(new IllegalStateException())).isFalse();
        assertThat(future).isNotDone();
        future.settle(Runnable::run, "given");
        assertThat(future).isCompletedWithValue("given");
    }

    @Test
    void aCancelledFutureCannotBeClaimedAndSaysSoOnce() {
        var abandoned = new ArrayList<PendingFuture<String>>();
        var future = new PendingFuture<String>(abandoned::add);
        assertThat(future.cancel(false)).isTrue();
        assertThat(future.cancel(false)).isTrue();
        assertThat(future.claim()).isFalse();
        assertThat(abandoned).containsExactly(future);
    }

    @Test
    void aDependentOfAFutureIsAnOrdinaryOne() {
        var future = new PendingFuture<String>();
        var dependent = future.thenApply(String::length);
        assertThat(dependent).isNotInstanceOf(PendingFuture.class);
        assertThat(dependent.cancel(false)).isTrue();
        assertThat(future.claim()).isTrue();
    }

    @RepeatedTest(50)
    void eitherTheClaimOrTheCancellationWins() throws InterruptedException {
        var future = new PendingFuture<String>();
        var start = new CountDownLatch(1);
        var winners = new AtomicInteger();
        var claimer = Thread.ofPlatform().start(() -> {
            await(start);
            winners.addAndGet(future.claim() ? 1 : 0);
        });
        var canceller = Thread.ofPlatform().start(() -> {
            await(start);
            winners.addAndGet(future.cancel(false) ? 1 : 0);
        });
        start.countDown();
        claimer.join();
        canceller.join();
        assertThat(winners).hasValue(1);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
