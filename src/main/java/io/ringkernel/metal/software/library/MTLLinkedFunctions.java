package io.ringkernel.metal.software.library;

import io.ringkernel.metal.software.foundation.NSArray;
import io.ringkernel.metal.software.runtime.NSObject;
import io.ringkernel.metal.software.runtime.Nullable;
import io.ringkernel.metal.software.runtime.ObjectClass;
import io.ringkernel.metal.software.runtime.ObjectRuntime;
import io.ringkernel.metal.software.runtime.Selector;
import io.ringkernel.metal.software.runtime.Strong;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Set;

/** Functions that a pipeline may call through pointers; all ways to link them are one here. */
public final class MTLLinkedFunctions extends NSObject {
    private final Strong<NSArray> functions = new Strong<>();
    private final Strong<NSArray> binaryFunctions = new Strong<>();
    private final Strong<NSArray> privateFunctions = new Strong<>();

    public MTLLinkedFunctions(ObjectRuntime runtime) {
        super(runtime);
    }

    @Selector("functions")
    NSArray functions() {
        return functions.get();
    }

    @Selector("setFunctions:")
    void setFunctions(@Nullable NSArray value) {
        functions.set(value);
    }

    @Selector("binaryFunctions")
    NSArray binaryFunctions() {
        return binaryFunctions.get();
    }

    @Selector("setBinaryFunctions:")
    void setBinaryFunctions(@Nullable NSArray value) {
        binaryFunctions.set(value);
    }

    @Selector("privateFunctions")
    NSArray privateFunctions() {
        return privateFunctions.get();
    }

    @Selector("setPrivateFunctions:")
    void setPrivateFunctions(@Nullable NSArray value) {
        privateFunctions.set(value);
    }

    @Selector("linkedFunctions")
    static MTLLinkedFunctions linkedFunctions(ObjectClass receiver) {
        return receiver.runtime().autorelease(new MTLLinkedFunctions(receiver.runtime()));
    }

    /** Every function that it names, in whichever way. */
    Set<MTLFunction> all() {
        var all = new LinkedHashSet<MTLFunction>();
        for (var array : Arrays.asList(functions.get(), binaryFunctions.get(), privateFunctions.get())) {
            if (array != null) {
                all.addAll(array.elements(MTLFunction.class));
            }
        }
        return all;
    }

    @Override
    protected NSObject copy() {
        var copy = new MTLLinkedFunctions(runtime());
        copy.functions.set(functions.get());
        copy.binaryFunctions.set(binaryFunctions.get());
        copy.privateFunctions.set(privateFunctions.get());
        return copy;
    }

    @Override
    protected void dealloc() {
        functions.clear();
        binaryFunctions.clear();
        privateFunctions.clear();
    }
}
