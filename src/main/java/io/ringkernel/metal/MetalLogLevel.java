package io.ringkernel.metal;

import io.ringkernel.metal.bindings.Mtl;

/** How much a message of a kernel matters ({@code MTLLogLevel}). */
public enum MetalLogLevel {
    /** Of {@code os_log_debug}. */
    DEBUG(Mtl.MTLLogLevelDebug()),
    /** Of {@code os_log_info}. */
    INFO(Mtl.MTLLogLevelInfo()),
    /** Of {@code os_log}. */
    NOTICE(Mtl.MTLLogLevelNotice()),
    /** Of {@code os_log_error}. */
    ERROR(Mtl.MTLLogLevelError()),
    /** Of {@code os_log_fault}. */
    FAULT(Mtl.MTLLogLevelFault());

    private final long code;

    MetalLogLevel(long code) {
        this.code = code;
    }

    long code() {
        return code;
    }

    /** The level of a code; {@link #NOTICE} for one that is newer than this library. */
    static MetalLogLevel of(long code) {
        for (var level : values()) {
            if (level.code == code) {
                return level;
            }
        }
        return NOTICE;
    }
}
