package io.ringkernel.metal.software.command;

import io.ringkernel.metal.software.runtime.NSObject;
import io.ringkernel.metal.software.runtime.ObjectRuntime;
import io.ringkernel.metal.software.runtime.Selector;
import java.util.List;

/** What became of one encoder of a command buffer that failed. */
public final class MTLCommandBufferEncoderInfo extends NSObject {
    private final Step.Pass pass;
    private final long errorState;

    MTLCommandBufferEncoderInfo(ObjectRuntime runtime, Step.Pass pass, long errorState) {
        super(runtime);
        this.pass = pass;
        this.errorState = errorState;
    }

    @Selector("label")
    String label() {
        return pass.label() == null ? "" : pass.label();
    }

    @Selector("debugSignposts")
    List<String> debugSignposts() {
        return pass.signposts();
    }

    @Selector("errorState")
    long errorState() {
        return errorState;
    }
}
