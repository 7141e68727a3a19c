package io.ringkernel.metal.msl.run;

import java.lang.foreign.MemorySegment;
import java.util.Optional;

/** Finds the live buffer behind an address that a kernel loaded from memory; used by many threads at once. */
@FunctionalInterface
public interface AddressResolver {

    /** Knows no buffer: every pointer that is loaded from memory dangles. */
    AddressResolver NONE = address -> Optional.empty();

    /** The whole buffer whose bytes include {@code address} (or end there), as a native segment. */
    Optional<MemorySegment> find(long address);

    /** How the buffer that holds an address is called, for messages; empty if it has no name. */
    default String nameAt(long address) {
        return "";
    }
}
