package io.ringkernel.metal.wire;

import java.lang.foreign.MemoryLayout;
import java.util.List;

/**
 * The codec of a record: its components are the members of an MSL struct, laid out by MSL's rules.
 *
 * <pre>{@code
 * record Sample(@Unsigned int channel, float value, @Length(3) float[] history) {}
 *
 * static final RecordCodec<Sample> SAMPLE = RecordCodec.of(Sample.class);
 *
 * SAMPLE.mslDefinition();   // struct Sample { uint channel; float value; float history[3]; }; ...
 * }</pre>
 *
 * <p><b>Mapping.</b> {@code boolean} is {@code bool}, {@code byte} {@code char}, {@code short} {@code short},
 * {@code char} {@code ushort}, {@code int} {@code int}, {@code long} {@code long}, {@code float} {@code float}; the
 * annotations in {@link RingMessage} choose unsigned and half-precision types, vectors and the length of arrays. A
 * nested record is a nested struct, an enum its ordinal in a {@code uint}. MSL has no {@code double}, and a message no
 * references: records with such components are refused. Names stay; one that MSL reserves is refused.
 *
 * <p><b>Bytes.</b> Sizes, alignment and offsets are those of the MSL specification, sections 2.1, 2.2 and 2.5. Padding
 * is written as zero, so that equal records have equal bytes.
 *
 * <p><b>Speed.</b> A codec in a {@code static final} field is compiled into the code that uses it; encoding allocates
 * nothing, decoding the record alone.
 *
 * @param <R> the record
 */
public sealed interface RecordCodec<R extends Record> extends MessageCodec<R> permits MslRecordCodec {
    /**
     * The codec of a record in a package that is open to this library: any package on the class path, or one that its
     * module opens.
     *
     * @throws IllegalArgumentException if the record has a component that MSL has no type for, a reserved name, more
     *     than {@link MessageHeader#MAX_PAYLOAD_SIZE} bytes, or is not accessible
     */
    static <R extends Record> RecordCodec<R> of(Class<R> type) {
        return MslRecordCodec.cached(type);
    }

    /**
     * The codec of a record's class, for such records alone.
     *
     * @throws IllegalArgumentException as {@link #of(Class)} does
     */
    @SuppressWarnings("unchecked") // a class's codec is one for its instances
    static RecordCodec<Record> of(Record record) {
        return (RecordCodec<Record>) of(record.getClass());
    }

    /**
     * The MSL definitions of several records and of everything nested in them, each once, in an order that compiles.
     *
     * @throws IllegalArgumentException if two different types have one simple name
     */
    static String mslDefinitions(List<? extends RecordCodec<?>> codecs) {
        return MslRecordCodec.define(codecs);
    }

    /**
     * The binary name of the record with a message type, or the number in hexadecimal where no codec for such a record
     * has been made in this Java virtual machine.
     */
    static String nameOfType(long messageType) {
        return MslRecordCodec.nameOf(messageType);
    }

    /** The record. */
    Class<R> type();

    /** Size of every such message, in bytes; 0 for a record without components. */
    int byteSize();

    /** The struct's name in MSL: the record's simple name. */
    String structName();

    /** The struct's layout: member names, offsets, size and alignment as MSL has them. */
    MemoryLayout layout();

    /**
     * The text that defines the struct in MSL: nested types first, an assertion of the size, and the message type as a
     * constant {@code <name>_MESSAGE_TYPE}.
     */
    String mslDefinition();
}
