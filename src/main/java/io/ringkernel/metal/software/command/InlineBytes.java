package io.ringkernel.metal.software.command;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;

/** The inline constants of one command buffer, copied into pages that its queue uses again and again. */
final class InlineBytes {
    /** Pages of a queue that no command buffer uses. */
    static final class Pages {
        private static final long PAGE = 65_536;
        private final ConcurrentLinkedDeque<MemorySegment> free = new ConcurrentLinkedDeque<>();

        private MemorySegment take() {
            var page = free.poll();
            return page != null ? page : Arena.ofAuto().allocate(PAGE, ALIGNMENT);
        }
    }

    private static final long ALIGNMENT = 256;

    private final Pages pages;
    private final List<MemorySegment> used = new ArrayList<>(1);
    private long position;

    InlineBytes(Pages pages) {
        this.pages = pages;
    }

    /** A copy that stays as it is until {@link #free()}. */
    MemorySegment copy(MemorySegment bytes) {
        if (used.isEmpty() || position + bytes.byteSize() > Pages.PAGE) {
            used.add(pages.take());
            position = 0;
        }
        var copy = used.getLast().asSlice(position, bytes.byteSize());
        copy.copyFrom(bytes);
        position += bytes.byteSize() + ALIGNMENT - 1 & -ALIGNMENT;
        return copy;
    }

    void free() {
        pages.free.addAll(used);
        used.clear();
    }
}
