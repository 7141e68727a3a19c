package io.ringkernel.metal.software.indirect;

import static io.ringkernel.metal.software.runtime.MisuseException.require;

import io.ringkernel.metal.bindings.Mtl;
import io.ringkernel.metal.software.runtime.NSObject;
import io.ringkernel.metal.software.runtime.ObjectRuntime;
import io.ringkernel.metal.software.runtime.Selector;
import io.ringkernel.metal.software.runtime.ViolationKind;

/** What the commands of an indirect command buffer can be, and how much each of them binds. */
public final class MTLIndirectCommandBufferDescriptor extends NSObject {
    private static final long MOST_BUFFERS = 31;

    private long commandTypes;
    private boolean inheritPipelineState;
    private boolean inheritBuffers;
    private long maxKernelBufferBindCount;
    private long maxKernelThreadgroupMemoryBindCount;

    public MTLIndirectCommandBufferDescriptor(ObjectRuntime runtime) {
        super(runtime);
    }

    @Selector("setCommandTypes:")
    void setCommandTypes(long types) {
        commandTypes = types;
    }

    @Selector("setInheritPipelineState:")
    void setInheritPipelineState(boolean inherit) {
        inheritPipelineState = inherit;
    }

    @Selector("setInheritBuffers:")
    void setInheritBuffers(boolean inherit) {
        inheritBuffers = inherit;
    }

    @Selector("setMaxKernelBufferBindCount:")
    void setMaxKernelBufferBindCount(long count) {
        maxKernelBufferBindCount = checked("maxKernelBufferBindCount", count);
    }

    @Selector("setMaxKernelThreadgroupMemoryBindCount:")
    void setMaxKernelThreadgroupMemoryBindCount(long count) {
        maxKernelThreadgroupMemoryBindCount = checked("maxKernelThreadgroupMemoryBindCount", count);
    }

    private static long checked(String name, long count) {
        require(
                count >= 0 && count <= MOST_BUFFERS,
                ViolationKind.BAD_ARGUMENT,
                "%s not in 0..%d: %s",
                name,
                MOST_BUFFERS,
                Long.toUnsignedString(count));
        return count;
    }

    /** The layout of commands as described, which must be of compute alone. */
    CommandLayout layout() {
        long compute =
                Mtl.MTLIndirectCommandTypeConcurrentDispatch() | Mtl.MTLIndirectCommandTypeConcurrentDispatchThreads();
        require(
                commandTypes != 0 && (commandTypes & ~compute) == 0,
                ViolationKind.UNSUPPORTED,
                "commandTypes not of concurrent dispatches: 0x%x",
                commandTypes);
        return new CommandLayout(
                commandTypes,
                inheritBuffers ? 0 : (int) maxKernelBufferBindCount,
                (int) maxKernelThreadgroupMemoryBindCount,
                inheritPipelineState,
                inheritBuffers);
    }
}
