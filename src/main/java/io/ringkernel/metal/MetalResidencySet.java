package io.ringkernel.metal;

import io.ringkernel.metal.bindings.MTLDevice_newResidencySetWithDescriptor_error;
import io.ringkernel.metal.bindings.MTLResidencySetDescriptor_setInitialCapacity;
import io.ringkernel.metal.bindings.MTLResidencySetDescriptor_setLabel;
import io.ringkernel.metal.bindings.MTLResidencySet_addAllocations_count;
import io.ringkernel.metal.bindings.MTLResidencySet_allocatedSize;
import io.ringkernel.metal.bindings.MTLResidencySet_allocationCount;
import io.ringkernel.metal.bindings.MTLResidencySet_commit;
import io.ringkernel.metal.bindings.MTLResidencySet_containsAllocation;
import io.ringkernel.metal.bindings.MTLResidencySet_endResidency;
import io.ringkernel.metal.bindings.MTLResidencySet_label;
import io.ringkernel.metal.bindings.MTLResidencySet_removeAllAllocations;
import io.ringkernel.metal.bindings.MTLResidencySet_removeAllocations_count;
import io.ringkernel.metal.bindings.MTLResidencySet_requestResidency;
import io.ringkernel.metal.objc.ErrorSlot;
import io.ringkernel.metal.objc.Message;
import io.ringkernel.metal.objc.NSObject;
import io.ringkernel.metal.objc.NSString;
import io.ringkernel.metal.objc.ObjectiveC;
import io.ringkernel.metal.objc.Retained;
import java.lang.foreign.MemorySegment;
import java.util.List;

/**
 * Resources and heaps that kernels may reach by addresses without each encoder announcing them
 * ({@code MTLResidencySet}, macOS 15). Give it to a queue with {@link MetalCommandQueue#addResidencySet}, or to one
 * command buffer with {@link MetalCommandBuffer#useResidencySet}.
 *
 * <p>What is added and removed takes effect with {@link #commit()}. The set keeps alive what is in it.
 */
public final class MetalResidencySet extends MetalObject {
    private static final Message NEW_SET = Message.of(MTLDevice_newResidencySetWithDescriptor_error.class);
    private static final Message SET_CAPACITY = Message.of(MTLResidencySetDescriptor_setInitialCapacity.class);
    private static final Message SET_LABEL = Message.of(MTLResidencySetDescriptor_setLabel.class);
    private static final Message LABEL = Message.of(MTLResidencySet_label.class);
    private static final Message ADD = Message.of(MTLResidencySet_addAllocations_count.class);
    private static final Message REMOVE = Message.of(MTLResidencySet_removeAllocations_count.class);
    private static final Message REMOVE_ALL = Message.of(MTLResidencySet_removeAllAllocations.class);
    private static final Message CONTAINS = Message.of(MTLResidencySet_containsAllocation.class);
    private static final Message COUNT = Message.of(MTLResidencySet_allocationCount.class);
    private static final Message SIZE = Message.of(MTLResidencySet_allocatedSize.class);
    private static final Message COMMIT = Message.of(MTLResidencySet_commit.class);
    private static final Message REQUEST = Message.of(MTLResidencySet_requestResidency.class);
    private static final Message END = Message.of(MTLResidencySet_endResidency.class);

    private MetalResidencySet(Retained retained) {
        super(retained);
    }

    static boolean isSupportedBy(MetalDevice device) {
        try (var receiver = device.receiver()) {
            return device.objc().respondsTo(receiver.id(), NEW_SET);
        }
    }

    static MetalResidencySet make(MetalDevice device, String label, int initialCapacity) {
        if (initialCapacity < 0) {
            throw new IllegalArgumentException("initialCapacity is negative: " + initialCapacity);
        }
        if (!isSupportedBy(device)) {
            throw new UnsupportedOperationException("residency sets exist since macOS 15");
        }
        var objc = device.objc();
        try (var receiver = device.receiver();
                var slot = new ErrorSlot(objc);
                var text = NSString.of(objc, label);
                var descriptor = NSObject.make(objc, "MTLResidencySetDescriptor")) {
            var setLabel = objc.bind(SET_LABEL);
            MTLResidencySetDescriptor_setLabel.invoke(
                    setLabel.function(), descriptor.id(), setLabel.selector(), text.id());
            var capacity = objc.bind(SET_CAPACITY);
            MTLResidencySetDescriptor_setInitialCapacity.invoke(
                    capacity.function(), descriptor.id(), capacity.selector(), initialCapacity);
            var send = objc.bind(NEW_SET);
            var set = MTLDevice_newResidencySetWithDescriptor_error.invoke(
                    send.function(), receiver.id(), send.selector(), descriptor.id(), slot.address());
            if (ObjectiveC.isNil(set)) {
                throw new DriverException("making a residency set", MetalLibrary.errorOf(slot));
            }
            return new MetalResidencySet(Retained.of(objc, NEW_SET, set));
        }
    }

    /** Adds resources; what is in the set already stays. */
    public void add(MetalResource... resources) {
        send(ADD, MTLResidencySet_addAllocations_count::invoke, List.of(resources));
    }

    /** Adds heaps, with every resource in them. */
    public void add(MetalHeap... heaps) {
        send(ADD, MTLResidencySet_addAllocations_count::invoke, List.of(heaps));
    }

    /** Removes resources; what is not in the set is left alone. */
    public void remove(MetalResource... resources) {
        send(REMOVE, MTLResidencySet_removeAllocations_count::invoke, List.of(resources));
    }

    /** Removes heaps; what is not in the set is left alone. */
    public void remove(MetalHeap... heaps) {
        send(REMOVE, MTLResidencySet_removeAllocations_count::invoke, List.of(heaps));
    }

    /** A message with a C array of objects. */
    private interface SetObjects {
        void send(
                MemorySegment function,
                MemorySegment receiver,
                MemorySegment selector,
                MemorySegment pointers,
                long count);
    }

    private void send(Message message, SetObjects type, List<? extends MetalObject> objects) {
        if (objects.isEmpty()) {
            return;
        }
        var send = objc().bind(message);
        try (var receiver = receiver();
                var held = HeldObjects.of(this, objects)) {
            type.send(send.function(), receiver.id(), send.selector(), held.pointers(), held.count());
        }
    }

    /** Removes everything. */
    public void removeAll() {
        send(REMOVE_ALL, MTLResidencySet_removeAllAllocations::invoke);
    }

    /** Whether a resource is in the set, committed or not. */
    public boolean contains(MetalResource resource) {
        return containsObject(resource);
    }

    /** Whether a heap is in the set, committed or not. */
    public boolean contains(MetalHeap heap) {
        return containsObject(heap);
    }

    private boolean containsObject(MetalObject allocation) {
        var send = objc().bind(CONTAINS);
        try (var receiver = receiver();
                var held = allocation.heldFor(this)) {
            return MTLResidencySet_containsAllocation.invoke(
                    send.function(), receiver.id(), send.selector(), held.id());
        }
    }

    /** How many resources and heaps are in the set, committed or not. */
    public long count() {
        return sendForLong(COUNT, MTLResidencySet_allocationCount::invoke);
    }

    /** Bytes of what is in the set and committed. */
    public long allocatedSize() {
        return sendForLong(SIZE, MTLResidencySet_allocatedSize::invoke);
    }

    /** Lets what was added and removed take effect, for command buffers that are committed from now on. */
    public void commit() {
        send(COMMIT, MTLResidencySet_commit::invoke);
    }

    /** Asks the system to make everything resident now, so that the first command buffer need not wait for that. */
    public void requestResidency() {
        send(REQUEST, MTLResidencySet_requestResidency::invoke);
    }

    /** Takes {@link #requestResidency()} back. */
    public void endResidency() {
        send(END, MTLResidencySet_endResidency::invoke);
    }

    /** The name in tools and messages, which the set was made with. */
    public String label() {
        return sendForString(LABEL, MTLResidencySet_label::invoke);
    }
}
