package io.ringkernel.metal.msl.texture;

import io.ringkernel.metal.msl.texture.format.TexelCodec;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;

/**
 * The member functions of MSL's textures, called by generated code after their arguments were set. An operation with a
 * colour as its result returns red; {@link #channel} and {@link #intChannel} give the others until the next call.
 * Belongs to one thread.
 */
public final class TextureUnit extends TextureRegisters {
    private static final VarHandle INT = ValueLayout.JAVA_INT.varHandle();
    private static final VarHandle LONG = ValueLayout.JAVA_LONG.varHandle();

    /** Where the channels of the last result come from. */
    private enum Result {
        TEXEL,
        OUTSIDE,
        SAMPLE,
        GATHER,
        COMPARED_GATHER
    }

    /** The atomic operations, in the order of their codes. */
    public enum Atomic {
        LOAD,
        STORE,
        EXCHANGE,
        ADD,
        SUBTRACT,
        AND,
        OR,
        XOR,
        MIN,
        MAX
    }

    private final Footprint footprint = new Footprint();
    private final Sampling sampling = new Sampling(this, footprint);
    /** The last colour of floats, before the swizzle. */
    private final float[] loaded = new float[4];

    private Result result = Result.TEXEL;
    private long at;
    private boolean exchanged;

    /** A unit for one thread. */
    public TextureUnit() {}

    /** Samples; the texture has a format of floats. */
    public float sample() {
        sampling.sample();
        result = Result.SAMPLE;
        if (sampler.reduces()) {
            footprint.extreme(loaded, sampler.reduction());
        } else {
            footprint.mean(loaded);
        }
        return channel(0);
    }

    /** Samples; the texture has a format of integers. */
    public int sampleInt() {
        sampling.sample();
        result = Result.SAMPLE;
        return intChannel(0);
    }

    /** The share of the texels of a sample that the reference compares with. */
    public float sampleCompare() {
        sampling.sample();
        return footprint.share(comparedReference(), sampler.compareFunction());
    }

    /** The four texels around a position. */
    public float gather() {
        sampling.gather();
        result = Result.GATHER;
        return channel(0);
    }

    public int gatherInt() {
        sampling.gather();
        result = Result.GATHER;
        return intChannel(0);
    }

    /** Whether the reference compares with each of the four texels around a position, as 1 or 0. */
    public float gatherCompare() {
        sampling.gather();
        result = Result.COMPARED_GATHER;
        return channel(0);
    }

    /** Depths that are normalised are compared with a reference in their range. */
    private float comparedReference() {
        boolean isFloat = texture.shape().format().name().startsWith("Depth32Float");
        return isFloat || Float.isNaN(reference) ? reference : Math.clamp(reference, 0f, 1f);
    }

    /** Reads one texel. */
    public float read() {
        var codec = texture.shape().format().codec();
        if (locate()) {
            codec.load(texture.memory(), at, loaded);
        } else {
            for (int channel = 0; channel < loaded.length; channel++) {
                loaded[channel] = codec.has(channel) ? 0 : TexelCodec.absent(channel);
            }
        }
        return channel(0);
    }

    public int readInt() {
        locate();
        return intChannel(0);
    }

    /** Writes one texel; nothing outside. */
    public void write() {
        if (locate()) {
            texture.shape().format().codec().write(texture.memory(), at, color);
        }
    }

    public void writeInt() {
        if (locate()) {
            texture.shape().format().codec().write(texture.memory(), at, intColor);
        }
    }

    /** Finds the texel at the position; false if there is none. All numbers are unsigned. */
    private boolean locate() {
        var shape = texture.shape();
        boolean isMultisample = shape.samples() > 1;
        int levels = isMultisample ? shape.samples() : texture.levelCount();
        if (Integer.compareUnsigned(level, levels) >= 0) {
            result = Result.OUTSIDE;
            return false;
        }
        var size = texture.level(isMultisample ? 0 : level);
        boolean inside = Integer.compareUnsigned(column, size.width()) < 0
                && Integer.compareUnsigned(row, size.height()) < 0
                && Integer.compareUnsigned(plane, size.depth()) < 0
                && Integer.compareUnsigned(layer, shape.arrayLength()) < 0
                && Integer.compareUnsigned(face, shape.type().faces()) < 0;
        result = inside ? Result.TEXEL : Result.OUTSIDE;
        if (inside) {
            int slice = face + layer * shape.type().faces();
            at = isMultisample
                    ? texture.offset(column, row, 0, slice, 0)
                            + level * (long) shape.format().byteSize()
                    : texture.offset(column, row, plane, slice, level);
        }
        return inside;
    }

    /** A channel of the last result, as the texture's swizzle has it; of a gather one of its texels. */
    public float channel(int index) {
        if (result == Result.COMPARED_GATHER) {
            float texel = footprint.texel(index, 0);
            return sampler.compareFunction().test(comparedReference(), texel) ? 1 : 0;
        }
        if (result != Result.GATHER && !texture.isSwizzled()) {
            return loaded[index];
        }
        int source = texture.swizzle().source(result == Result.GATHER ? component : index);
        if (source < Swizzle.FIRST_CHANNEL) {
            return source;
        }
        int channel = source - Swizzle.FIRST_CHANNEL;
        return result == Result.GATHER ? footprint.texel(index, channel) : loaded[channel];
    }

    /** The same of integers, among which there is no mean. */
    public int intChannel(int index) {
        int source = texture.swizzle().source(result == Result.GATHER ? component : index);
        if (source < Swizzle.FIRST_CHANNEL) {
            return source;
        }
        int channel = source - Swizzle.FIRST_CHANNEL;
        var codec = texture.shape().format().codec();
        return switch (result) {
            case TEXEL -> codec.intChannel(texture.memory(), at, channel);
            case SAMPLE -> footprint.intTexel(0, channel);
            case GATHER -> footprint.intTexel(index, channel);
            default -> codec.has(channel) ? 0 : TexelCodec.absent(channel);
        };
    }

    public int width() {
        return texture.shape().width(sizedLevel());
    }

    public int height() {
        return texture.shape().height(sizedLevel());
    }

    public int depth() {
        return texture.shape().depth(sizedLevel());
    }

    /** Far levels are of one texel; a shift by more than 31 would begin again. */
    private int sizedLevel() {
        return level < 0 || level > Integer.SIZE - 1 ? Integer.SIZE - 1 : level;
    }

    public int arraySize() {
        return texture.shape().arrayLength();
    }

    public int levels() {
        return texture.shape().levels();
    }

    public int samples() {
        return texture.shape().samples();
    }

    /** {@code fence()}: what this thread wrote it can read. One thread's own order is that of its program here. */
    public void fence() {
        VarHandle.fullFence();
    }

    /**
     * An atomic operation on the red channel with the red of the colour, where there is a texel.
     *
     * @param operation the code of an {@link Atomic}
     * @param unsigned 1 if MIN and MAX compare without a sign, else 0
     * @return the value before; 0 outside
     */
    public int atomic(int operation, int unsigned) {
        requireAtomics();
        if (!locate()) {
            return 0;
        }
        var memory = texture.memory();
        int value = intColor[0];
        return switch (ATOMICS[operation]) {
            case LOAD -> (int) INT.getVolatile(memory, at);
            case STORE, EXCHANGE -> (int) INT.getAndSet(memory, at, value);
            case ADD -> (int) INT.getAndAdd(memory, at, value);
            case SUBTRACT -> (int) INT.getAndAdd(memory, at, -value);
            case AND -> (int) INT.getAndBitwiseAnd(memory, at, value);
            case OR -> (int) INT.getAndBitwiseOr(memory, at, value);
            case XOR -> (int) INT.getAndBitwiseXor(memory, at, value);
            case MIN -> extreme(value, true, unsigned != 0);
            case MAX -> extreme(value, false, unsigned != 0);
        };
    }

    private static final Atomic[] ATOMICS = Atomic.values();

    private int extreme(int value, boolean least, boolean isUnsigned) {
        int seen = (int) INT.getVolatile(texture.memory(), at);
        while (true) {
            int order = isUnsigned ? Integer.compareUnsigned(value, seen) : Integer.compare(value, seen);
            if (least ? order >= 0 : order <= 0) {
                return seen;
            }
            int witness = (int) INT.compareAndExchange(texture.memory(), at, seen, value);
            if (witness == seen) {
                return seen;
            }
            seen = witness;
        }
    }

    /** Exchanges red when it is what was expected; gives what was there. */
    public int atomicCompare(int expected, int desired) {
        requireAtomics();
        int found = locate() ? (int) INT.compareAndExchange(texture.memory(), at, expected, desired) : 0;
        exchanged = result == Result.TEXEL && found == expected;
        return found;
    }

    /** 1 if the last {@link #atomicCompare} exchanged, else 0. */
    public int exchanged() {
        return exchanged ? 1 : 0;
    }

    /** {@code atomic_min} and {@code atomic_max} of unsigned 64-bit numbers, whose low half is red. */
    public void atomicLong(int operation, long value) {
        requireAtomics();
        if (!locate()) {
            return;
        }
        boolean least = ATOMICS[operation] == Atomic.MIN;
        long seen = (long) LONG.getVolatile(texture.memory(), at);
        while (least ? Long.compareUnsigned(value, seen) < 0 : Long.compareUnsigned(value, seen) > 0) {
            long witness = (long) LONG.compareAndExchange(texture.memory(), at, seen, value);
            if (witness == seen) {
                return;
            }
            seen = witness;
        }
    }

    private void requireAtomics() {
        if (!texture.permissions().atomics()) {
            throw new TextureFault(
                    TextureFault.Kind.MISMATCH, "a texture without the usage ShaderAtomic is used atomically");
        }
    }
}
