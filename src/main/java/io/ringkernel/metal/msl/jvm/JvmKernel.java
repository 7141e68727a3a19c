package io.ringkernel.metal.msl.jvm;

import io.ringkernel.metal.msl.lower.KernelProgram;
import io.ringkernel.metal.msl.run.KernelPlan;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * A generated kernel.
 *
 * @param plan what the runtime needs
 * @param buffers the indices of buffers that function constants leave in place
 * @param activeBuffers those among them that the code uses
 */
public record JvmKernel(KernelPlan plan, Set<Integer> buffers, Set<Integer> activeBuffers) {

    public JvmKernel {
        buffers = Set.copyOf(buffers);
        activeBuffers = Set.copyOf(activeBuffers);
    }

    static JvmKernel of(KernelPlan plan, KernelProgram program) {
        var used = program.used();
        var all = new LinkedHashSet<Integer>();
        var active = new LinkedHashSet<Integer>();
        for (var buffer : program.inputs().buffers()) {
            all.add(buffer.index());
            if (used.contains(buffer.segment()) || used.contains(buffer.offset())) {
                active.add(buffer.index());
            }
        }
        return new JvmKernel(plan, all, active);
    }
}
