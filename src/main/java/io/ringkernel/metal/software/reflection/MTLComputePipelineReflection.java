package io.ringkernel.metal.software.reflection;

import io.ringkernel.metal.msl.MslArgument;
import io.ringkernel.metal.msl.MslKernel;
import io.ringkernel.metal.msl.MslResource;
import io.ringkernel.metal.software.foundation.NSArray;
import io.ringkernel.metal.software.runtime.NSObject;
import io.ringkernel.metal.software.runtime.ObjectRuntime;
import io.ringkernel.metal.software.runtime.Selector;
import java.util.function.Function;
import java.util.stream.Stream;

/** What a pipeline wants bound. */
public final class MTLComputePipelineReflection extends NSObject {
    private final MslKernel kernel;

    public MTLComputePipelineReflection(ObjectRuntime runtime, MslKernel kernel) {
        super(runtime);
        this.kernel = kernel;
    }

    @Selector("bindings")
    NSArray bindings() {
        return array(argument -> MTLBinding.of(runtime(), argument), resource -> MTLBinding.of(runtime(), resource));
    }

    @Selector("arguments")
    NSArray arguments() {
        return array(
                argument -> new MTLArgument(runtime(), argument), resource -> new MTLArgument(runtime(), resource));
    }

    private NSArray array(
            Function<MslArgument, ? extends NSObject> describe,
            Function<MslResource, ? extends NSObject> describeResource) {
        var described = Stream.<NSObject>concat(
                        kernel.arguments().stream().map(describe),
                        kernel.resources().stream().map(describeResource))
                .toList();
        var array = runtime().autorelease(new NSArray(runtime(), described));
        described.forEach(NSObject::releaseForClient);
        return array;
    }
}
