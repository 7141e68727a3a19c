package io.ringkernel.metal.runtime;

import io.ringkernel.metal.MetalCompileOptions;
import io.ringkernel.metal.wire.RecordCodec;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * What a kernel is launched from: a handler that the library wraps, or a whole source with its own entry function.
 *
 * <p>A handler is a function of this name and signature; {@link MslTemplates#RING_KERNEL} says what it can call.
 *
 * <pre>{@code
 * record Sample(float value) {}
 * record Mean(float value, int count) {}
 *
 * var source = KernelSource.handler("""
 *         void handle(thread RingContext& ring) {
 *             device Mean& mean = state_as<Mean>(ring);
 *             mean.count += 1;
 *             mean.value += (message_as<Sample>(ring).value - mean.value) / float(mean.count);
 *             reply(ring, mean);
 *         }
 *         """, Sample.class, Mean.class);
 * }</pre>
 *
 * <p>The library writes the definitions of the records into the source, so that Java and MSL cannot disagree about a
 * layout. Line numbers in diagnostics are those of the handler's text.
 *
 * <p>Immutable.
 */
public final class KernelSource {
    private static final String RING_KERNEL = "ring_kernel";
    private static final KernelSource ECHO = handler(MslTemplates.ECHO_HANDLER);

    private final String text;
    private final String function;
    private final boolean isWhole;
    private final List<RecordCodec<?>> records;
    private final MetalCompileOptions compileOptions;

    private KernelSource(
            String text,
            String function,
            boolean isWhole,
            List<RecordCodec<?>> records,
            MetalCompileOptions compileOptions) {
        this.text = text;
        this.function = function;
        this.isWhole = isWhole;
        this.records = List.copyOf(records);
        this.compileOptions = compileOptions;
    }

    /** A handler that knows its messages as bytes. */
    public static KernelSource handler(String msl) {
        Objects.requireNonNull(msl, "msl");
        return new KernelSource(msl, RING_KERNEL, false, List.of(), MetalCompileOptions.defaults());
    }

    /**
     * A handler that knows these records, and what is nested in them, as structs of the same names.
     *
     * @throws IllegalArgumentException if one of them cannot be a message, see {@link RecordCodec#of(Class)}
     */
    @SafeVarargs
    public static KernelSource handler(String msl, Class<? extends Record>... records) {
        var codecs = new ArrayList<RecordCodec<?>>();
        for (var type : records) {
            codecs.add(RecordCodec.of(type));
        }
        return handler(msl).withRecords(codecs);
    }

    /**
     * A whole source: nothing is put before or after it.
     *
     * <p>Its entry function takes the arguments of {@code ring_kernel} in {@link MslTemplates#RING_KERNEL} by the same
     * indices, and must do for every message of the batch, and for the control block, what that function does.
     *
     * @param function the name of the entry function
     */
    public static KernelSource whole(String msl, String function) {
        Objects.requireNonNull(msl, "msl");
        Objects.requireNonNull(function, "function");
        return new KernelSource(msl, function, true, List.of(), MetalCompileOptions.defaults());
    }

    /** The default: {@link MslTemplates#ECHO_HANDLER}. */
    public static KernelSource echo() {
        return ECHO;
    }

    /**
     * The same source with the definitions of more records.
     *
     * @throws IllegalArgumentException if two different records have one simple name
     * @throws UnsupportedOperationException if this is a whole source, which defines its structs itself
     */
    public KernelSource withRecords(List<? extends RecordCodec<?>> more) {
        if (isWhole) {
            throw new UnsupportedOperationException("a whole source defines its structs itself");
        }
        var all = new ArrayList<RecordCodec<?>>(records);
        all.addAll(more);
        RecordCodec.mslDefinitions(all);
        return new KernelSource(text, function, false, all, compileOptions);
    }

    /** The same source, compiled with other options. */
    public KernelSource withCompileOptions(MetalCompileOptions options) {
        return new KernelSource(text, function, isWhole, records, Objects.requireNonNull(options, "options"));
    }

    /** The complete text that is compiled. */
    public String msl() {
        if (isWhole) {
            return text;
        }
        // The line directive makes the compiler count from the handler's first line.
        return MslTemplates.WIRE + "\n" + definitions() + MslTemplates.RING_KERNEL + "\n#line 1 \"handler\"\n" + text;
    }

    /**
     * The complete text of a handler that is a member of a {@link KernelGraph}.
     *
     * @throws UnsupportedOperationException if this is a whole source
     */
    public String graphMsl() {
        if (isWhole) {
            throw new UnsupportedOperationException("a whole source cannot be a member of a graph");
        }
        return String.join(
                "\n",
                MslTemplates.WIRE,
                MslTemplates.K2K,
                MslTemplates.K2K_ROUND,
                "#define K2K_DIRECT 1",
                definitions() + MslTemplates.RING_KERNEL,
                MslTemplates.K2K_RING,
                "#line 1 \"handler\"",
                text);
    }

    private String definitions() {
        var overloads = records.stream().distinct().map(KernelSource::overloads).collect(Collectors.joining());
        return records.isEmpty() ? "" : RecordCodec.mslDefinitions(records) + "\n" + overloads + "\n";
    }

    /** What lets {@code reply} and {@code send} know the message type and the payload size of a struct. */
    private static String overloads(RecordCodec<?> codec) {
        return """
                inline ulong message_type_of(const thread %1$s*) {
                    return %1$s_MESSAGE_TYPE;
                }
                inline uint payload_size_of(const thread %1$s*) {
                    return %2$du;
                }
                """.formatted(codec.structName(), codec.byteSize());
    }

    /**
     * The records that the handler was given, which are all that the host may send to the kernel; if there are none, it
     * takes everything.
     */
    public List<RecordCodec<?>> records() {
        return records;
    }

    /** The name of the entry function. */
    public String function() {
        return function;
    }

    /** How the source is compiled. */
    public MetalCompileOptions compileOptions() {
        return compileOptions;
    }
}
