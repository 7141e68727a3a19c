package io.ringkernel.metal;

import io.ringkernel.metal.bindings.MTLFunctionConstant_index;
import io.ringkernel.metal.bindings.MTLFunctionConstant_required;
import io.ringkernel.metal.bindings.MTLFunction_functionConstantsDictionary;
import io.ringkernel.metal.objc.Message;
import io.ringkernel.metal.objc.NSDictionary;
import io.ringkernel.metal.objc.Retained;
import java.lang.foreign.MemorySegment;
import java.util.Comparator;
import java.util.List;

/** A compiled function ({@code MTLFunction}), to be made into a {@link MetalPipeline}. */
public final class MetalFunction extends MetalObject {
    private static final Message CONSTANTS = Message.of(MTLFunction_functionConstantsDictionary.class);
    private static final Message CONSTANT_INDEX = Message.of(MTLFunctionConstant_index.class);
    private static final Message CONSTANT_REQUIRED = Message.of(MTLFunctionConstant_required.class);

    private final String name;

    MetalFunction(Retained retained, String name) {
        super(retained);
        this.name = name;
    }

    /**
     * A function constant that the function reads.
     *
     * @param name in the source
     * @param index in the source
     * @param required whether a value must be given
     */
    public record Constant(String name, int index, boolean required) {}

    /** The name by which the library knows the function. */
    public String name() {
        return name;
    }

    /** The function constants that the function reads, in order of index. */
    public List<Constant> constants() {
        try (var receiver = receiver()) {
            var dictionary = receiver.lent(CONSTANTS, MTLFunction_functionConstantsDictionary::invoke);
            return NSDictionary.map(objc(), dictionary, this::toConstant).entrySet().stream()
                    .map(e -> new Constant(
                            e.getKey(), e.getValue().index(), e.getValue().required()))
                    .sorted(Comparator.comparingInt(Constant::index))
                    .toList();
        }
    }

    private Constant toConstant(MemorySegment constant) {
        var index = objc().bind(CONSTANT_INDEX);
        var required = objc().bind(CONSTANT_REQUIRED);
        return new Constant(
                "",
                (int) MTLFunctionConstant_index.invoke(index.function(), constant, index.selector()),
                MTLFunctionConstant_required.invoke(required.function(), constant, required.selector()));
    }

    @Override
    public String toString() {
        return "MetalFunction[" + name + "]";
    }
}
