package io.ringkernel.metal.runtime;

import io.ringkernel.metal.MetalSize;
import io.ringkernel.metal.wire.MessageCodec;
import io.ringkernel.metal.wire.MessageHeader;
import io.ringkernel.metal.wire.Priority;
import io.ringkernel.metal.wire.RecordCodec;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.Objects;

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
    private static final Duration MAX_PATIENCE = Duration.ofDays(1);
    private static final LaunchOptions DEFAULTS = builder().build();

    /** How the messages of a batch are handled. */
    public enum Handling {
        /** In order, one after the other, by one threadgroup: what an actor with state needs. */
        SEQUENTIAL,
        /** At the same time, by one threadgroup each: for handlers without state. Replies keep the messages' order. */
        PARALLEL
    }

    private final MetalSize gridSize;
    private final MetalSize blockSize;
    private final int inputCapacity;
    private final int outputCapacity;
    private final int maxPayloadBytes;
    private final int repliesPerMessage;
    private final byte[] initialState;
    private final int threadgroupBytes;
    private final Handling handling;
    private final boolean isActivatedAtOnce;
    private final Priority priority;
    private final boolean usesK2K;
    private final Duration patience;

    private LaunchOptions(Builder builder) {
        blockSize = builder.blockSize;
        handling = builder.handling;
        gridSize = builder.gridSize != null
                ? builder.gridSize
                : MetalSize.of(handling == Handling.SEQUENTIAL ? 1 : Math.min(builder.inputCapacity, 256));
        inputCapacity = builder.inputCapacity;
        outputCapacity = builder.outputCapacity;
        maxPayloadBytes = builder.maxPayloadBytes;
        repliesPerMessage = builder.repliesPerMessage;
        initialState = builder.initialState;
        threadgroupBytes = builder.threadgroupBytes;
        isActivatedAtOnce = builder.isActivatedAtOnce;
        priority = builder.priority;
        usesK2K = builder.usesK2K;
        patience = builder.patience;
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
        var builder = new Builder();
        builder.gridSize = gridSize;
        builder.blockSize = blockSize;
        builder.inputCapacity = inputCapacity;
        builder.outputCapacity = outputCapacity;
        builder.maxPayloadBytes = maxPayloadBytes;
        builder.repliesPerMessage = repliesPerMessage;
        builder.initialState = initialState;
        builder.threadgroupBytes = threadgroupBytes;
        builder.handling = handling;
        builder.isActivatedAtOnce = isActivatedAtOnce;
        builder.priority = priority;
        builder.usesK2K = usesK2K;
        builder.patience = patience;
        return builder;
    }

    /** Threadgroups of a dispatch; one if {@link Handling#SEQUENTIAL}. */
    public MetalSize gridSize() {
        return gridSize;
    }

    /** Threads that handle a message together. */
    public MetalSize blockSize() {
        return blockSize;
    }

    /** Messages that may wait, and the most of one batch; a power of two. */
    public int inputCapacity() {
        return inputCapacity;
    }

    /** Replies that may wait to be received; a power of two. */
    public int outputCapacity() {
        return outputCapacity;
    }

    /** The largest payload, of messages and of replies. */
    public int maxPayloadBytes() {
        return maxPayloadBytes;
    }

    /** The most replies and messages to others that a handler makes for one message. */
    public int repliesPerMessage() {
        return repliesPerMessage;
    }

    /** Bytes that the kernel keeps from message to message. */
    public int stateBytes() {
        return initialState.length;
    }

    /** A copy of the state that the kernel starts with. */
    public byte[] initialState() {
        return initialState.clone();
    }

    /** Bytes of threadgroup memory that the handler's threads share. */
    public int threadgroupBytes() {
        return threadgroupBytes;
    }

    /** How the messages of a batch are handled. */
    public Handling handling() {
        return handling;
    }

    /** Whether the kernel is active when the launch completes. */
    public boolean isActivatedAtOnce() {
        return isActivatedAtOnce;
    }

    /** Which kernels come first when several are ready together. */
    public Priority priority() {
        return priority;
    }

    /** Whether the kernel may send to other kernels, and they to it. */
    public boolean usesK2K() {
        return usesK2K;
    }

    /** How long a send waits for room in a full queue; zero fails at once. */
    public Duration patience() {
        return patience;
    }

    /** The codec of a record whose class is known at run time only. */
    @SuppressWarnings("unchecked") // a class's codec is one for its instances
    static MessageCodec<Record> codecOf(Record message) {
        return (MessageCodec<Record>) (MessageCodec<?>) RecordCodec.of(message.getClass());
    }

    /** Collects options; not for use by several threads. */
    public static final class Builder {
        private MetalSize gridSize;
        private MetalSize blockSize = MetalSize.of(1);
        private int inputCapacity = 1024;
        private int outputCapacity = 1024;
        private int maxPayloadBytes = 1024;
        private int repliesPerMessage = 1;
        private byte[] initialState = {};
        private int threadgroupBytes;
        private Handling handling = Handling.SEQUENTIAL;
        private boolean isActivatedAtOnce;
        private Priority priority = Priority.NORMAL;
        private boolean usesK2K = true;
        private Duration patience = Duration.ZERO;

        private Builder() {}

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
            initialState = new byte[inRange("stateBytes", bytes, 0, MAX_STATE_BYTES)];
            return this;
        }

        /**
         * The state that the kernel starts with, and its size.
         *
         * @throws IllegalArgumentException if there are more than {@link #MAX_STATE_BYTES}
         */
        public Builder initialState(byte[] state) {
            inRange("stateBytes", state.length, 0, MAX_STATE_BYTES);
            initialState = state.clone();
            return this;
        }

        /**
         * The state that the kernel starts with, and its size.
         *
         * @throws IllegalArgumentException if the record cannot be a struct, see {@link RecordCodec#of(Class)}
         */
        public Builder initialState(Record state) {
            return initialState(codecOf(state), state);
        }

        /**
         * The state that the kernel starts with, and its size.
         *
         * @throws IllegalArgumentException if {@code codec} cannot encode it
         */
        public <T> Builder initialState(MessageCodec<T> codec, T state) {
            var bytes = new byte[codec.byteSize(state)];
            codec.encode(state, MemorySegment.ofArray(bytes));
            return initialState(bytes);
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
         * Zero, the default, fails at once.
         *
         * @throws IllegalArgumentException if it is not in 0..1 day
         */
        public Builder patience(Duration time) {
            if (time.isNegative() || time.compareTo(MAX_PATIENCE) > 0) {
                throw new IllegalArgumentException("patience not in PT0S..PT24H: " + time);
            }
            patience = time;
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
            if (handling == Handling.SEQUENTIAL && options.gridSize.count() != 1) {
                throw new IllegalArgumentException("gridSize of a SEQUENTIAL kernel not 1: " + options.gridSize);
            }
            if (repliesPerMessage > outputCapacity) {
                throw new IllegalArgumentException(
                        "repliesPerMessage above outputCapacity " + outputCapacity + ": " + repliesPerMessage);
            }
            return options;
        }
    }
}
