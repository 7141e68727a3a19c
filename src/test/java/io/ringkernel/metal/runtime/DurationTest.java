package io.ringkernel.metal.runtime;

import static io.ringkernel.metal.runtime.Rings.LONG;
import static io.ringkernel.metal.runtime.Rings.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.ringkernel.metal.MetalCommandQueue;
import io.ringkernel.metal.MetalDevice;
import io.ringkernel.metal.MetalSharedEvent;
import io.ringkernel.metal.TestDevice;
import io.ringkernel.metal.hlc.HlcClock;
import io.ringkernel.metal.hlc.HlcTimestamp;
import io.ringkernel.metal.k2k.K2KBroker;
import io.ringkernel.metal.k2k.K2KConfig;
import io.ringkernel.metal.k2k.K2KEndpoint;
import io.ringkernel.metal.wire.KernelId;
import io.ringkernel.metal.wire.MessageEnvelope;
import io.ringkernel.metal.wire.MessageHeader;
import java.io.File;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Every public method that takes a duration takes any: it works, or refuses at once with a reason. */
@ExtendWith(TestDevice.class)
final class DurationTest {
    private static final Duration FOREVER = ChronoUnit.FOREVER.getDuration();
    private static final Duration CENTURIES = ChronoUnit.YEARS.getDuration().multipliedBy(300);
    private static final List<Duration> NOT_NEGATIVE =
            List.of(Duration.ZERO, Duration.ofNanos(1), Duration.ofNanos(Long.MAX_VALUE), CENTURIES, FOREVER);
    private static final List<Duration> NEGATIVE =
            List.of(Duration.ofNanos(-1), Duration.ofNanos(Long.MIN_VALUE), CENTURIES.negated(), FOREVER.negated());

    /** Durations that have a range of their own, which the message of the refusal tells. */
    private static final Set<String> WITH_RANGE = Set.of(
            "DispatchPolicy.withLinger", "HlcClock.of", "MetalRuntime.batchTimeout", "MetalRuntime.shutdownTimeout");

    /** Methods for which zero or less means not to wait. */
    private static final Set<String> NOT_WAITING = Set.of("K2KEndpoint.receive", "MetalSharedEvent.waitUntil");

    /** What gets the calls, each ready to answer at once. */
    private record Receivers(
            KernelHandle kernel, K2KEndpoint endpoint, MetalSharedEvent event, MetalCommandQueue queue, Rings rings) {
        Object of(Class<?> type) {
            return Stream.<Object>of(
                            kernel,
                            endpoint,
                            event,
                            queue,
                            LaunchOptions.builder(),
                            MetalRuntime.builder(),
                            DispatchPolicy.defaults(),
                            K2KConfig.defaults())
                    .filter(type::isInstance)
                    .findFirst()
                    .orElse(null);
        }

        /** Sends what a receive waits for, and gives arguments, with {@code duration} where one is asked for. */
        Object[] arguments(Method method, Duration duration) {
            if (method.getName().equals("receive") && method.getDeclaringClass() != K2KEndpoint.class) {
                await(kernel.send(rings.ping(1)));
            } else if (method.getName().equals("receive")) {
                rings.runtime
                        .k2k()
                        .register(KernelId.of("peer" + System.nanoTime()))
                        .send(endpoint.id(), rings.ping(1));
            }
            return Arrays.stream(method.getParameterTypes())
                    .map(type -> argument(type, duration))
                    .toArray();
        }

        private Object argument(Class<?> type, Duration duration) {
            if (type == Duration.class) {
                return duration;
            }
            if (type == long.class) {
                return 1L;
            }
            if (type == Class.class) {
                return Rings.Pong.class;
            }
            return Stream.<Object>of(new Rings.Ping(1, 2, 1), rings.ping(1), Rings.PING)
                    .filter(type::isInstance)
                    .findFirst()
                    .orElseGet(() -> (LongSupplier) HlcClock::systemMicros);
        }
    }

    @Test
    void everyPublicMethodTakesAnyDuration(MetalDevice device) throws Exception {
        var methods = methodsWithDuration();
        assertThat(methods).hasSizeGreaterThan(9);
        try (var rings = new Rings(device);
                var event = device.newSharedEvent();
                var queue = device.newCommandQueue()) {
            event.signal(1);
            var kernel = rings.launch(Rings.counting(), Rings.COUNTING);
            var receivers = new Receivers(kernel, rings.runtime.k2k().register(KernelId.of("me")), event, queue, rings);
            for (var method : methods) {
                for (var duration : NOT_NEGATIVE) {
                    outcome(receivers, method, duration);
                }
                for (var duration : NEGATIVE) {
                    var failure = outcome(receivers, method, duration);
                    assertThat(failure instanceof IllegalArgumentException)
                            .as("%s with %s: %s", method, duration, failure)
                            .isEqualTo(!NOT_WAITING.contains(name(method)));
                }
                assertThat(catchThrowable(() -> call(receivers, method, null)))
                        .as("%s with null", method)
                        .isInstanceOf(NullPointerException.class);
            }
        }
    }

    /** What a call came to: a refusal with a reason at once, a time-out of one that does not wait long, or nothing. */
    private static Throwable outcome(Receivers receivers, Method method, Duration duration) {
        var failure = catchThrowable(() -> call(receivers, method, duration));
        boolean isShort = duration.compareTo(Duration.ofSeconds(1)) < 0;
        if (failure == null || (isShort && failure instanceof RingKernelException.TimedOut)) {
            return failure;
        }
        assertThat(failure).as("%s with %s", method, duration).isInstanceOf(IllegalArgumentException.class);
        boolean mayRefuse = duration.isNegative() || WITH_RANGE.contains(name(method));
        assertThat(mayRefuse || (isShort && name(method).equals("K2KConfig.withDeliveryTimeout")))
                .as("%s refuses %s: %s", method, duration, failure)
                .isTrue();
        assertThat(failure.getMessage()).contains(duration.toString());
        return failure;
    }

    private static void call(Receivers receivers, Method method, Duration duration) throws Throwable {
        try {
            var result = method.invoke(receivers.of(method.getDeclaringClass()), receivers.arguments(method, duration));
            if (result instanceof CompletableFuture<?> future) {
                future.join();
            }
        } catch (InvocationTargetException | CompletionException e) {
            throw e.getCause();
        }
    }

    private static String name(Method method) {
        var owner = method.getDeclaringClass();
        var named = owner.getSimpleName().equals("Builder") ? owner.getEnclosingClass() : owner;
        return named.getSimpleName() + "." + method.getName();
    }

    private static List<Method> methodsWithDuration() throws Exception {
        var root = Path.of(MetalDevice.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        var exported = List.of("", "halo", "hlc", "k2k", "runtime", "wire");
        var base = root.resolve("io/ringkernel/metal");
        var found = new ArrayList<Method>();
        for (var part : exported) {
            try (var files = Files.list(base.resolve(part))) {
                for (var file :
                        files.filter(path -> path.toString().endsWith(".class")).toList()) {
                    found.addAll(methodsWithDuration(className(root, file)));
                }
            }
        }
        return found;
    }

    private static String className(Path root, Path file) throws URISyntaxException {
        var name = root.relativize(file).toString().replace(File.separatorChar, '.');
        return name.substring(0, name.length() - ".class".length());
    }

    private static List<Method> methodsWithDuration(String className) throws ClassNotFoundException {
        var type = Class.forName(className, false, MetalDevice.class.getClassLoader());
        if (!isPublic(type)) {
            return List.of();
        }
        return Arrays.stream(type.getDeclaredMethods())
                .filter(method -> Modifier.isPublic(method.getModifiers()))
                .filter(method -> List.of(method.getParameterTypes()).contains(Duration.class))
                .toList();
    }

    private static boolean isPublic(Class<?> type) {
        return Modifier.isPublic(type.getModifiers())
                && (type.getEnclosingClass() == null || isPublic(type.getEnclosingClass()));
    }

    @Test
    void aReceiveForEverGivesItsPlaceToNobodyAndGetsTheReply(MetalDevice device) {
        try (var rings = new Rings(device)) {
            var kernel = rings.launch(Rings.counting(), Rings.COUNTING);
            var first = kernel.receive(FOREVER);
            var second = kernel.receive(CENTURIES);
            var call = kernel.call(new Rings.Ping(0, 7, 1), Rings.Pong.class, FOREVER);
            assertThat(await(call).sequence()).isEqualTo(7);
            await(kernel.sendAll(List.of(rings.ping(8), rings.ping(9))));
            assertThat(await(first).decode(Rings.PONG).sequence()).isEqualTo(8);
            assertThat(await(second).decode(Rings.PONG).sequence()).isEqualTo(9);
        }
    }

    @Test
    void aDeliveryTimeoutOfCenturiesIsNone() throws Exception {
        var config = K2KConfig.defaults().withDeliveryTimeout(CENTURIES).withMaxPendingMessages(1);
        try (var broker = K2KBroker.builder().config(config).build()) {
            var from = broker.register(KernelId.of("a"));
            var to = broker.register(KernelId.of("b"));
            var envelope = MessageEnvelope.of(MessageHeader.of(1, HlcTimestamp.ZERO), new byte[1]);
            from.send(to.id(), envelope);
            var waiting = from.sendWhenRoom(to.id(), envelope);
            assertThat(to.receive(FOREVER)).isPresent();
            assertThat(waiting.get(LONG.toSeconds(), TimeUnit.SECONDS).status().isAccepted())
                    .isTrue();
            assertThat(to.receive(LONG)).isPresent();
            assertThat(to.receive(FOREVER.negated())).isEmpty();
        }
    }

    @Test
    void aRangeIsSaid() {
        assertThatThrownBy(() -> DispatchPolicy.defaults().withLinger(FOREVER))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("linger not in PT0S..PT1S: " + FOREVER);
        assertThatThrownBy(() -> MetalRuntime.builder().batchTimeout(Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("batchTimeout not in PT0.001S..PT24H: PT0S");
        assertThatThrownBy(() -> MetalRuntime.builder().shutdownTimeout(FOREVER))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("shutdownTimeout not in PT0.001S..PT24H: " + FOREVER);
    }
}
