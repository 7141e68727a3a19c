package io.ringkernel.metal;

import io.ringkernel.metal.bindings.MTLFunctionConstant_index;
import io.ringkernel.metal.bindings.MTLFunctionConstant_required;
import io.ringkernel.metal.bindings.MTLFunction_functionConstantsDictionary;
import io.ringkernel.metal.objc.Message;
import io.ringkernel.metal.objc.NSDictionary;
import io.ringkernel.metal.objc.ObjectiveC;
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
    private final List<Constant> constants;
    private final MetalError missing;

    /**
     * A function.
     *
     * @param constants those that have no value, or none but their default
     * @param missing why no pipeline can be made of it, or null
     */
    MetalFunction(Retained retained, String name, List<Constant> constants, MetalError missing) {
        super(retained);
        this.name = name;
        this.constants = constants;
        this.missing = missing;
    }

    /**
     * What a pipeline is made of.
     *
     * @throws CompilationFailedException if a constant has no value that the function needs
     */
    void requireReady() {
        if (missing != null) {
            throw new CompilationFailedException("making a pipeline of " + name, missing);
        }
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

    /**
     * The function constants that the function reads and that were given no value, in order of index; none when
     * {@link MetalLibrary#function(String, MetalFunctionConstants)} gave it.
     */
    public List<Constant> constants() {
        return constants;
    }

    /** What Metal says of the constants of a function. Inside an autorelease pool. */
    static List<Constant> readConstants(Retained function) {
        var objc = function.objectiveC();
        var send = objc.bind(CONSTANTS);
        var dictionary =
                MTLFunction_functionConstantsDictionary.invoke(send.function(), function.id(), send.selector());
        return NSDictionary.map(objc, dictionary, constant -> toConstant(objc, constant)).entrySet().stream()
                .map(e -> new Constant(
                        e.getKey(), e.getValue().index(), e.getValue().required()))
                .sorted(Comparator.comparingInt(Constant::index))
                .toList();
    }

    private static Constant toConstant(ObjectiveC objc, MemorySegment constant) {
        var index = objc.bind(CONSTANT_INDEX);
        var required = objc.bind(CONSTANT_REQUIRED);
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
