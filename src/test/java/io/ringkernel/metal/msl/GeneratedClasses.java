package io.ringkernel.metal.msl;

import io.ringkernel.metal.msl.run.Dispatch;
import io.ringkernel.metal.msl.run.KernelRun;
import java.util.Arrays;

/** Looks behind a run. */
final class GeneratedClasses {

    private GeneratedClasses() {}

    /** Whether the kernel's threads can go through loops together. */
    static boolean isInterchanged(KernelRun run) {
        return Arrays.stream(((Dispatch) run).code().getClass().getDeclaredMethods())
                .anyMatch(method -> method.getName().equals("lanes"));
    }

    /** The class loader of the kernel's class. */
    static ClassLoader loaderOf(KernelRun run) {
        return ((Dispatch) run).code().getClass().getClassLoader();
    }
}
