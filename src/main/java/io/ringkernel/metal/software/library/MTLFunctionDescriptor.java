package io.ringkernel.metal.software.library;

import io.ringkernel.metal.software.foundation.NSArray;
import io.ringkernel.metal.software.foundation.NSString;
import io.ringkernel.metal.software.runtime.NSObject;
import io.ringkernel.metal.software.runtime.Nullable;
import io.ringkernel.metal.software.runtime.ObjectClass;
import io.ringkernel.metal.software.runtime.ObjectRuntime;
import io.ringkernel.metal.software.runtime.Selector;
import io.ringkernel.metal.software.runtime.Strong;

/** Which function of a library is wanted, and how. */
public final class MTLFunctionDescriptor extends NSObject {
    private String name;
    private String specializedName;
    private final Strong<MTLFunctionConstantValues> constantValues = new Strong<>();
    private long options;
    private final Strong<NSArray> binaryArchives = new Strong<>();

    public MTLFunctionDescriptor(ObjectRuntime runtime) {
        super(runtime);
    }

    @Selector("name")
    String name() {
        return name;
    }

    @Selector("setName:")
    void setName(@Nullable NSString value) {
        name = value == null ? null : value.text();
    }

    @Selector("specializedName")
    String specializedName() {
        return specializedName;
    }

    @Selector("setSpecializedName:")
    void setSpecializedName(@Nullable NSString value) {
        specializedName = value == null ? null : value.text();
    }

    @Selector("constantValues")
    MTLFunctionConstantValues constantValues() {
        return constantValues.get();
    }

    @Selector("setConstantValues:")
    void setConstantValues(@Nullable MTLFunctionConstantValues value) {
        constantValues.set(value);
    }

    @Selector("options")
    long options() {
        return options;
    }

    @Selector("setOptions:")
    void setOptions(long value) {
        options = value;
    }

    @Selector("binaryArchives")
    NSArray binaryArchives() {
        return binaryArchives.get();
    }

    @Selector("setBinaryArchives:")
    void setBinaryArchives(@Nullable NSArray value) {
        binaryArchives.set(value);
    }

    @Selector("functionDescriptor")
    static MTLFunctionDescriptor functionDescriptor(ObjectClass receiver) {
        return receiver.runtime().autorelease(new MTLFunctionDescriptor(receiver.runtime()));
    }

    @Override
    protected NSObject copy() {
        var copy = new MTLFunctionDescriptor(runtime());
        copy.name = name;
        copy.specializedName = specializedName;
        copy.constantValues.set(constantValues.get());
        copy.options = options;
        copy.binaryArchives.set(binaryArchives.get());
        return copy;
    }

    @Override
    protected void dealloc() {
        constantValues.clear();
        binaryArchives.clear();
    }
}
