package io.ringkernel.metal.msl.jvm;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Group statements that are a method of their own; which waits may be under way when it is called is known once the call is written. */
final class GroupPart {
    private final String name;
    private final List<GroupStmt> body;
    private final Set<GroupPlan.Wait> waiting = new HashSet<>();

    GroupPart(String name, List<GroupStmt> body) {
        this.name = name;
        this.body = List.copyOf(body);
    }

    String name() {
        return name;
    }

    List<GroupStmt> body() {
        return body;
    }

    Set<GroupPlan.Wait> waiting() {
        return waiting;
    }
}
