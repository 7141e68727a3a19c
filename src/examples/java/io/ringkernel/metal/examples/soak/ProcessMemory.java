package io.ringkernel.metal.examples.soak;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;

/** How much memory this process has, native and heap together. */
final class ProcessMemory {

    private static final boolean WINDOWS = System.getProperty("os.name").startsWith("Windows");

    private ProcessMemory() {}

    /** Resident bytes after a collection; on Windows committed bytes, since there is no ps. */
    static long bytes() throws IOException {
        System.gc();
        return WINDOWS ? committed() : resident();
    }

    private static long committed() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getCommittedVirtualMemorySize();
    }

    private static long resident() throws IOException {
        String process = Long.toString(ProcessHandle.current().pid());
        Process ps = new ProcessBuilder("ps", "-o", "rss=", "-p", process).start();
        return 1024 * Long.parseLong(new String(ps.getInputStream().readAllBytes()).strip());
    }
}
