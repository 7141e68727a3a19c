package io.ringkernel.metal.msl.run.check;

import java.util.HashMap;
import java.util.Map;

/**
 * The cells of memory by address, made when first accessed. A word has one cell until something accesses a part of it;
 * then each of its bytes has one.
 */
final class ShadowMemory {
    private static final int WORD = 4;
    private static final int WORDS = 1024;
    private static final int PAGE_SHIFT = 12;

    /** Takes the cells of an access one by one. */
    @FunctionalInterface
    interface Visitor {
        void visit(Cells cells, int index, long address);
    }

    private static final class Page {
        final Cells words = new Cells(WORDS);
        Cells[] bytes;

        Cells bytesOf(int word) {
            return bytes == null ? null : bytes[word];
        }

        Cells divide(int word) {
            if (bytes == null) {
                bytes = new Cells[WORDS];
            }
            if (bytes[word] == null) {
                bytes[word] = Cells.spread(words, word, WORD);
            }
            return bytes[word];
        }

        void clear(int word) {
            words.clear(word);
            if (bytes != null) {
                bytes[word] = null;
            }
        }
    }

    private final Map<Long, Page> pages = new HashMap<>();
    private long lastNumber = -1;
    private Page lastPage;

    /** Visits the cells of an access. */
    void visit(long address, long byteCount, Visitor visitor) {
        var end = address + byteCount;
        var at = address;
        while (at < end) {
            var page = page(at >>> PAGE_SHIFT);
            var word = (int) (at >>> 2) & WORDS - 1;
            var isWhole = (at & WORD - 1) == 0 && end - at >= WORD;
            var bytes = page.bytesOf(word);
            if (isWhole && bytes == null) {
                visitor.visit(page.words, word, at);
                at += WORD;
            } else {
                visitor.visit(page.divide(word), (int) at & WORD - 1, at);
                at++;
            }
        }
    }

    private Page page(long number) {
        if (number != lastNumber) {
            lastPage = pages.computeIfAbsent(number, _ -> new Page());
            lastNumber = number;
        }
        return lastPage;
    }

    /** Forgets every access. */
    void clear() {
        pages.clear();
        lastNumber = -1;
        lastPage = null;
    }

    /** Forgets the accesses to a range; a word that is partly in it goes whole. */
    void clear(long address, long byteCount) {
        for (long at = address & -WORD; at < address + byteCount; at += WORD) {
            var page = pages.get(at >>> PAGE_SHIFT);
            if (page == null) {
                at |= (WORDS - 1L) * WORD;
            } else {
                page.clear((int) (at >>> 2) & WORDS - 1);
            }
        }
    }
}
