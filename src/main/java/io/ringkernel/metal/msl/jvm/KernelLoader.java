package io.ringkernel.metal.msl.jvm;

import java.util.concurrent.atomic.AtomicInteger;

/** Defines the generated classes of one library; they are unloaded together with it. */
final class KernelLoader extends ClassLoader {
    private static final AtomicInteger COUNT = new AtomicInteger();

    KernelLoader() {
        super("msl-library-" + COUNT.incrementAndGet(), KernelLoader.class.getClassLoader());
        var module = KernelLoader.class.getModule();
        if (module.isNamed()) {
            module.addExports("io.ringkernel.metal.msl.run", getUnnamedModule());
            module.addExports("io.ringkernel.metal.msl.builtin", getUnnamedModule());
        }
    }

    Class<?> define(String name, byte[] bytes) {
        return defineClass(name, bytes, 0, bytes.length);
    }
}
