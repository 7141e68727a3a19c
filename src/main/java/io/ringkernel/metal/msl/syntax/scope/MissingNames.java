package io.ringkernel.metal.msl.syntax.scope;

import java.util.Set;

/** Names of the standard library that mean nothing here, so that they can be told from misspelt ones. */
public final class MissingNames {
    private static final Set<String> NAMES = Set.of(
            "raytracing",
            "MTLAccelerationStructureInstanceDescriptor",
            "MTLIndirectCommandBufferExecutionRange",
            "MTLAccelerationStructureMotionInstanceDescriptor",
            "MTLAccelerationStructureUserIDInstanceDescriptor",
            "render_pipeline_state",
            "depth_stencil_state",
            "render_command",
            "intersector",
            "intersection_params",
            "intersection_query",
            "intersection_result",
            "instance_acceleration_structure",
            "primitive_acceleration_structure",
            "simdgroup_event",
            "simdgroup_async_copy_clamp_mode");

    private MissingNames() {}

    /** Whether MSL gives this name, or the namespace of this name, a meaning that is missing here. */
    public static boolean contains(String name) {
        return NAMES.contains(name);
    }

    /** What is said about the use of a name, qualified as it was written. */
    public static String message(String name) {
        return "'" + name + "' is not supported by the software device yet";
    }
}
