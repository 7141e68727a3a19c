package io.ringkernel.metal.msl.jvm;

import io.ringkernel.metal.msl.check.Kernel;
import io.ringkernel.metal.msl.check.Program;
import io.ringkernel.metal.msl.run.KernelPlan;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** One kernel lowered, with everything that it calls. */
final class KernelProgram {
    private final KernelInputs inputs;
    private final CodeOptions options;
    private final Stmt.Target exit;
    private final List<Stmt> body;
    private final Frame frame;
    private final List<FunctionCode> functions;
    private final ProgramLowering lowering;
    private final KernelPlan.Shape shape;

    KernelProgram(
            Program program,
            Kernel kernel,
            Map<Integer, byte[]> constants,
            CodeOptions options) {
        this.options = options;
        inputs = new KernelInputs(kernel, options);
        lowering = new ProgramLowering(program, constants, options);
        var function = FunctionLowering.ofKernel(lowering, inputs, kernel.function());
        functions = lowering.finish();
        frame = function.frame();
        var statements = new ArrayList<>(function.code().statements());
        var block = (Stmt.Block) statements.removeLast();
        exit = block.target();
        // What binds parameters stands before the body and is part of it.
        statements.addAll(Tails.strip(block.body(), exit));
        body = Tails.flatten(statements);
        shape = shape();
    }

    private KernelPlan.Shape shape() {
        var synchronises = new boolean[1];
        IrWalk.forEach(body, s -> synchronises[0] |= s instanceof Stmt.Sync);
        if (synchronises[0] || !inputs.shared().isEmpty()) {
            return KernelPlan.Shape.GROUPS;
        }
        return inputs.positions().keySet().stream().anyMatch(RowPositions::needsGroup)
                ? KernelPlan.Shape.GROUP_ROWS
                : KernelPlan.Shape.ROWS;
    }

    KernelInputs inputs() {
        return inputs;
    }

    CodeOptions options() {
        return options;
    }

    /** Where a jump ends the kernel's thread. */
    Stmt.Target exit() {
        return exit;
    }

    List<Stmt> body() {
        return body;
    }

    /** The private memory of one thread. */
    Frame frame() {
        return frame;
    }

    List<FunctionCode> functions() {
        return functions;
    }

    List<Stmt> constantInitialization() {
        return lowering.constantInitialization();
    }

    Frame constantMemory() {
        return lowering.constantMemory();
    }

    int constantsFrameBytes() {
        return lowering.constantsFrame().byteSize();
    }

    boolean resolvesAddresses() {
        return lowering.resolvesAddresses();
    }

    KernelPlan.Shape shapeOfRuns() {
        return shape;
    }

    /** Every variable that is read somewhere in the kernel. */
    Set<Var> used() {
        var used = new HashSet<Var>();
        IrWalk.forEachRead(body, used::add);
        inputs.hoisted().forEach(set -> IrWalk.forEachRead(set.value(), used::add));
        return used;
    }
}
