package io.ringkernel.metal.wire;

import static java.lang.invoke.MethodType.methodType;

import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * A codec over two composed method handles. It is a record because the JVM trusts a record's fields to be constant:
 * only then does it compile the handles of a codec in a static final field into the code that uses them.
 */
record MslRecordCodec<R extends Record>(
        Class<R> type,
        long messageType,
        MslStruct struct,
        int byteSize,
        boolean isRingMessage,
        MethodHandle writer,
        MethodHandle reader,
        MethodHandle heapWriter,
        MethodHandle heapReader)
        implements RecordCodec<R> {

    private static final ClassValue<MslRecordCodec<?>> CACHE = new ClassValue<>() {
        @Override
        protected MslRecordCodec<?> computeValue(Class<?> type) {
            return create(type.asSubclass(Record.class));
        }
    };

    /** For messages to people: which record a number stands for, the first one that claimed it. */
    private static final ConcurrentHashMap<Long, String> NAMES = new ConcurrentHashMap<>();

    static String nameOf(long messageType) {
        var name = NAMES.get(messageType);
        return name == null ? "message type 0x%016x".formatted(messageType) : name;
    }

    @SuppressWarnings("unchecked")
    static <R extends Record> RecordCodec<R> cached(Class<R> type) {
        return (RecordCodec<R>) CACHE.get(type);
    }

    private static <R extends Record> MslRecordCodec<R> create(Class<R> type) {
        if (!type.isRecord()) {
            throw new IllegalArgumentException("type is no record: " + type.getName());
        }
        var struct = MslStruct.of(type);
        if (struct.isVector()) {
            throw new IllegalArgumentException("message is a @Vector, which is no struct: " + type.getName());
        }
        int size = struct.members().isEmpty() ? 0 : struct.byteSize();
        if (size > MessageHeader.MAX_PAYLOAD_SIZE) {
            throw new IllegalArgumentException(
                    "byte size of " + type.getName() + " not in 0.." + MessageHeader.MAX_PAYLOAD_SIZE + ": " + size);
        }
        try {
            var access = new RecordAccess(MemorySegment.class);
            var heapAccess = new RecordAccess(byte[].class);
            var codec = new MslRecordCodec<R>(
                    type,
                    messageType(type),
                    struct,
                    size,
                    RingMessage.class.isAssignableFrom(type),
                    access.writer(struct).asType(methodType(void.class, Record.class, MemorySegment.class, long.class)),
                    access.reader(struct).asType(methodType(Record.class, MemorySegment.class, long.class)),
                    heapAccess.writer(struct).asType(methodType(void.class, Record.class, byte[].class, long.class)),
                    heapAccess.reader(struct).asType(methodType(Record.class, byte[].class, long.class)));
            NAMES.putIfAbsent(codec.messageType, type.getName());
            return codec;
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException(
                    "record not accessible, its module must open its package to io.ringkernel.metal: " + type, e);
        }
    }

    private static long messageType(Class<?> type) {
        var chosen = type.getAnnotation(RingMessage.Type.class);
        return chosen != null ? chosen.value() : Wire.stableHash(type.getName());
    }

    static String define(List<? extends RecordCodec<?>> codecs) {
        var own = codecs.stream()
                .<MslRecordCodec<?>>map(codec -> (MslRecordCodec<?>) codec)
                .distinct()
                .toList();
        var structs = MslStruct.define(own.stream().map(MslRecordCodec::struct).toList());
        return own.stream()
                .map(codec -> "constant constexpr ulong %s_MESSAGE_TYPE = 0x%016xul;\n"
                        .formatted(codec.structName(), codec.messageType))
                .collect(Collectors.joining("", structs, ""));
    }

    @Override
    public String structName() {
        return struct.mslName();
    }

    @Override
    public MemoryLayout layout() {
        return struct.layout();
    }

    @Override
    public String mslDefinition() {
        return define(List.of(this));
    }

    @Override
    public Priority priority(R message) {
        return isRingMessage ? ((RingMessage) message).messagePriority() : Priority.NORMAL;
    }

    @Override
    public CorrelationId correlation(R message) {
        return isRingMessage ? ((RingMessage) message).messageCorrelation() : CorrelationId.NONE;
    }

    @Override
    public int byteSize(R message) {
        return byteSize;
    }

    @Override
    public void encode(R message, MemorySegment target) {
        Wire.checkRoom(target, byteSize);
        try {
            writer.invokeExact((Record) message, target, 0L);
        } catch (Throwable e) {
            throw unencodable(e);
        }
    }

    @Override
    public R decode(MemorySegment payload) {
        checkSize(payload.byteSize());
        try {
            return type.cast((Record) reader.invokeExact(payload, 0L));
        } catch (Throwable e) {
            throw undecodable(e);
        }
    }

    /** As {@link #encode}, into a new array of {@link #byteSize} bytes. */
    byte[] encode(R message) {
        var payload = new byte[byteSize];
        try {
            heapWriter.invokeExact((Record) message, payload, 0L);
        } catch (Throwable e) {
            throw unencodable(e);
        }
        return payload;
    }

    /** As {@link #decode(MemorySegment)}, from an array. */
    R decode(byte[] payload) {
        checkSize(payload.length);
        try {
            return type.cast((Record) heapReader.invokeExact(payload, 0L));
        } catch (Throwable e) {
            throw undecodable(e);
        }
    }

    private void checkSize(long actual) {
        if (actual != byteSize) {
            throw new MalformedMessageException(
                    type.getSimpleName(), "has not " + byteSize + " bytes", Long.toString(actual));
        }
    }

    private RuntimeException unencodable(Throwable cause) {
        return switch (cause) {
            case RuntimeException e -> e;
            case Error e -> throw e;
            default -> new IllegalArgumentException("accessor failed: " + type.getName(), cause);
        };
    }

    private MalformedMessageException undecodable(Throwable cause) {
        return switch (cause) {
            case MalformedMessageException e -> e;
            case Error e -> throw e;
            default -> {
                var malformed = new MalformedMessageException(
                        type.getSimpleName(), "refused by its constructor", String.valueOf(cause.getMessage()));
                malformed.initCause(cause);
                yield malformed;
            }
        };
    }
}
