package io.ringkernel.metal.msl.check;

import java.util.ArrayDeque;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Which function constants the kernels of a program look at, directly or through functions and program-scope constants.
 * Every function is scanned once, when a kernel that reaches it is first asked about. Safe for use by many threads.
 */
public final class ConstantUses {

    /** What a kernel, function or initialiser looks at itself, and the functions and initialisers that it leads to. */
    private static final class Node {
        private final Set<FunctionConstant> read = new HashSet<>();
        private final Set<FunctionConstant> tested = new HashSet<>();
        private final Set<Object> leadsTo = Collections.newSetFromMap(new IdentityHashMap<>());
    }

    private final Map<Variable, TypedExpression> initializers = new IdentityHashMap<>();
    /** By function and initialiser. */
    private final Map<Object, Node> nodes = new IdentityHashMap<>();
    /** By kernel, with all that it leads to. */
    private final Map<Kernel, Node> kernels = new IdentityHashMap<>();

    public ConstantUses(Program program) {
        program.constants().forEach(c -> initializers.put(c.variable(), c.initializer()));
    }

    /** Whether the kernel looks at the constant, or at whether it has a value. */
    public boolean isUsed(Kernel kernel, FunctionConstant constant) {
        var uses = of(kernel);
        return uses.read.contains(constant) || uses.tested.contains(constant);
    }

    /** Whether the kernel reads the constant and never asks whether it has a value. */
    public boolean isRequired(Kernel kernel, FunctionConstant constant) {
        var uses = of(kernel);
        return uses.read.contains(constant) && !uses.tested.contains(constant);
    }

    private synchronized Node of(Kernel kernel) {
        var known = kernels.get(kernel);
        if (known == null) {
            known = new Node();
            var scan = new Scan(known);
            for (var parameter : kernel.parameters()) {
                if (parameter instanceof KernelParameter.Buffer buffer) {
                    buffer.enabledBy().ifPresent(scan::expression);
                }
            }
            known.leadsTo.add(kernel.function());
            collect(known);
            kernels.put(kernel, known);
        }
        return known;
    }

    /** Adds to a kernel's uses those of all that it leads to. */
    private void collect(Node kernel) {
        var pending = new ArrayDeque<>(kernel.leadsTo);
        while (!pending.isEmpty()) {
            var node = node(pending.remove());
            kernel.read.addAll(node.read);
            kernel.tested.addAll(node.tested);
            node.leadsTo.stream().filter(kernel.leadsTo::add).forEach(pending::add);
        }
    }

    private Node node(Object source) {
        var known = nodes.get(source);
        if (known == null) {
            known = new Node();
            nodes.put(source, known);
            var scan = new Scan(known);
            if (source instanceof TypedFunction function) {
                scan.statement(function.body());
            } else {
                scan.expression((TypedExpression) source);
            }
        }
        return known;
    }

    private final class Scan extends TypedWalk {
        private final Node node;

        private Scan(Node node) {
            this.node = node;
        }

        @Override
        public void expression(TypedExpression expression) {
            switch (expression) {
                case TypedExpression.FunctionConstantValue value -> node.read.add(value.constant());
                case TypedExpression.FunctionConstantDefined defined -> node.tested.add(defined.constant());
                case TypedExpression.Call call -> node.leadsTo.add(call.function());
                default -> {
                    // Only what is inside.
                }
            }
            super.expression(expression);
        }

        @Override
        public void place(Place place) {
            if (place instanceof Place.OfVariable variable) {
                var initializer = initializers.get(variable.variable());
                if (initializer != null) {
                    node.leadsTo.add(initializer);
                }
            }
            super.place(place);
        }
    }
}
