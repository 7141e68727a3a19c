package io.ringkernel.metal.msl.lower;

import io.ringkernel.metal.msl.check.Kernel;
import io.ringkernel.metal.msl.check.KernelParameter;
import io.ringkernel.metal.msl.check.Program;
import io.ringkernel.metal.msl.check.TypedExpression;
import io.ringkernel.metal.msl.check.TypedFunction;
import io.ringkernel.metal.msl.check.TypedWalk;
import io.ringkernel.metal.msl.syntax.Diagnostics;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Optional;
import java.util.Set;

/** Finds constructs that are valid MSL and that no code can be generated for, before anything is generated. */
public final class UnsupportedCode extends TypedWalk {
    private static final int MOST_NODES = 4_000_000;

    private final FunctionFacts facts = new FunctionFacts();
    private final Set<TypedFunction> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Diagnostics diagnostics;

    private String graphics;

    private UnsupportedCode(Diagnostics diagnostics) {
        this.diagnostics = diagnostics;
    }

    /**
     * Why no pipeline can be made of a kernel although its library is valid: it takes or calls what only other
     * pipelines have. Empty when one can be made.
     */
    public static Optional<String> reason(Kernel kernel) {
        for (var parameter : kernel.parameters()) {
            if (parameter instanceof KernelParameter.Unsupported(var _, String construct)) {
                return Optional.of(construct);
            }
        }
        var scan = new UnsupportedCode(new Diagnostics());
        scan.function(kernel.function());
        return Optional.ofNullable(scan.graphics).map(function -> "'" + function + "'");
    }

    /** Reports each such construct in the kernels and what they call, once. */
    public static void report(Program program, Diagnostics diagnostics) {
        var scan = new UnsupportedCode(diagnostics);
        program.kernels().forEach(kernel -> scan.function(kernel.function()));
    }

    private void function(TypedFunction function) {
        if (seen.add(function)) {
            requireSize(function);
            statement(function.body());
        }
    }

    /** Functions that synchronise threads become part of their callers, each time they are called. */
    private void requireSize(TypedFunction function) {
        var nodes = facts.expandedNodes(function);
        if (nodes > MOST_NODES && !diagnostics.hasErrors()) {
            diagnostics.error(
                    function.position(),
                    "function '" + function.name() + "' is too large for the software device: more than " + MOST_NODES
                            + " expressions with the functions that become part of it");
        }
    }

    @Override
    public void expression(TypedExpression expression) {
        if (expression instanceof TypedExpression.Call call) {
            var callee = call.function();
            if (facts.isRecursive(callee) && facts.needsKernel(callee)) {
                diagnostics.error(
                        call.position(),
                        "recursive function '" + callee.name()
                                + "' that synchronises threads or reads inputs of its kernel is not supported");
            }
            if (callee.isGraphicsOnly()) {
                graphics = callee.name();
            }
            function(callee);
        }
        super.expression(expression);
    }
}
