package io.ringkernel.metal.msl.texture;

import io.ringkernel.metal.msl.texture.SamplerState.AddressMode;
import io.ringkernel.metal.msl.texture.SamplerState.BorderColor;
import io.ringkernel.metal.msl.texture.SamplerState.CompareFunction;
import io.ringkernel.metal.msl.texture.SamplerState.Filter;
import io.ringkernel.metal.msl.texture.SamplerState.Filters;
import io.ringkernel.metal.msl.texture.SamplerState.MipFilter;
import io.ringkernel.metal.msl.texture.SamplerState.Reduction;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Samplers that a program makes: 64 bits, which {@code textures.metal} draws. */
final class SamplerBits {
    private static final int TAG = 0x43;
    private static final int NO_LIMIT = 1023;
    private static final float FIXED_POINT = 64;
    /** Programs hold few; a map that somebody fills with others is emptied. */
    private static final int MOST_KNOWN = 1_000;

    private static final Map<Long, SamplerState> KNOWN = new ConcurrentHashMap<>();

    private SamplerBits() {}

    /** Whether bits are those of a sampler that a program made. */
    static boolean isSampler(long bits) {
        return bits >>> 56 == TAG;
    }

    /** The state that the bits stand for. */
    static SamplerState state(long bits) {
        var known = KNOWN.get(bits);
        if (known == null) {
            if (KNOWN.size() >= MOST_KNOWN) {
                KNOWN.clear();
            }
            known = decode(bits);
            KNOWN.put(bits, known);
        }
        return known;
    }

    private static SamplerState decode(long bits) {
        int most = field(bits, 35, 10);
        return new SamplerState(
                field(bits, 0, 1) == 0,
                List.of(addressMode(bits, 1), addressMode(bits, 4), addressMode(bits, 7)),
                BorderColor.values()[field(bits, 10, 2)],
                new Filters(
                        Filter.values()[field(bits, 12, 1)],
                        Filter.values()[field(bits, 13, 1)],
                        MipFilter.values()[field(bits, 14, 2)]),
                CompareFunction.values()[field(bits, 16, 3)],
                field(bits, 19, 4) + 1,
                field(bits, 25, 10) / FIXED_POINT,
                most == NO_LIMIT ? Float.MAX_VALUE : most / FIXED_POINT,
                (field(bits, 45, 11) << 21 >> 21) / FIXED_POINT,
                Reduction.values()[field(bits, 23, 2)]);
    }

    private static AddressMode addressMode(long bits, int from) {
        return AddressMode.values()[field(bits, from, 3)];
    }

    private static int field(long bits, int from, int count) {
        return (int) (bits >>> from & (1L << count) - 1);
    }
}
