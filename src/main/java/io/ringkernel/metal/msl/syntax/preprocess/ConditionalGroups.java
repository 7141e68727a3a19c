package io.ringkernel.metal.msl.syntax.preprocess;

import io.ringkernel.metal.msl.syntax.Diagnostics;
import io.ringkernel.metal.msl.syntax.SourcePosition;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.BooleanSupplier;

/** The open {@code #if} groups, and whether the current line is inside branches that are all taken. */
final class ConditionalGroups {
    private static final class Group {
        private final SourcePosition position;
        private final boolean outerActive;
        private boolean active;
        private boolean taken;
        private boolean hadElse;

        Group(SourcePosition position, boolean outerActive, boolean active) {
            this.position = position;
            this.outerActive = outerActive;
            this.active = active;
            this.taken = active;
        }
    }

    private final Deque<Group> groups = new ArrayDeque<>();
    private final Diagnostics diagnostics;

    ConditionalGroups(Diagnostics diagnostics) {
        this.diagnostics = diagnostics;
    }

    boolean isActive() {
        return groups.isEmpty() || groups.peek().active;
    }

    /** Opens a group; the condition is evaluated only where it matters. */
    void open(SourcePosition position, BooleanSupplier condition) {
        boolean outer = isActive();
        groups.push(new Group(position, outer, outer && condition.getAsBoolean()));
    }

    void elseIf(SourcePosition position, BooleanSupplier condition) {
        var group = current(position, "elif");
        if (group != null) {
            group.active = group.outerActive && !group.taken && condition.getAsBoolean();
            group.taken |= group.active;
        }
    }

    void otherwise(SourcePosition position) {
        var group = current(position, "else");
        if (group != null) {
            group.active = group.outerActive && !group.taken;
            group.taken = true;
            group.hadElse = true;
        }
    }

    void close(SourcePosition position) {
        if (groups.isEmpty()) {
            diagnostics.error(position, "#endif without #if");
        } else {
            groups.pop();
        }
    }

    /** Reports groups that the source's end finds open. */
    void end() {
        for (var group : groups) {
            diagnostics.error(group.position, "unterminated conditional directive");
        }
        groups.clear();
    }

    private Group current(SourcePosition position, String directive) {
        var group = groups.peek();
        if (group == null) {
            diagnostics.error(position, "#" + directive + " without #if");
            return null;
        }
        if (group.hadElse) {
            diagnostics.error(position, "#" + directive + " after #else");
            group.active = false;
            return null;
        }
        return group;
    }
}
