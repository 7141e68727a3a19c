package io.ringkernel.metal.objc;

/**
 * Who holds the reference count of an object that a call returned.
 *
 * <p>Objective-C puts this into names. A message of the families {@code alloc}, {@code new}, {@code copy},
 * {@code mutableCopy} or {@code init} returns an object that the caller owns; so does a C function with {@code Create}
 * or {@code Copy} in its name. Anything else returns an object that is only lent.
 */
public enum Ownership {
    /** The caller has a reference count of its own and gives it back when done. */
    OWNED,
    /** The object may die when the innermost autorelease pool is popped, or earlier. */
    BORROWED;

    private static final String[] OWNING_FAMILIES = {"alloc", "new", "copy", "mutableCopy", "init"};

    /** Ownership of what a message with this selector returns (Objective-C ARC specification, "method families"). */
    public static Ownership ofSelector(String selector) {
        for (var family : OWNING_FAMILIES) {
            if (selector.startsWith(family) && !continuesWord(selector, family.length())) {
                return OWNED;
            }
        }
        return BORROWED;
    }

    /** Whether a message with this selector takes over a reference on its receiver (as above). */
    public static boolean consumesReceiver(String selector) {
        return selector.startsWith("init") && !continuesWord(selector, "init".length());
    }

    /** Ownership of what a C function with this name returns: the Create rule, and the runtime's own retain. */
    public static Ownership ofFunction(String name) {
        boolean owned = name.contains("Create")
                || name.contains("Copy")
                || name.contains("_create")
                || name.equals("objc_retain");
        return owned ? OWNED : BORROWED;
    }

    private static boolean continuesWord(String selector, int end) {
        return end < selector.length() && Character.isLowerCase(selector.charAt(end));
    }
}
