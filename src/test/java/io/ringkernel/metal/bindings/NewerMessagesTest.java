package io.ringkernel.metal.bindings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Nothing that macOS 13 lacks is sent before the library asked whether it is there. */
final class NewerMessagesTest {
    private static final Path SOURCES = Path.of("src/main/java/io/ringkernel/metal");

    private static final Pattern MESSAGE =
            Pattern.compile("Message (\\w+) =\\s*Message\\s*\\.of\\(\\s*(\\w+)\\s*\\.class");

    private static final Pattern GUARD = Pattern.compile("respondsTo\\([^,]+(?:\\(\\))?,\\s*(\\w+)\\)");

    /** What can only be sent to an object, or with an argument, that comes from a message which is guarded. */
    private static final Map<String, String> GUARDED_BY = guards();

    private static Map<String, String> guards() {
        var guards = new TreeMap<String, String>();
        guards.put("MTLArchitecture_name", "MTLDevice_architecture");
        guards.put("MTLCompileOptions_setMathFloatingPointFunctions", "MTLCompileOptions_setMathMode");
        for (var owner : List.of("MTLResidencySet_", "MTLResidencySetDescriptor_")) {
            guards.put(owner, "MTLDevice_newResidencySetWithDescriptor_error");
        }
        for (var sent : List.of(
                "MTLCommandQueue_addResidencySet",
                "MTLCommandQueue_removeResidencySet",
                "MTLCommandBuffer_useResidencySet")) {
            guards.put(sent, "MTLDevice_newResidencySetWithDescriptor_error");
        }
        for (var sent : List.of(
                "MTLLogState_",
                "MTLLogStateDescriptor_",
                "MTLCommandQueueDescriptor_",
                "MTLDevice_newCommandQueueWithDescriptor")) {
            guards.put(sent, "MTLDevice_newLogStateWithDescriptor_error");
        }
        return guards;
    }

    /** The messages that the library's own classes name, and those among them that it asks for first. */
    private record Sent(Set<String> messages, Set<String> guarded) {
        static Sent read() throws IOException {
            var sent = new Sent(new TreeSet<>(), new TreeSet<>());
            for (var folder : List.of(SOURCES, SOURCES.resolve("objc"), SOURCES.resolve("interop"))) {
                try (Stream<Path> files = Files.list(folder)) {
                    for (var file : files.filter(each -> each.toString().endsWith(".java"))
                            .toList()) {
                        sent.add(Files.readString(file));
                    }
                }
            }
            return sent;
        }

        private void add(String source) {
            var names = new HashMap<String, String>();
            var declared = MESSAGE.matcher(source);
            while (declared.find()) {
                names.put(declared.group(1), declared.group(2));
            }
            messages.addAll(names.values());
            var guards = GUARD.matcher(source);
            while (guards.find()) {
                if (names.containsKey(guards.group(1))) {
                    guarded.add(names.get(guards.group(1)));
                }
            }
        }

        boolean isGuarded(String message) {
            return guarded.contains(message)
                    || GUARDED_BY.entrySet().stream()
                            .filter(guard -> message.startsWith(guard.getKey()))
                            .anyMatch(guard -> guarded.contains(guard.getValue()));
        }
    }

    private static Set<String> newerThan13() {
        var newer = new TreeSet<String>();
        for (var row : ApiTable.rows("messages.tsv")) {
            var version = row.get(5).split("\\.");
            if (Integer.parseInt(version[0]) > 13) {
                newer.add(row.get(0) + "_" + row.get(1).replaceFirst(":$", "").replace(':', '_'));
            }
        }
        return newer;
    }

    @Test
    void everyMessageNewerThanMacOs13IsGuarded() throws IOException {
        var sent = Sent.read();
        var newer = newerThan13();
        newer.retainAll(sent.messages);
        assertThat(newer).contains("MTLDevice_architecture", "MTLResidencySet_commit", "MTLLogState_addLogHandler");
        assertThat(newer).allMatch(sent::isGuarded);
    }

    @Test
    void everyGuardIsNeeded() throws IOException {
        var sent = Sent.read();
        var newer = newerThan13();
        newer.retainAll(sent.messages);
        var unused = new ArrayList<String>();
        GUARDED_BY.forEach((prefix, guard) -> {
            if (newer.stream().noneMatch(message -> message.startsWith(prefix)) || !sent.guarded.contains(guard)) {
                unused.add(prefix);
            }
        });
        assertThat(unused).isEmpty();
    }
}
