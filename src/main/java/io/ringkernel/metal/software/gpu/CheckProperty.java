package io.ringkernel.metal.software.gpu;

import io.ringkernel.metal.msl.run.check.Instrumentation;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/** The system property that says what the kernels of software devices are checked for. */
final class CheckProperty {
    private static final String NAME = "ringkernel.metal.software.check";
    private static final Set<String> WORDS = Set.of("races", "undefined", "lanes", "all");

    private CheckProperty() {}

    /** What the property says; nothing if it is absent. */
    static Instrumentation value() {
        var text = System.getProperty(NAME, "");
        var words = Arrays.stream(text.split(","))
                .map(String::strip)
                .filter(word -> !word.isEmpty())
                .collect(Collectors.toSet());
        if (!WORDS.containsAll(words)) {
            throw new IllegalArgumentException(NAME + " is not a list of races, undefined, lanes, all: " + text);
        }
        return words.contains("all")
                ? Instrumentation.ALL
                : new Instrumentation(words.contains("races"), words.contains("undefined"), words.contains("lanes"));
    }
}
