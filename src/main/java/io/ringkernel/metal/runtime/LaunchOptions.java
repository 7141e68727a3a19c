package io.ringkernel.metal.runtime;

import io.ringkernel.metal.MetalBuffer;
import io.ringkernel.metal.MetalComputeEncoder;
import io.ringkernel.metal.MetalSize;
import io.ringkernel.metal.wire.MessageCodec;
import io.ringkernel.metal.wire.MessageHeader;
import io.ringkernel.metal.wire.Priority;
import io.ringkernel.metal.wire.RecordCodec;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * How a kernel is launched: sizes of its queues and memory, and how it handles messages.
 *
 * <p>Immutable. Every number is checked when it is set, and their combination by {@link Builder#build()}.
 */
public final class LaunchOptions {
    /** The most messages or replies that a queue may have room for. */
    public static final int MAX_CAPACITY = 1 << 20;

    /** The most bytes of state. */
    public static final int MAX_STATE_BYTES = 1 << 30;

    private static final int MAX_REPLIES = 64;
    private static final int MAX_THREADGROUP_BYTES = 32 << 10;
    private static final int THREADGROUP_BYTES_GRANULARITY = 16;
    private static final int DEFAULT_WAITING = 1 << 16;
    private static final LaunchOptions DEFAULTS = builder().build();

    /** How the messages of a batch are handled. */
    public enum Handling {
        /** In order, one after the other, by one threadgroup: what an actor with state needs. */
        SEQUENTIAL,
        /**
         * At the same time, by one threadgroup each: for handlers without state. Replies keep the messages' order. A
         * state is one for all messages, whose threadgroups share it in no order: only atomics may change it.
         */
        PARALLEL
    }

    /** Never changed: the choices of a builder that nobody else knows. */
    private final Builder chosen;

    private LaunchOptions(Builder builder) {
        chosen = new Builder(builder);
    }

    /**
     * One thread for one message after the other, queues of 1,024 messages and replies, payloads of up to 1,024 bytes,
     * one reply for each message, no state, not active until told.
     */
    public static LaunchOptions defaults() {
        return DEFAULTS;
    }

    /** Starts from {@link #defaults()}. */
    public static Builder builder() {
        return new Builder();
    }

    /** Starts from these options. */
    public Builder toBuilder() {
        return new Builder(chosen);
    }

    /** Threadgroups of a dispatch; one if {@link Handling#SEQUENTIAL}. */
    public MetalSize gridSize() {
        if (chosen.gridSize != null) {
            return chosen.gridSize;
        }
        return MetalSize.of(chosen.handling == Handling.SEQUENTIAL ? 1 : Math.min(chosen.inputCapacity, 256));
    }

    /** Threads that handle a message together. */
    public MetalSize blockSize() {
        return chosen.blockSize;
    }

    /** Messages that may wait, and the most of one batch; a power of two. */
    public int inputCapacity() {
        return chosen.inputCapacity;
    }

    /** Replies that may wait to be received; a power of two. */
    public int outputCapacity() {
        return chosen.outputCapacity;
    }

    /** The largest payload, of messages and of replies. */
    public int maxPayloadBytes() {
        return chosen.maxPayloadBytes;
    }

    /** The most replies and messages to others that a handler makes for one message. */
    public int repliesPerMessage() {
        return chosen.repliesPerMessage;
    }

    /** Bytes that the kernel keeps from message to message. */
    public int stateBytes() {
        return chosen.state.byteSize();
    }

    /** The caller's buffer that is the kernel's state, if there is one. */
    public Optional<MetalBuffer> state() {
        return chosen.state instanceof StateMemory.Lent(var buffer) ? Optional.of(buffer) : Optional.empty();
    }

    /** A copy of the state that the kernel starts with; empty if its state is the caller's buffer. */
    public byte[] initialState() {
        return chosen.state instanceof StateMemory.Own(var initial) ? initial.clone() : new byte[0];
    }

    /** Bytes of threadgroup memory that the handler's threads share. */
    public int threadgroupBytes() {
        return chosen.threadgroupBytes;
    }

    /** How the messages of a batch are handled. */
    public Handling handling() {
        return chosen.handling;
    }

    /** Whether the kernel is active when the launch completes. */
    public boolean isActivatedAtOnce() {
        return chosen.isActivatedAtOnce;
    }

    /** Which kernels come first when several are ready together. */
    public Priority priority() {
        return chosen.priority;
    }

    /** Whether the kernel may send to other kernels, and they to it. */
    public boolean usesK2K() {
        return chosen.usesK2K;
    }

    /** How long a send waits for room in a full queue; zero fails at once. */
    public Duration patience() {
        return chosen.patience;
    }

    /** How many messages may wait for room in a full queue, where sends have {@link #patience()}. */
    public int maxWaitingSends() {
        return chosen.maxWaitingSends;
    }

    /** Work of the caller's that is encoded behind every batch, if there is any. */
    public Optional<Consumer<MetalComputeEncoder>> followedBy() {
        return Optional.ofNullable(chosen.followedBy);
    }

    /** Collects options; not for use by several threads. */
    public static final class Builder {
        private MetalSize gridSize;
        private MetalSize blockSize = MetalSize.of(1);
        private int inputCapacity = 1024;
        private int outputCapacity = 1024;
        private int maxPayloadBytes = 1024;
        private int repliesPerMessage = 1;
        private StateMemory state = new StateMemory.Own(new byte[0]);
        private int threadgroupBytes;
        private Handling handling = Handling.SEQUENTIAL;
        private boolean isActivatedAtOnce;
        private Priority priority = Priority.NORMAL;
        private boolean usesK2K = true;
        private Duration patience = Duration.ZERO;
        private int maxWaitingSends = DEFAULT_WAITING;
        private Consumer<MetalComputeEncoder> followedBy;

        private Builder() {}

        private Builder(Builder other) {
            gridSize = other.gridSize;
            blockSize = other.blockSize;
            inputCapacity = other.inputCapacity;
            outputCapacity = other.outputCapacity;
            maxPayloadBytes = other.maxPayloadBytes;
            repliesPerMessage = other.repliesPerMessage;
            state = other.state;
            threadgroupBytes = other.threadgroupBytes;
            handling = other.handling;
            isActivatedAtOnce = other.isActivatedAtOnce;
            priority = other.priority;
            usesK2K = other.usesK2K;
            patience = other.patience;
            maxWaitingSends = other.maxWaitingSends;
            followedBy = other.followedBy;
        }

        /**
         * The most threadgroups of a dispatch: how many messages a {@link Handling#PARALLEL} kernel handles at the same
         * time. 256 unless set, or the input capacity if that is less.
         */
        public Builder gridSize(MetalSize threadgroups) {
            gridSize = Objects.requireNonNull(threadgroups, "threadgroups");
            return this;
        }

        /** Threads that handle a message together: one unless set. The pipeline's limit is checked at the launch. */
        public Builder blockSize(MetalSize threads) {
            blockSize = Objects.requireNonNull(threads, "threads");
            return this;
        }

        /**
         * Threads that handle a message together, along x.
         *
         * @throws IllegalArgumentException if {@code threads} is below 1
         */
        public Builder blockSize(int threads) {
            return blockSize(MetalSize.of(threads));
        }

        /**
         * Messages that may wait, and the most of one batch.
         *
         * @throws IllegalArgumentException if it is not a power of two in 1..{@link #MAX_CAPACITY}
         */
        public Builder inputCapacity(int messages) {
            inputCapacity = capacity("inputCapacity", messages);
            return this;
        }

        /**
         * Replies that may wait to be received. When they fill it, further messages wait until some are received.
         *
         * @throws IllegalArgumentException if it is not a power of two in 1..{@link #MAX_CAPACITY}
         */
        public Builder outputCapacity(int replies) {
            outputCapacity = capacity("outputCapacity", replies);
            return this;
        }

        private static int capacity(String name, int value) {
            if (value < 1 || value > MAX_CAPACITY || Integer.bitCount(value) != 1) {
                throw new IllegalArgumentException(name + " not a power of two in 1.." + MAX_CAPACITY + ": " + value);
            }
            return value;
        }

        /**
         * The largest payload, of messages and of replies.
         *
         * @throws IllegalArgumentException if it is not in 0..65536
         */
        public Builder maxPayloadBytes(int bytes) {
            maxPayloadBytes = inRange("maxPayloadBytes", bytes, 0, MessageHeader.MAX_PAYLOAD_SIZE);
            return this;
        }

        /**
         * The most replies and messages to others that a handler makes for one message. One more is an error of that
         * message.
         *
         * @throws IllegalArgumentException if it is not in 0..64
         */
        public Builder repliesPerMessage(int replies) {
            repliesPerMessage = inRange("repliesPerMessage", replies, 0, MAX_REPLIES);
            return this;
        }

        /**
         * Bytes that the kernel keeps from message to message, zero at first. No record that is used as state may be
         * larger.
         *
         * @throws IllegalArgumentException if it is not in 0..{@link #MAX_STATE_BYTES}
         */
        public Builder stateBytes(int bytes) {
            return state(new StateMemory.Own(new byte[StateMemory.require(bytes)]));
        }

        /**
         * The state that the kernel starts with, and its size.
         *
         * @throws IllegalArgumentException if there are more than {@link #MAX_STATE_BYTES}
         */
        public Builder initialState(byte[] bytes) {
            return state(new StateMemory.Own(bytes.clone()));
        }

        private Builder state(StateMemory memory) {
            state = memory;
            return this;
        }

        /**
         * The state that the kernel starts with, and its size.
         *
         * @throws IllegalArgumentException if the record cannot be a struct, see {@link RecordCodec#of(Class)}
         */
        public Builder initialState(Record record) {
            return initialState(RecordCodec.of(record), record);
        }

        /**
         * The state that the kernel starts with, and its size.
         *
         * @throws IllegalArgumentException if {@code codec} cannot encode it
         */
        public <T> Builder initialState(MessageCodec<T> codec, T value) {
            var bytes = new byte[codec.byteSize(value)];
            codec.encode(value, MemorySegment.ofArray(bytes));
            return state(new StateMemory.Own(bytes));
        }

        /**
         * A buffer of the caller's as the state, instead of memory of the kernel's own. It stays the caller's, who
         * keeps it open until the kernel has terminated; the host may use it while no message is being handled. Kernels
         * are dispatched side by side: two with the same buffer have to write to different parts of it.
         *
         * @param buffer of the device that the kernel is launched on; with another one's the launch fails
         * @throws IllegalArgumentException if its storage mode is not shared, or it has more than
         *     {@link #MAX_STATE_BYTES}
         * @throws IllegalStateException if it is closed
         */
        public Builder state(MetalBuffer buffer) {
            return state(new StateMemory.Lent(buffer));
        }

        /**
         * Encodes work of the caller's behind every batch of messages: it sees what the handler wrote, replies wait for
         * it, and the next batch sees what it wrote. The kernel shares no command buffer with others then.
         *
         * <p>It is called with a serial encoder, on any thread, for one batch after the other, and must not wait for
         * the runtime. If it throws, the batch and the kernel fail with what it threw.
         */
        public Builder followedBy(Consumer<MetalComputeEncoder> work) {
            followedBy = Objects.requireNonNull(work, "work");
            return this;
        }

        /**
         * Bytes of threadgroup memory that the handler's threads share. The device's limit is checked at the launch.
         *
         * @throws IllegalArgumentException if it is not a multiple of 16 in 0..32768
         */
        public Builder threadgroupBytes(int bytes) {
            inRange("threadgroupBytes", bytes, 0, MAX_THREADGROUP_BYTES);
            if (bytes % THREADGROUP_BYTES_GRANULARITY != 0) {
                throw new IllegalArgumentException("threadgroupBytes not a multiple of 16: " + bytes);
            }
            threadgroupBytes = bytes;
            return this;
        }

        /** How the messages of a batch are handled. */
        public Builder handling(Handling how) {
            handling = Objects.requireNonNull(how, "how");
            return this;
        }

        /** Makes the kernel active when the launch completes. */
        public Builder activateAtOnce() {
            isActivatedAtOnce = true;
            return this;
        }

        /** Which kernels come first when several are ready together. */
        public Builder priority(Priority level) {
            priority = Objects.requireNonNull(level, "level");
            return this;
        }

        /** Takes the kernel out of kernel-to-kernel messaging: what it sends, or is sent, becomes a dead letter. */
        public Builder withoutK2K() {
            usesK2K = false;
            return this;
        }

        /**
         * How long a send waits for room in a full queue, before it fails with {@link RingKernelException.QueueFull}.
         * Zero, the default, fails at once; 292 years and more are for ever.
         *
         * @throws IllegalArgumentException if it is negative
         */
        public Builder patience(Duration time) {
            if (time.isNegative()) {
                throw new IllegalArgumentException("patience is negative: " + time);
            }
            patience = time;
            return this;
        }

        /**
         * How many messages may wait for room in a full queue, where sends have patience; 65,536 unless set. One more
         * fails at once with {@link RingKernelException.QueueFull}.
         *
         * @throws IllegalArgumentException if it is below 1
         */
        public Builder maxWaitingSends(int messages) {
            maxWaitingSends = inRange("maxWaitingSends", messages, 1, Integer.MAX_VALUE);
            return this;
        }

        private static int inRange(String name, int value, int low, int high) {
            if (value < low || value > high) {
                throw new IllegalArgumentException(name + " not in " + low + ".." + high + ": " + value);
            }
            return value;
        }

        /**
         * The options.
         *
         * @throws IllegalArgumentException if a {@link Handling#SEQUENTIAL} kernel has more than one threadgroup, or
         *     the replies to one message do not fit the output capacity
         */
        public LaunchOptions build() {
            var options = new LaunchOptions(this);
            if (handling == Handling.SEQUENTIAL && options.gridSize().count() != 1) {
                throw new IllegalArgumentException("gridSize of a SEQUENTIAL kernel not 1: " + gridSize);
            }
            if (repliesPerMessage > outputCapacity) {
                throw new IllegalArgumentException(
                        "repliesPerMessage above outputCapacity " + outputCapacity + ": " + repliesPerMessage);
            }
            return options;
        }
    }
}
