package io.ringkernel.metal.runtime;

import static io.ringkernel.metal.runtime.Rings.LONG;
import static io.ringkernel.metal.runtime.Rings.await;
import static io.ringkernel.metal.runtime.Rings.failureOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.ringkernel.metal.MetalDevice;
import io.ringkernel.metal.TestDevice;
import io.ringkernel.metal.wire.MessageHeader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Metrics, flight recordings, traces. */
@ExtendWith(TestDevice.class)
final class ObservabilityTest {
    private static final int MESSAGES = 50;

    /** One event per line, as the Trace Event Format has it: a JSON object with these members first. */
    private static final Pattern EVENT =
            Pattern.compile("\\{\"name\":\"((?:[^\"\\\\]|\\\\.)*)\",(?:\"cat\":\"ringkernel\",)?"
                    + "\"ph\":\"([XiM])\".*\"args\":\\{.*}},?");

    private static KernelHandle work(Rings rings) {
        var kernel = rings.launch(Rings.counting(), Rings.COUNTING);
        await(kernel.sendAll(IntStream.range(0, MESSAGES).mapToObj(rings::ping).toList()));
        Rings.sequences(kernel, MESSAGES);
        await(kernel.call(rings.ping(MESSAGES), LONG));
        return kernel;
    }

    @Test
    void metricsCountEveryMessageAndByteOnce(MetalDevice device) {
        try (var rings = new Rings(device)) {
            var kernel = work(rings);
            var metrics = rings.runtime.metrics("k").orElseThrow();
            assertThat(metrics.sent()).isEqualTo(MESSAGES + 1);
            assertThat(metrics.processed()).isEqualTo(MESSAGES + 1);
            assertThat(metrics.replies()).isEqualTo(MESSAGES + 1);
            assertThat(metrics.received()).isEqualTo(MESSAGES + 1);
            assertThat(metrics.bytesToDevice()).isEqualTo((MESSAGES + 1) * (MessageHeader.BYTE_SIZE + 12));
            assertThat(metrics.bytesFromDevice()).isEqualTo((MESSAGES + 1) * (MessageHeader.BYTE_SIZE + 16));
            assertThat(metrics.dispatches()).isBetween(2L, MESSAGES + 1L);
            assertThat(metrics.messagesPerDispatch() * metrics.dispatches()).isEqualTo(MESSAGES + 1.0);
            assertThat(metrics.dispatchLatency().count()).isEqualTo(metrics.dispatches());
            assertThat(metrics.gpuTime()).isPositive().isLessThan(LONG);
            assertThat(List.of(metrics.queueDepth(), metrics.receiveDepth(), metrics.inFlight()))
                    .containsOnly(0);
            // Control block, 1,024 slots of 256 + 1,024 bytes each way, 1,024 outcomes, state.
            assertThat(metrics.gpuMemoryBytes()).isEqualTo(128 + 2 * 1024 * 1280 + 1024 * 8 + 16);
            await(kernel.terminate());
            var all = rings.runtime.metrics();
            assertThat(all.processed()).isEqualTo(MESSAGES + 1);
            assertThat(all.kernels()).isZero();
            assertThat(all.kernelsLaunched()).isEqualTo(1);
            assertThat(all.commandBuffers()).isEqualTo(metrics.dispatches() + 1);
            assertThat(all.commandBuffersInFlight()).isZero();
            assertThat(all.gpuMemoryBytes()).isZero();
        }
    }

    @Test
    void aTraceIsATimelineOfWhatHappened(MetalDevice device, @TempDir Path folder) throws IOException {
        var file = folder.resolve("trace.json");
        try (var rings = new Rings(device)) {
            var recording = rings.runtime.startRecording();
            var kernel = work(rings);

            await(kernel.terminate());
            recording.close();
            int recorded = recording.size();
            await(rings.runtime.launch("a \"quoted\"\nname", LaunchOptions.defaults()));
            assertThat(recording.size()).as("after close").isEqualTo(recorded);
            recording.writeTo(file);
        }
        var lines = Files.readAllLines(file);
        assertThat(lines.getFirst()).isEqualTo("{\"displayTimeUnit\":\"ns\",\"traceEvents\":[");
        assertThat(lines.getLast()).isEqualTo("]}");
        var events = lines.subList(1, lines.size() - 1);
        assertThat(events).allMatch(line -> EVENT.matcher(line).matches());
        assertThat(events.stream().map(ObservabilityTest::name))
                .contains("process_name", "thread_name", "compile", "dispatch", "ACTIVE", "TERMINATED");
    }

    private static String name(String line) {
        var matcher = EVENT.matcher(line);
        return matcher.matches() ? matcher.group(1) : "";
    }

    @Test
    void namesInATraceAreQuoted(MetalDevice device, @TempDir Path folder) throws IOException {
        var file = folder.resolve("trace.json");
        try (var rings = new Rings(device);
                var recording = rings.runtime.startRecording()) {
            await(rings.runtime.launch("a \"b\"\n\\", LaunchOptions.defaults()));
            recording.writeTo(file);
        }
        assertThat(Files.readString(file)).contains("{\"name\":\"a \\\"b\\\"\\u000a\\\\\"}");
    }

    @Test
    void aFlightRecordingHasCompilationDispatchesStatesAndFailures(MetalDevice device, @TempDir Path folder)
            throws IOException {
        var file = folder.resolve("flight.jfr");
        try (var recording = new Recording()) {
            recording.start();
            try (var rings = new Rings(device)) {
                work(rings);
                var failing = rings.launch("failing", LaunchOptions.builder().activateAtOnce(), """
                        void handle(thread RingContext& ring) {
                            fail(ring, 99u);
                        }
                        """);
                await(failing.send(rings.ping(0)));
                Rings.until(() -> !rings.deadLetters.isEmpty());
            }
            recording.dump(file);
        }
        var events = RecordingFile.readAllEvents(file);
        assertThat(named(events, "Compile"))
                .extracting(e -> e.getString("kernel"))
                .contains("k", "failing");
        assertThat(named(events, "Dispatch"))
                .filteredOn(e -> e.getString("kernel").equals("k"))
                .extracting(e -> e.getInt("batchSize"))
                .satisfies(sizes ->
                        assertThat(sizes.stream().mapToInt(i -> i).sum()).isEqualTo(MESSAGES + 1));
        assertThat(named(events, "StateChange"))
                .filteredOn(e -> e.getString("kernel").equals("k"))
                .extracting(e -> e.getString("to"))
                .containsExactly("LAUNCHED", "ACTIVE", "TERMINATING", "TERMINATED");
        assertThat(named(events, "MessageFailure")).singleElement().satisfies(e -> {
            assertThat(e.getString("reason")).isEqualTo("HANDLER_FAILED");
            assertThat(e.getString("cause")).endsWith(": 99");
        });
    }

    @Test
    void aFlightRecordingHasFailedCallsAndCompilationsWithTheirIds(MetalDevice device, @TempDir Path folder)
            throws IOException {
        var file = folder.resolve("failures.jfr");
        var trace = folder.resolve("failures.json");
        String request;
        try (var recording = new Recording()) {
            recording.start();
            try (var rings = new Rings(device);
                    var timeline = rings.runtime.startRecording()) {
                var failing = rings.launch(
                        "failing",
                        LaunchOptions.builder().activateAtOnce(),
                        "void handle(thread RingContext& ring) {"
                                + " if (message_as<Ping>(ring).sequence == 1) fail(ring, 99u); }");
                var message = rings.ping(1);
                request = message.header().messageId().toString();
                failureOf(failing.call(message, LONG));
                failureOf(failing.call(rings.ping(2), LONG));
                await(failing.deactivate());
                failureOf(failing.call(rings.ping(3), LONG));
                failureOf(rings.runtime.launch("broken", LaunchOptions.defaults(), KernelSource.handler("nonsense")));
                timeline.writeTo(trace);
            }
            recording.dump(file);
        }
        var events = RecordingFile.readAllEvents(file);
        assertThat(named(events, "MessageFailure"))
                .extracting(e -> e.getString("reason"))
                .containsExactly("HANDLER_FAILED", "NO_REPLY", "REFUSED");
        assertThat(named(events, "MessageFailure").getFirst().getString("messageId"))
                .isEqualTo(request);
        assertThat(named(events, "Compile"))
                .filteredOn(e -> e.getString("kernel").equals("broken"))
                .singleElement()
                .satisfies(e -> assertThat(e.getString("failure")).contains("error:"));
        assertThat(Files.readString(trace)).contains(request, "NO_REPLY", "REFUSED", "\"failure\":");
    }

    private static List<RecordedEvent> named(List<RecordedEvent> events, String name) {
        return events.stream()
                .filter(event -> event.getEventType().getName().equals("ringkernel.metal." + name))
                .sorted(Comparator.comparing(RecordedEvent::getEndTime))
                .toList();
    }
}
