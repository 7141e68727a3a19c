package io.ringkernel.metal.runtime.engine;

import io.ringkernel.metal.MetalComputeEncoder;
import io.ringkernel.metal.hlc.HlcTimestamp;
import io.ringkernel.metal.runtime.RingKernelException;
import io.ringkernel.metal.wire.MessageEnvelope;
import java.util.List;
import java.util.Optional;

/**
 * Where a kernel's messages lie for the GPU, and how its dispatches are encoded. One thread at a time; between a commit
 * and its completion nobody but the GPU.
 */
sealed interface KernelMemory extends AutoCloseable permits BatchMemory, MemberMemory {
    /**
     * Takes what became of a submission's messages: first what failed, then the outputs in the order of their making.
     */
    interface Results {
        /** The index of messages that are not of the batch: other kernels sent them on the GPU. */
        int NOT_OF_BATCH = -1;

        /** The handler, or the code around it, reported an error for a message of the batch. */
        void failed(int index, int code);

        /** The handler reported an error for a message that another kernel sent on the GPU. */
        void failed(MessageEnvelope message, int code);

        /** An output, with its checksum, for a message of the batch, or for another one. */
        void output(int index, MessageEnvelope output);
    }

    /**
     * What a submission came to.
     *
     * @param dispatches dispatches of the kernel
     * @param handled messages that it handled
     * @param arrived messages that other kernels sent to it on the GPU
     * @param sent messages that it sent to other kernels on the GPU
     */
    record Tally(int dispatches, int handled, int arrived, int sent) {}

    /** Lets the GPU side handle messages, or not; not while a submission is under way. */
    void setActive(boolean isActive);

    /** The most messages that the next batch may have: as many as have slots for themselves and for their replies. */
    int batchLimit();

    /** Whether the kernel may get messages in the course of a submission. */
    boolean isReachable();

    /** Messages that other kernels sent on the GPU and that wait to be handled. */
    int waiting();

    /**
     * Copies a batch to where the kernel reads it.
     *
     * @param outputRoom how many outputs the host takes, not counting the replies that answer calls
     * @param now the host's clock, after the timestamps of all messages
     * @return the number of bytes that the GPU gets
     */
    long write(Batch batch, int outputRoom, HlcTimestamp now);

    /** Keeps the kernel out of the next submission. */
    void skip();

    /** Encodes one dispatch. */
    void encode(MetalComputeEncoder encoder);

    /**
     * After a submission: what it came to.
     *
     * @throws IllegalStateException if the GPU side did not take the whole batch
     */
    Tally tally(Batch batch);

    /** The GPU side's clock after the submission. */
    HlcTimestamp clock();

    /**
     * After a submission: what became of its messages.
     *
     * @throws io.ringkernel.metal.wire.MalformedMessageException if something that the GPU wrote is no message, and
     *     nobody can tell whose it was
     */
    void results(Batch batch, Results results);

    /** Gives the slots of the batch that was written last to the next one. */
    void release(Batch batch);

    /** Whether what a submission did to the kernel can be taken back. */
    boolean canRollBack();

    /**
     * After a submission that failed: the kernel is as it was before {@link #write}. What the GPU wrote since is of no
     * consequence.
     *
     * @param hasBegun whether the GPU may have written anything; if so, {@link #canRollBack()} must hold
     */
    void rollBack(boolean hasBegun);

    /**
     * A kernel of its own leaves its memory to a submission that does not end.
     *
     * @return new memory, as this was before {@link #write}; empty if there is none that could be
     */
    Optional<KernelMemory> relocated();

    /**
     * Why a message to the kernel with a number did not go there on the GPU though a route leads there; null if there
     * is no such route, or the kernel has ended.
     */
    RingKernelException refusal(long kernel);

    /**
     * Messages of other kernels that end with this one: those that waited before a submission that failed or whose
     * results cannot be taken, and those that wait now.
     */
    List<MessageEnvelope> abandoned();

    long byteSize();

    @Override
    void close();
}
