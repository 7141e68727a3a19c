package io.ringkernel.metal.msl.lower;

import io.ringkernel.metal.msl.check.Kernel;
import io.ringkernel.metal.msl.check.Program;
import io.ringkernel.metal.msl.check.Variable;
import io.ringkernel.metal.msl.ir.CodeOptions;
import io.ringkernel.metal.msl.ir.Copies;
import io.ringkernel.metal.msl.ir.DeepBranches;
import io.ringkernel.metal.msl.ir.EarlyExits;
import io.ringkernel.metal.msl.ir.Expr;
import io.ringkernel.metal.msl.ir.Frame;
import io.ringkernel.metal.msl.ir.FunctionCode;
import io.ringkernel.metal.msl.ir.IrWalk;
import io.ringkernel.metal.msl.ir.LargeExpressions;
import io.ringkernel.metal.msl.ir.Stmt;
import io.ringkernel.metal.msl.ir.Tails;
import io.ringkernel.metal.msl.ir.Var;
import io.ringkernel.metal.msl.run.KernelPlan;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** One kernel lowered, with everything that it calls. */
public final class KernelProgram {
    private final KernelInputs inputs;
    private final CodeOptions options;
    private final Stmt.Target exit;
    private final List<Stmt> body;
    private final Frame frame;
    private final List<FunctionCode> functions;
    private final ProgramLowering lowering;
    private final KernelPlan.Shape shape;

    public KernelProgram(Program program, Kernel kernel, Map<Integer, byte[]> constants, CodeOptions options) {
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
        statements.addAll(Tails.strip(EarlyExits.ofKernel(block.body(), exit), exit));
        var whole = lowering.instrument().statements(Tails.flatten(statements));
        var divided = LargeExpressions.divideAll(options.fast() ? Copies.replace(whole) : whole);
        body = DeepBranches.flatten(divided, Set.of());
        shape = findShape();
    }

    private KernelPlan.Shape findShape() {
        var synchronises = new boolean[1];
        IrWalk.forEach(body, s -> synchronises[0] |= s instanceof Stmt.Sync);
        if (options.instrumentation().isOn()
                || synchronises[0]
                || !inputs.shared().isEmpty() && !options.loneThreads()) {
            return KernelPlan.Shape.GROUPS;
        }
        boolean needsGroup = !inputs.shared().isEmpty()
                || inputs.positions().keySet().stream().anyMatch(KernelInputs.Position::needsGroup);
        return needsGroup ? KernelPlan.Shape.GROUP_ROWS : KernelPlan.Shape.ROWS;
    }

    public KernelInputs inputs() {
        return inputs;
    }

    public CodeOptions options() {
        return options;
    }

    /** Where a jump ends the kernel's thread. */
    public Stmt.Target exit() {
        return exit;
    }

    public List<Stmt> body() {
        return body;
    }

    /** The private memory of one thread. */
    public Frame frame() {
        return frame;
    }

    public List<FunctionCode> functions() {
        return functions;
    }

    public List<Stmt> constantInitialization() {
        return LargeExpressions.divideAll(lowering.constantInitialization());
    }

    /** The size of the program's constants in memory. */
    public int constantBytes() {
        return lowering.constantObjects().memory().byteSize();
    }

    /** The constants' first bytes, as far as they are known before their initialization runs; the others are zero. */
    public byte[] constantImage() {
        return lowering.constantObjects().image().bytes();
    }

    public int constantsFrameBytes() {
        return lowering.constantsFrame().byteSize();
    }

    /** What messages say of the arrays that code subscripts, by the number that checks have. */
    public List<String> arrays() {
        return lowering.arrays();
    }

    /** The lines of the accesses that instrumented code tells of. */
    public List<Integer> siteLines() {
        return lowering.instrument().siteLines();
    }

    public boolean resolvesAddresses() {
        return lowering.resolvesAddresses();
    }

    public KernelPlan.Shape shape() {
        return shape;
    }

    /** The parameters among {@link KernelInputs#resources()} whose handles are used somewhere in the kernel. */
    public Set<Variable> usedHandles() {
        var used = new HashSet<Variable>();
        IrWalk.forEachExpression(body, expression -> {
            if (expression instanceof Expr.Call call
                    && call.operands().size() == 1
                    && call.operands().getFirst() instanceof Expr.Const index) {
                inputs.resourceAt(call.method(), (int) index.bits()).ifPresent(used::add);
            }
        });
        return used;
    }

    /** Every variable that is read somewhere in the kernel. */
    public Set<Var> used() {
        var used = new HashSet<Var>();
        IrWalk.forEachRead(body, used::add);
        inputs.hoisted().forEach(set -> IrWalk.forEachRead(set.value(), used::add));
        return used;
    }
}
