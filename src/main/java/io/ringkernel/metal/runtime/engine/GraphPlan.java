package io.ringkernel.metal.runtime.engine;

import io.ringkernel.metal.runtime.LaunchOptions;
import java.util.List;

/**
 * A graph that is to be launched.
 *
 * @param members its kernels, at least one
 * @param inboxCapacity messages that an inbox holds, a power of two
 * @param hops the most rounds of a submission
 */
public record GraphPlan(List<Member> members, int inboxCapacity, int hops) {
    /**
     * A kernel, and where its routes lead.
     *
     * @param destinations places in the list of members
     */
    public record Member(KernelPlan kernel, List<Integer> destinations) {}

    /**
     * Checks the sizes.
     *
     * @throws IllegalArgumentException if the inboxes take too many bytes
     */
    public GraphPlan {
        shape(members, inboxCapacity, hops).check();
    }

    GraphRounds.Shape shape() {
        return shape(members, inboxCapacity, hops);
    }

    private static GraphRounds.Shape shape(List<Member> members, int inboxCapacity, int hops) {
        int payload = members.stream()
                .mapToInt(member -> member.kernel.options().maxPayloadBytes())
                .max()
                .orElseThrow();
        return new GraphRounds.Shape(members.size(), inboxCapacity, hops, payload);
    }

    KernelPlan kernel(int index) {
        return members.get(index).kernel;
    }

    boolean hasRoutes() {
        return members.stream().anyMatch(member -> !member.destinations.isEmpty());
    }

    /** Where the routes from a kernel lead, by index. */
    List<Integer> destinations(int index) {
        return members.get(index).destinations;
    }

    /** Whether a route is the only one to where it leads, and one thread sends along it. */
    boolean isSoleRoute(int from, int to) {
        long routes = members.stream()
                .filter(member -> member.destinations.contains(to))
                .count();
        return routes == 1 && kernel(from).options().handling() == LaunchOptions.Handling.SEQUENTIAL;
    }
}
