package io.ringkernel.metal;

import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** What is done with the messages of kernels. */
@FunctionalInterface
public interface MetalLogHandler {
    /**
     * Takes one message. Messages of one {@link MetalLogState} come one at a time, in the driver's order, on no thread
     * of the driver; what this throws is logged.
     *
     * @param subsystem of the kernel's {@code os_log} object, or empty
     * @param category of that object, or empty
     * @param level of the message
     * @param text with its values filled in
     */
    void log(String subsystem, String category, MetalLogLevel level, String text);

    /**
     * A handler that logs to SLF4J, as subsystem and category with a dot between, or {@code metal.kernel} where there
     * is neither.
     */
    static MetalLogHandler toSlf4j() {
        return (subsystem, category, level, text) -> {
            var name = String.join(".", subsystem, category).replaceAll("^\\.|\\.$", "");
            var slf4j = switch (level) {
                case DEBUG -> Level.DEBUG;
                case INFO, NOTICE -> Level.INFO;
                case ERROR, FAULT -> Level.ERROR;
            };
            LoggerFactory.getLogger(name.isEmpty() ? "metal.kernel" : name)
                    .atLevel(slf4j)
                    .log(text);
        };
    }
}
