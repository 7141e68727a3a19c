package io.ringkernel.metal;

import io.ringkernel.metal.bindings.MTLCommandBufferDescriptor_setErrorOptions;
import io.ringkernel.metal.bindings.MTLCommandQueueDescriptor_setLogState;
import io.ringkernel.metal.bindings.MTLCommandQueueDescriptor_setMaxCommandBufferCount;
import io.ringkernel.metal.bindings.MTLCommandQueue_addResidencySet;
import io.ringkernel.metal.bindings.MTLCommandQueue_commandBuffer;
import io.ringkernel.metal.bindings.MTLCommandQueue_commandBufferWithDescriptor;
import io.ringkernel.metal.bindings.MTLCommandQueue_commandBufferWithUnretainedReferences;
import io.ringkernel.metal.bindings.MTLCommandQueue_removeResidencySet;
import io.ringkernel.metal.bindings.MTLCommandQueue_setLabel;
import io.ringkernel.metal.bindings.MTLDevice_newCommandQueueWithDescriptor;
import io.ringkernel.metal.bindings.MTLDevice_newCommandQueueWithMaxCommandBufferCount;
import io.ringkernel.metal.objc.Message;
import io.ringkernel.metal.objc.NSObject;
import io.ringkernel.metal.objc.Retained;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * Runs command buffers in the order in which they were enqueued or committed ({@code MTLCommandQueue}).
 *
 * <p><b>Threads.</b> Many threads may take command buffers from one queue, and encode them at the same time.
 */
public final class MetalCommandQueue extends MetalObject {
    static final int DEFAULT_CAPACITY = 64;

    /** Metal names no limit, and sets memory aside for each; no GPU keeps as many busy. */
    static final int MAX_CAPACITY = 4096;

    private static final Message NEW_QUEUE = Message.of(MTLDevice_newCommandQueueWithMaxCommandBufferCount.class);
    private static final Message COMMAND_BUFFER = Message.of(MTLCommandQueue_commandBuffer.class);
    private static final Message COMMAND_BUFFER_WITH_DESCRIPTOR =
            Message.of(MTLCommandQueue_commandBufferWithDescriptor.class);
    private static final Message SET_ERROR_OPTIONS = Message.of(MTLCommandBufferDescriptor_setErrorOptions.class);
    private static final Message ADD_RESIDENCY = Message.of(MTLCommandQueue_addResidencySet.class);
    private static final Message REMOVE_RESIDENCY = Message.of(MTLCommandQueue_removeResidencySet.class);
    private static final Message NEW_QUEUE_WITH_DESCRIPTOR = Message.of(MTLDevice_newCommandQueueWithDescriptor.class);
    private static final Message SET_COUNT = Message.of(MTLCommandQueueDescriptor_setMaxCommandBufferCount.class);
    private static final Message SET_LOG = Message.of(MTLCommandQueueDescriptor_setLogState.class);
    private static final Message UNRETAINED = Message.of(MTLCommandQueue_commandBufferWithUnretainedReferences.class);
    private static final Message SET_LABEL = Message.of(MTLCommandQueue_setLabel.class);

    private final CommandBufferPlaces places;
    private final MetalDevice device;
    private volatile String label = "";

    private MetalCommandQueue(Retained retained, MetalDevice device, int capacity) {
        super(retained);
        this.device = device;
        places = new CommandBufferPlaces(capacity, this::toString);
    }

    static MetalCommandQueue make(MetalDevice device, int capacity, Optional<MetalLogState> log) {
        if (capacity < 1 || capacity > MAX_CAPACITY) {
            throw new IllegalArgumentException("maxCommandBuffers not in 1.." + MAX_CAPACITY + ": " + capacity);
        }
        var objc = device.objc();
        if (log.isPresent()) {
            return new MetalCommandQueue(withLog(device, capacity, log.get()), device, capacity);
        }
        var send = objc.bind(NEW_QUEUE);
        try (var receiver = device.receiver()) {
            var queue = MTLDevice_newCommandQueueWithMaxCommandBufferCount.invoke(
                    send.function(), receiver.id(), send.selector(), capacity);
            return new MetalCommandQueue(kept(objc, NEW_QUEUE, queue), device, capacity);
        }
    }

    private static Retained withLog(MetalDevice device, int capacity, MetalLogState log) {
        var objc = device.objc();
        try (var receiver = device.receiver();
                var held = log.heldFor(device);
                var descriptor = NSObject.make(objc, "MTLCommandQueueDescriptor")) {
            var count = objc.bind(SET_COUNT);
            MTLCommandQueueDescriptor_setMaxCommandBufferCount.invoke(
                    count.function(), descriptor.id(), count.selector(), capacity);
            var set = objc.bind(SET_LOG);
            MTLCommandQueueDescriptor_setLogState.invoke(set.function(), descriptor.id(), set.selector(), held.id());
            var send = objc.bind(NEW_QUEUE_WITH_DESCRIPTOR);
            var queue = MTLDevice_newCommandQueueWithDescriptor.invoke(
                    send.function(), receiver.id(), send.selector(), descriptor.id());
            return kept(objc, NEW_QUEUE_WITH_DESCRIPTOR, queue);
        }
    }

    /**
     * A new command buffer, which keeps alive whatever is encoded into it. Waits while as many as the queue allows have
     * not completed; one that is not to be committed must be closed.
     *
     * <p>A wait that lasts is logged, with those that hold the queue's places. One that was dropped, neither committed
     * nor closed, is given up during such a wait once the garbage collector has found that nobody can reach it.
     *
     * @throws IllegalStateException after close; or if the thread is interrupted while it waits, and is so afterwards
     *     too; or if it waits as long as {@link #setLongestWait} says
     */
    public MetalCommandBuffer commandBuffer() {
        return commandBuffer(MetalErrorOption.NONE);
    }

    /**
     * A new command buffer as {@link #commandBuffer()}, whose error, should it fail, tells more.
     *
     * @param option what more
     * @throws DriverException if the driver cannot make it
     * @throws IllegalStateException as {@link #commandBuffer()}
     */
    public MetalCommandBuffer commandBuffer(MetalErrorOption option) {
        Objects.requireNonNull(option, "option");
        places.await();
        try {
            return new MetalCommandBuffer(newCommandBuffer(option), this, places);
        } catch (RuntimeException | Error e) {
            places.release();
            throw e;
        }
    }

    /**
     * A new command buffer as {@link #commandBuffer()}, for callers who count every reference: it keeps nothing alive.
     * Whatever is encoded into it must stay open until it has completed, objects that the encoders bind too.
     *
     * @throws DriverException if the driver cannot make it
     * @throws IllegalStateException as {@link #commandBuffer()}
     */
    public MetalCommandBuffer commandBufferWithUnretainedReferences() {
        places.await();
        try {
            var made = sendForObject(UNRETAINED, MTLCommandQueue_commandBufferWithUnretainedReferences::invoke);
            return new MetalCommandBuffer(made, this, places);
        } catch (RuntimeException | Error e) {
            places.release();
            throw e;
        }
    }

    private Retained newCommandBuffer(MetalErrorOption option) {
        if (option == MetalErrorOption.NONE) {
            return sendForObject(COMMAND_BUFFER, MTLCommandQueue_commandBuffer::invoke);
        }
        var objc = objc();
        try (var receiver = receiver();
                var descriptor = NSObject.make(objc, "MTLCommandBufferDescriptor")) {
            var set = objc.bind(SET_ERROR_OPTIONS);
            MTLCommandBufferDescriptor_setErrorOptions.invoke(
                    set.function(), descriptor.id(), set.selector(), option.code());
            var send = objc.bind(COMMAND_BUFFER_WITH_DESCRIPTOR);
            var id = MTLCommandQueue_commandBufferWithDescriptor.invoke(
                    send.function(), receiver.id(), send.selector(), descriptor.id());
            return kept(objc, COMMAND_BUFFER_WITH_DESCRIPTOR, id);
        }
    }

    /**
     * Bounds how long {@link #commandBuffer()} waits; as long as it takes unless set.
     *
     * @param wait zero does not wait; 292 years and more are for ever
     * @throws IllegalArgumentException if {@code wait} is negative
     */
    public void setLongestWait(Duration wait) {
        if (wait.isNegative()) {
            throw new IllegalArgumentException("wait is negative: " + wait);
        }
        places.longestWait(wait);
    }

    /** Gives the queue up, and command buffers that were dropped. Idempotent. */
    @Override
    public void close() {
        places.reclaim();
        super.close();
    }

    /**
     * Runs a pipeline once over a grid, in threadgroups of a size that suits it.
     *
     * @param grid the number of threads
     * @param buffers bound at index 0, 1, 2 and so on
     * @return completes with the command buffer when what it wrote can be read; fails with
     *     {@link CommandFailedException}
     * @throws IllegalStateException if the pipeline uses a buffer that is not given
     * @throws IndexOutOfBoundsException if there are more than 31 buffers
     */
    public CompletableFuture<MetalCommandBuffer> run(MetalPipeline pipeline, MetalSize grid, MetalBuffer... buffers) {
        try (var commands = commandBuffer()) {
            try (var encoder = commands.computeEncoder()) {
                encoder.setPipeline(pipeline);
                encoder.setBuffers(0, buffers);
                encoder.dispatchThreads(grid, pipeline.threadgroupSizeFor(grid));
            }
            return commands.commit();
        }
    }

    /**
     * Runs the commands of one compute encoder, waits, and says how long the GPU took for them: by its own timestamps
     * at the encoder's boundaries where it takes them, or else by the times of the command buffer.
     *
     * @throws CommandFailedException if they fail
     */
    public Duration time(Consumer<MetalComputeEncoder> commands) {
        return GpuTimer.time(this, commands);
    }

    /**
     * Makes what is in a set reachable for every command buffer that is committed from now on. The queue keeps the set
     * until it is removed.
     *
     * @throws IllegalArgumentException if it comes from another device
     */
    public void addResidencySet(MetalResidencySet set) {
        sendObject(ADD_RESIDENCY, MTLCommandQueue_addResidencySet::invoke, set);
    }

    /** Takes {@link #addResidencySet} back. */
    public void removeResidencySet(MetalResidencySet set) {
        sendObject(REMOVE_RESIDENCY, MTLCommandQueue_removeResidencySet::invoke, set);
    }

    /** The device that runs it; it may be closed before the queue. */
    public MetalDevice device() {
        return device;
    }

    /** The name in tools and messages; empty at first. */
    public String label() {
        return label;
    }

    /** Names the queue in tools and messages. */
    public void setLabel(String newLabel) {
        sendString(SET_LABEL, MTLCommandQueue_setLabel::invoke, newLabel);
        label = newLabel;
    }

    @Override
    public String toString() {
        return "MetalCommandQueue[" + label + "]";
    }
}
