package io.ringkernel.metal.software.command;

import static io.ringkernel.metal.software.runtime.MisuseException.require;

import io.ringkernel.metal.bindings.Mtl;
import io.ringkernel.metal.msl.texture.Handle;
import io.ringkernel.metal.msl.texture.Sampler;
import io.ringkernel.metal.software.foundation.Block;
import io.ringkernel.metal.software.foundation.NSError;
import io.ringkernel.metal.software.foundation.NSString;
import io.ringkernel.metal.software.gpu.LabeledObject;
import io.ringkernel.metal.software.resource.MTLResidencySet;
import io.ringkernel.metal.software.runtime.NSObject;
import io.ringkernel.metal.software.runtime.Selector;
import io.ringkernel.metal.software.runtime.Strong;
import io.ringkernel.metal.software.runtime.ViolationKind;
import io.ringkernel.metal.software.sync.MTLEvent;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/**
 * Work for a queue, encoded by one thread at a time, then committed and run once.
 *
 * <pre>
 *   NotEnqueued ──enqueue──► Enqueued ──commit──► Committed ──► Scheduled ──► Completed | Error
 *        └──────────────────commit──────────────────►┘
 * </pre>
 *
 * A misuse while encoding is recorded, and the command buffer then fails instead of running half of what was meant.
 */
public final class MTLCommandBuffer extends LabeledObject {
    private final Strong<MTLCommandQueue> queue;
    private final References references;
    private final InlineBytes inlineBytes;
    private final List<Sampler> ownSamplers = new ArrayList<>();
    private final long errorOptions;
    private final Strong<MTLLogState> logState;
    private final CommandLog log;
    private final List<Step> steps = new ArrayList<>();
    private final List<MTLResidencySet> residencySets = new ArrayList<>(0);
    private final CommandTimes times = new CommandTimes();
    private final Strong<NSError> error = new Strong<>();
    private final Object lock = new Object();
    // Guarded by lock.
    private final List<Block> scheduledHandlers = new ArrayList<>(1);
    private final List<Block> completedHandlers = new ArrayList<>(1);
    private boolean finished;
    private volatile long status = Mtl.MTLCommandBufferStatusNotEnqueued();
    private volatile MTLCommandEncoder openEncoder;
    private CommandFault misuse;
    private int debugGroups;

    MTLCommandBuffer(MTLCommandQueue queue, boolean retainsReferences, long errorOptions, MTLLogState logState) {
        super(queue.origin());
        this.queue = new Strong<>(queue);
        this.references = new References(retainsReferences);
        this.inlineBytes = new InlineBytes(queue.pages());
        this.errorOptions = errorOptions;
        this.logState = new Strong<>(logState);
        this.log = new CommandLog(logState);
    }

    /** What the kernels of this command buffer log. */
    CommandLog log() {
        return log;
    }

    boolean isCommitted() {
        return status >= Mtl.MTLCommandBufferStatusCommitted();
    }

    /** Makes the command buffer fail when it runs, because it does not hold what its client meant. */
    void poison(String text) {
        if (misuse == null) {
            misuse = CommandFault.invalidResource(text);
        }
    }

    /** Notes that an object must live until the command buffer is done. */
    void use(NSObject object) {
        references.add(object);
    }

    /** Lets kernels find a sampler until the command buffer is done. */
    Sampler keep(Sampler sampler) {
        Handle.SAMPLERS.add(sampler);
        ownSamplers.add(sampler);
        return sampler;
    }

    /** Copies inline constants for the time that the command buffer lives. */
    MemorySegment copyInline(MemorySegment bytes) {
        return inlineBytes.copy(bytes);
    }

    void ended(MTLCommandEncoder encoder, Step.Pass pass) {
        if (openEncoder == encoder) {
            openEncoder = null;
        }
        steps.add(pass);
    }

    void died(MTLCommandEncoder encoder) {
        if (openEncoder == encoder) {
            openEncoder = null;
            poison("an encoder was deallocated before endEncoding");
        }
    }

    private void requireEncodable() {
        require(!isCommitted(), ViolationKind.COMMAND_BUFFER_STATE, "encoding after commit: %s", this);
        require(openEncoder == null, ViolationKind.ENCODER_OPEN, "another encoder is open: %s", openEncoder);
    }

    private <T extends MTLCommandEncoder> T opened(T encoder) {
        openEncoder = encoder;
        return runtime().autorelease(encoder);
    }

    @Selector("computeCommandEncoder")
    MTLComputeCommandEncoder computeCommandEncoder() {
        return computeCommandEncoder(Mtl.MTLDispatchTypeSerial());
    }

    @Selector("computeCommandEncoderWithDispatchType:")
    MTLComputeCommandEncoder computeCommandEncoder(long dispatchType) {
        requireEncodable();
        return opened(new MTLComputeCommandEncoder(this, dispatchType));
    }

    @Selector("computeCommandEncoderWithDescriptor:")
    MTLComputeCommandEncoder computeCommandEncoder(MTLComputePassDescriptor descriptor) {
        var encoder = computeCommandEncoder(descriptor.dispatchType());
        descriptor.sampleBufferAttachments().all().stream()
                .filter(attachment -> attachment.sampleBuffer() != null)
                .forEach(encoder::sampleAtBoundaries);
        return encoder;
    }

    @Selector("useResidencySet:")
    void useResidencySet(MTLResidencySet set) {
        require(!isCommitted(), ViolationKind.COMMAND_BUFFER_STATE, "a residency set after commit: %s", this);
        requireSameDevice(set);
        use(set);
        residencySets.add(set);
    }

    /** The sets whose members kernels reach, known once it is committed. */
    List<MTLResidencySet> residencySets() {
        return residencySets;
    }

    @Selector("blitCommandEncoder")
    MTLBlitCommandEncoder blitCommandEncoder() {
        requireEncodable();
        return opened(new MTLBlitCommandEncoder(this));
    }

    @Selector("encodeWaitForEvent:value:")
    void encodeWait(MTLEvent event, long value) {
        requireEncodable();
        requireSameDevice(event);
        use(event);
        steps.add(new Step.Between(() -> {
            if (!event.await(value, gpu().faults()::isRemoved)) {
                throw CommandFault.deviceRemoved();
            }
        }));
    }

    @Selector("encodeSignalEvent:value:")
    void encodeSignal(MTLEvent event, long value) {
        requireEncodable();
        requireSameDevice(event);
        use(event);
        steps.add(new Step.Between(() -> event.signal(value)));
    }

    @Selector("pushDebugGroup:")
    void pushDebugGroup(NSString name) {
        debugGroups++;
    }

    @Selector("popDebugGroup")
    void popDebugGroup() {
        require(debugGroups > 0, ViolationKind.BAD_ARGUMENT, "popDebugGroup without pushDebugGroup: %s", this);
        debugGroups--;
    }

    @Selector("commandQueue")
    MTLCommandQueue commandQueue() {
        return queue.get();
    }

    @Selector("retainedReferences")
    boolean retainedReferences() {
        return references.retainsAtOnce();
    }

    @Selector("errorOptions")
    long errorOptions() {
        return errorOptions;
    }

    @Selector("status")
    long status() {
        return status;
    }

    @Selector("error")
    NSError error() {
        return error.get();
    }

    @Selector("kernelStartTime")
    double kernelStartTime() {
        return times.scheduleBegan();
    }

    @Selector("kernelEndTime")
    double kernelEndTime() {
        return times.scheduleEnded();
    }

    @Selector("GPUStartTime")
    double gpuStartTime() {
        return times.gpuBegan();
    }

    @Selector("GPUEndTime")
    double gpuEndTime() {
        return times.gpuEnded();
    }

    @Selector("addScheduledHandler:")
    void addScheduledHandler(Block handler) {
        addHandler(scheduledHandlers, handler);
    }

    @Selector("addCompletedHandler:")
    void addCompletedHandler(Block handler) {
        addHandler(completedHandlers, handler);
    }

    private void addHandler(List<Block> handlers, Block handler) {
        require(handler != null, ViolationKind.NIL_ARGUMENT, "NULL for a handler");
        synchronized (lock) {
            require(!isCommitted(), ViolationKind.HANDLER_TOO_LATE, "handler added after commit: %s", this);
            handlers.add(handler);
        }
        require(
                openEncoder == null,
                ViolationKind.HANDLER_TOO_LATE,
                "handler added while an encoder is open: %s",
                this);
    }

    @Selector("enqueue")
    void enqueue() {
        synchronized (lock) {
            require(
                    status == Mtl.MTLCommandBufferStatusNotEnqueued(),
                    ViolationKind.COMMAND_BUFFER_STATE,
                    "enqueued twice, or after commit: %s",
                    this);
            status = Mtl.MTLCommandBufferStatusEnqueued();
            queue.get().driver().enqueue(this);
        }
    }

    @Selector("commit")
    void commit() {
        var driver = queue.get().driver();
        var open = openEncoder;
        for (var set : queue.get().residencySets()) {
            use(set);
            residencySets.add(set);
        }
        synchronized (lock) {
            require(!isCommitted(), ViolationKind.COMMAND_BUFFER_STATE, "committed twice: %s", this);
            if (open != null) {
                // It runs all the same, and fails: whoever waits for it must not wait for ever.
                poison("committed while an encoder was open");
            }
            retain();
            if (status == Mtl.MTLCommandBufferStatusNotEnqueued()) {
                driver.enqueue(this);
            }
            status = Mtl.MTLCommandBufferStatusCommitted();
        }
        driver.committed();
        require(open == null, ViolationKind.ENCODER_OPEN, "committed while an encoder is open: %s", open);
    }

    @Selector("waitUntilScheduled")
    void waitUntilScheduled() {
        awaitStatus(Mtl.MTLCommandBufferStatusScheduled(), false);
    }

    @Selector("waitUntilCompleted")
    void waitUntilCompleted() {
        awaitStatus(Mtl.MTLCommandBufferStatusCompleted(), true);
    }

    private void awaitStatus(long wanted, boolean handlersToo) {
        require(isCommitted(), ViolationKind.COMMAND_BUFFER_STATE, "waited for before commit: %s", this);
        boolean interrupted = false;
        synchronized (lock) {
            while (status < wanted || handlersToo && !finished) {
                try {
                    lock.wait();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Runs the command buffer; called once, by the queue's thread, which then gives up the reference that commit took.
     */
    void execute() {
        long pool = runtime().pools().push();
        try {
            times.beginSchedule();
            advance(Mtl.MTLCommandBufferStatusScheduled());
            scheduledHandlers.forEach(handler -> handler.call(this));
            times.beginGpu();
            var run = new CommandRun(this, steps, misuse);
            run.run();
            gpu().faults().awaitCompletionAllowed();
            run.checkRemoved();
            times.endGpu();
            complete(run);
        } finally {
            runtime().pools().pop(pool);
            release();
        }
    }

    /** Retains what the command buffer uses while it runs. */
    void holdReferences() {
        references.hold().ifPresent(dead -> {
            var text = "died before the command buffer without retained references was done: " + dead;
            runtime().violations().record(ViolationKind.UNRETAINED_RESOURCE, text);
            throw CommandFault.invalidResource(text);
        });
    }

    private void complete(CommandRun run) {
        boolean wantsEncoders = errorOptions == Mtl.MTLCommandBufferErrorOptionEncoderExecutionStatus();
        run.error(wantsEncoders).ifPresent(made -> {
            error.set(made);
            made.releaseForClient();
        });
        log.deliver(runtime());
        letGo();
        queue.get().freeSlot();
        advance(error.get() == null ? Mtl.MTLCommandBufferStatusCompleted() : Mtl.MTLCommandBufferStatusError());
        completedHandlers.forEach(handler -> handler.call(this));
        synchronized (lock) {
            finished = true;
            lock.notifyAll();
        }
    }

    private void advance(long next) {
        synchronized (lock) {
            status = next;
            lock.notifyAll();
        }
    }

    private void letGo() {
        steps.clear();
        references.release();
        inlineBytes.free();
        ownSamplers.forEach(Handle.SAMPLERS::remove);
    }

    @Override
    protected void dealloc() {
        if (!isCommitted()) {
            letGo();
            queue.get().driver().abandon(this);
            queue.get().freeSlot();
        }
        error.clear();
        logState.clear();
        queue.clear();
        super.dealloc();
    }
}
