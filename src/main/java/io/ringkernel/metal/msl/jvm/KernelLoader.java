package io.ringkernel.metal.msl.jvm;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Defines the generated classes of one library; they are unloaded together with it. */
final class KernelLoader extends ClassLoader {
    private static final AtomicInteger COUNT = new AtomicInteger();
    /** The packages whose methods generated code calls. */
    private static final List<String> CALLED = List.of(
            "io.ringkernel.metal.msl.run",
            "io.ringkernel.metal.msl.run.check",
            "io.ringkernel.metal.msl.run.lane",
            "io.ringkernel.metal.msl.builtin",
            "io.ringkernel.metal.msl.texture");

    KernelLoader() {
        super("msl-library-" + COUNT.incrementAndGet(), KernelLoader.class.getClassLoader());
        var module = KernelLoader.class.getModule();
        if (module.isNamed()) {
            CALLED.forEach(called -> module.addExports(called, getUnnamedModule()));
        }
    }

    Class<?> define(String name, byte[] bytes) {
        return defineClass(name, bytes, 0, bytes.length);
    }
}
