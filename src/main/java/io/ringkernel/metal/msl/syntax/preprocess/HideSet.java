package io.ringkernel.metal.msl.syntax.preprocess;

/** An immutable set of macro names, small enough to be a list. */
final class HideSet {
    static final HideSet EMPTY = new HideSet(null, null);

    private final String name;
    private final HideSet rest;

    private HideSet(String name, HideSet rest) {
        this.name = name;
        this.rest = rest;
    }

    boolean contains(String wanted) {
        for (var set = this; set != EMPTY; set = set.rest) {
            if (set.name.equals(wanted)) {
                return true;
            }
        }
        return false;
    }

    HideSet with(String added) {
        return contains(added) ? this : new HideSet(added, this);
    }

    HideSet union(HideSet other) {
        if (this == EMPTY || this == other) {
            return other;
        }
        var result = this;
        for (var set = other; set != EMPTY; set = set.rest) {
            result = result.with(set.name);
        }
        return result;
    }

    HideSet intersection(HideSet other) {
        if (this == other) {
            return this;
        }
        var result = EMPTY;
        for (var set = this; set != EMPTY; set = set.rest) {
            if (other.contains(set.name)) {
                result = new HideSet(set.name, result);
            }
        }
        return result;
    }
}
