package io.ringkernel.metal.msl.syntax.scope;

import java.util.Collection;
import java.util.Optional;

/** Names that are written almost alike: with a letter more, less or another one, or two neighbours swapped. */
final class Spelling {
    private Spelling() {}

    /** The first name in the order of the alphabet that is one letter away; none for names of one letter. */
    static Optional<String> nearest(String written, Collection<String> names) {
        return written.length() < 2
                ? Optional.empty()
                : names.stream()
                        .filter(name -> name.length() > 1 && isOneAway(written, name))
                        .min(String::compareTo);
    }

    private static boolean isOneAway(String written, String name) {
        int shorter = Math.min(written.length(), name.length());
        int start = 0;
        while (start < shorter && written.charAt(start) == name.charAt(start)) {
            start++;
        }
        int end = 0;
        while (end < shorter - start
                && written.charAt(written.length() - 1 - end) == name.charAt(name.length() - 1 - end)) {
            end++;
        }
        int left = written.length() - start - end;
        int wanted = name.length() - start - end;
        boolean isSwap = left == 2
                && wanted == 2
                && written.charAt(start) == name.charAt(start + 1)
                && written.charAt(start + 1) == name.charAt(start);
        return isSwap || Math.max(left, wanted) == 1;
    }
}
