package io.ringkernel.metal.runtime.engine;

/** Is told when something may have become possible for a kernel. */
interface Waker {
    /** There may be work. */
    void wake();

    /** As {@link #wake()}, by a caller who will wait for the result and may as well do the dispatcher's work. */
    void wakeAndHelp();

    /** Room for replies may have appeared. */
    void unstall();
}
