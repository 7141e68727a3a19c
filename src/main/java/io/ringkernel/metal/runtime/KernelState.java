package io.ringkernel.metal.runtime;

/**
 * Where a kernel is in its life.
 *
 * <pre>
 *   CREATED ──► LAUNCHED ──► ACTIVE ◄──► DEACTIVATED
 *      │            │           │             │
 *      │            ├───────────┴──► FAILED ◄─┤        a command buffer failed through it
 *      │            │                   │     │
 *      │            └──────────┬────────┴─────┘
 *      │                       ▼
 *      │                  TERMINATING
 *      │                       │
 *      └──────────────► TERMINATED                     from CREATED: the launch failed
 * </pre>
 */
public enum KernelState {
    /** Its source is being compiled, its memory allocated. */
    CREATED,
    /** Ready to be activated for the first time. */
    LAUNCHED,
    /** Accepts and handles messages. */
    ACTIVE,
    /** Neither accepts nor handles messages; those that it accepted before wait until it is active again. */
    DEACTIVATED,
    /** A command buffer failed, or did not end, through this kernel. Nothing but termination leads out of this. */
    FAILED,
    /** Waits for work in flight, then answers with a failure whatever is still queued. */
    TERMINATING,
    /** Gone; its id is free. */
    TERMINATED;

    /** Whether a kernel in this state may go to {@code next} directly. */
    public boolean canBecome(KernelState next) {
        return switch (this) {
            case CREATED -> next == LAUNCHED || next == TERMINATED;
            case LAUNCHED -> next == ACTIVE || next == FAILED || next == TERMINATING;
            case ACTIVE -> next == DEACTIVATED || next == FAILED || next == TERMINATING;
            case DEACTIVATED -> next == ACTIVE || next == FAILED || next == TERMINATING;
            case FAILED -> next == TERMINATING;
            case TERMINATING -> next == TERMINATED;
            case TERMINATED -> false;
        };
    }

    /** Whether this is {@link #TERMINATING} or {@link #TERMINATED}. */
    public boolean isEnding() {
        return this == TERMINATING || this == TERMINATED;
    }
}
