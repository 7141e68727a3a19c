package io.ringkernel.metal.software.library;

import io.ringkernel.metal.msl.MslFunctionConstant;
import io.ringkernel.metal.software.reflection.DataTypes;
import io.ringkernel.metal.software.runtime.NSObject;
import io.ringkernel.metal.software.runtime.ObjectRuntime;
import io.ringkernel.metal.software.runtime.Selector;

/** One function constant that a function may be given. */
public final class MTLFunctionConstant extends NSObject {
    private final MslFunctionConstant constant;

    MTLFunctionConstant(ObjectRuntime runtime, MslFunctionConstant constant) {
        super(runtime);
        this.constant = constant;
    }

    @Selector("name")
    String name() {
        return constant.name();
    }

    @Selector("index")
    long index() {
        return constant.index();
    }

    @Selector("type")
    long type() {
        return DataTypes.of(constant.type());
    }

    @Selector("required")
    boolean required() {
        return constant.required();
    }
}
