package io.ringkernel.metal.software.foundation;

import static io.ringkernel.metal.software.runtime.MisuseException.require;

import io.ringkernel.metal.bindings.Block_descriptor;
import io.ringkernel.metal.bindings.Block_invoke_bytes;
import io.ringkernel.metal.bindings.Block_invoke_log;
import io.ringkernel.metal.bindings.Block_invoke_object;
import io.ringkernel.metal.bindings.Block_invoke_object_value;
import io.ringkernel.metal.bindings.Block_invoke_three_objects;
import io.ringkernel.metal.bindings.Block_invoke_two_objects;
import io.ringkernel.metal.bindings.Block_literal;
import io.ringkernel.metal.bindings.Mtl;
import io.ringkernel.metal.software.runtime.NSObject;
import io.ringkernel.metal.software.runtime.ViolationKind;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * A client's block, copied when it is handed over, since a client may reuse the memory of a block on the stack at once;
 * and most are called once at most, after which the copy's memory is used for another. Blocks that need a function to
 * be copied are not supported.
 *
 * <p>An object that a block gets is known to it by another address than to the client, as under Metal's API validation,
 * which wraps objects. The two act alike.
 */
public final class Block {
    private static final long HEADER = Block_literal.layout().byteSize();
    private static final long LARGEST = 64;

    /** Memory of blocks that were called; that of a block which never is belongs to the garbage collector. */
    private static final ConcurrentLinkedQueue<MemorySegment> FREE = new ConcurrentLinkedQueue<>();

    private final MemorySegment literal;

    private Block(MemorySegment literal) {
        this.literal = literal;
    }

    /** The block behind a pointer; null for NULL. */
    static Block read(MemorySegment block) {
        if (block.address() == 0) {
            return null;
        }
        int flags = Block_literal.flags(block);
        require(
                flags == 0 || flags == Mtl.BLOCK_IS_GLOBAL(),
                ViolationKind.UNSUPPORTED,
                "a block with the flags 0x%x",
                flags);
        long size = Block_descriptor.size(Block_literal.descriptor(block));
        require(size >= HEADER && size <= LARGEST, ViolationKind.UNSUPPORTED, "a block of %d bytes", size);
        var free = FREE.poll();
        var copy = free == null ? Arena.ofAuto().allocate(LARGEST, Long.BYTES) : free;
        MemorySegment.copy(block, 0, copy, 0, size);
        return new Block(copy);
    }

    /** Calls a block {@code void (^)(id)}. */
    public void call(NSObject object) {
        Block_invoke_object.invoke(Block_literal.invoke(literal), literal, id(object));
        FREE.offer(literal);
    }

    /** Calls a block {@code void (^)(id, uint64_t)}. */
    public void call(NSObject object, long value) {
        Block_invoke_object_value.invoke(Block_literal.invoke(literal), literal, id(object), value);
        FREE.offer(literal);
    }

    /** Calls a block {@code void (^)(void *, NSUInteger)}. */
    public void call(MemorySegment bytes) {
        Block_invoke_bytes.invoke(Block_literal.invoke(literal), literal, bytes, bytes.byteSize());
        FREE.offer(literal);
    }

    /** Calls a block {@code void (^)(id, NSError *)}. */
    public void call(NSObject first, NSObject second) {
        Block_invoke_two_objects.invoke(Block_literal.invoke(literal), literal, id(first), id(second));
        FREE.offer(literal);
    }

    /** Calls a block {@code void (^)(id, id, NSError *)}. */
    public void call(NSObject first, NSObject second, NSObject third) {
        Block_invoke_three_objects.invoke(Block_literal.invoke(literal), literal, id(first), id(second), id(third));
        FREE.offer(literal);
    }

    /** Calls a block {@code void (^)(NSString *, NSString *, MTLLogLevel, NSString *)}, which is called again. */
    public void log(NSObject subsystem, NSObject category, long level, NSObject message) {
        Block_invoke_log.invoke(
                Block_literal.invoke(literal), literal, id(subsystem), id(category), level, id(message));
    }

    private static MemorySegment id(NSObject object) {
        return object == null ? MemorySegment.NULL : MemorySegment.ofAddress(object.wrappedAddress());
    }
}
