package io.ringkernel.metal.msl;

import io.ringkernel.metal.msl.run.Dispatch;
import io.ringkernel.metal.msl.run.KernelRun;

/** Looks behind a run. */
final class GeneratedClasses {

    private GeneratedClasses() {}

    /** The class loader of the kernel's class. */
    static ClassLoader loaderOf(KernelRun run) {
        return ((Dispatch) run).code().getClass().getClassLoader();
    }
}
