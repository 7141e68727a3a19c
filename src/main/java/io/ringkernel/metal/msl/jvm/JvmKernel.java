package io.ringkernel.metal.msl.jvm;

import io.ringkernel.metal.msl.check.KernelParameter;
import io.ringkernel.metal.msl.lower.KernelProgram;
import io.ringkernel.metal.msl.run.KernelPlan;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * A generated kernel.
 *
 * @param plan what the runtime needs
 * @param buffers the indices of buffers that function constants leave in place
 * @param activeBuffers those among them that the code uses
 * @param resources the textures and samplers that function constants leave in place, and whether the code uses them
 */
public record JvmKernel(
        KernelPlan plan,
        Set<Integer> buffers,
        Set<Integer> activeBuffers,
        Map<KernelParameter.Resource, Boolean> resources) {

    public JvmKernel {
        buffers = Set.copyOf(buffers);
        activeBuffers = Set.copyOf(activeBuffers);
        resources = Collections.unmodifiableMap(new LinkedHashMap<>(resources));
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
        var handles = program.usedHandles();
        var resources = new LinkedHashMap<KernelParameter.Resource, Boolean>();
        for (var resource : program.inputs().resources()) {
            resources.put(resource, handles.contains(resource.variable()));
        }
        return new JvmKernel(plan, all, active, resources);
    }
}
