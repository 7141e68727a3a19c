package io.ringkernel.metal.software.foundation;

import static io.ringkernel.metal.software.runtime.MisuseException.require;

import io.ringkernel.metal.bindings.Block_invoke_bytes;
import io.ringkernel.metal.bindings.Block_invoke_object;
import io.ringkernel.metal.bindings.Block_invoke_object_value;
import io.ringkernel.metal.bindings.Block_literal;
import io.ringkernel.metal.bindings.Mtl;
import io.ringkernel.metal.software.runtime.NSObject;
import io.ringkernel.metal.software.runtime.ViolationKind;
import java.lang.foreign.MemorySegment;

/** A client's block; global blocks only, which need no copy. */
public record Block(MemorySegment literal) {

    /** The block behind a pointer; null for NULL. */
    static Block read(MemorySegment literal) {
        if (literal.address() == 0) {
            return null;
        }
        var sized = literal.asSlice(0, Block_literal.layout().byteSize());
        require(
                (Block_literal.flags(sized) & Mtl.BLOCK_IS_GLOBAL()) != 0,
                ViolationKind.UNSUPPORTED,
                "not a global block: 0x%x",
                literal.address());
        return new Block(sized);
    }

    /** Calls a block {@code void (^)(id)}. */
    public void call(NSObject object) {
        Block_invoke_object.invoke(Block_literal.invoke(literal), literal, MemorySegment.ofAddress(object.address()));
    }

    /** Calls a block {@code void (^)(id, uint64_t)}. */
    public void call(NSObject object, long value) {
        var id = MemorySegment.ofAddress(object.address());
        Block_invoke_object_value.invoke(Block_literal.invoke(literal), literal, id, value);
    }

    /** Calls a block {@code void (^)(void *, NSUInteger)}. */
    public void call(MemorySegment bytes) {
        Block_invoke_bytes.invoke(Block_literal.invoke(literal), literal, bytes, bytes.byteSize());
    }
}
