package io.ringkernel.metal;

import static java.util.stream.Collectors.toSet;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The cycles of a directed graph: largest sets of nodes each of which leads to all others of the set. */
final class Cycles {
    private Cycles() {}

    /** Those with at least two nodes. */
    static Set<Set<String>> of(Map<String, ? extends Set<String>> successors) {
        var reachable = new TreeMap<String, Set<String>>();
        successors.keySet().forEach(node -> reachable.put(node, reachableFrom(node, successors)));
        return successors.keySet().stream()
                .map(node -> reachable.get(node).stream()
                        .filter(other -> reachable.getOrDefault(other, Set.of()).contains(node))
                        .collect(toSet()))
                .filter(cycle -> cycle.size() > 1)
                .collect(toSet());
    }

    private static Set<String> reachableFrom(String start, Map<String, ? extends Set<String>> successors) {
        var reached = new TreeSet<String>();
        var next = new ArrayDeque<>(List.of(start));
        while (!next.isEmpty()) {
            var node = next.remove();
            if (successors.containsKey(node)) {
                successors.get(node).stream().filter(reached::add).forEach(next::add);
            }
        }
        return reached;
    }
}
