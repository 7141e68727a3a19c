package io.ringkernel.metal.software.resource;

import static io.ringkernel.metal.software.runtime.MisuseException.require;

import io.ringkernel.metal.msl.texture.SamplerState;
import io.ringkernel.metal.msl.texture.SamplerState.AddressMode;
import io.ringkernel.metal.msl.texture.SamplerState.BorderColor;
import io.ringkernel.metal.msl.texture.SamplerState.CompareFunction;
import io.ringkernel.metal.msl.texture.SamplerState.Filter;
import io.ringkernel.metal.msl.texture.SamplerState.Filters;
import io.ringkernel.metal.msl.texture.SamplerState.MipFilter;
import io.ringkernel.metal.msl.texture.SamplerState.Reduction;
import io.ringkernel.metal.software.foundation.NSString;
import io.ringkernel.metal.software.runtime.NSObject;
import io.ringkernel.metal.software.runtime.Nullable;
import io.ringkernel.metal.software.runtime.ObjectRuntime;
import io.ringkernel.metal.software.runtime.Selector;
import io.ringkernel.metal.software.runtime.ViolationKind;
import java.util.List;

/** What a sampler is to be. */
public final class MTLSamplerDescriptor extends NSObject {
    private static final int MOST_ANISOTROPY = 16;
    private static final float LEAST_BIAS = -16;
    private static final float MOST_BIAS = 15.999f;

    private Filter minFilter = Filter.NEAREST;
    private Filter magFilter = Filter.NEAREST;
    private MipFilter mipFilter = MipFilter.NONE;
    private AddressMode sAddressMode = AddressMode.CLAMP_TO_EDGE;
    private AddressMode tAddressMode = AddressMode.CLAMP_TO_EDGE;
    private AddressMode rAddressMode = AddressMode.CLAMP_TO_EDGE;
    private BorderColor borderColor = BorderColor.TRANSPARENT_BLACK;
    private CompareFunction compareFunction = CompareFunction.NEVER;
    private Reduction reductionMode = Reduction.WEIGHTED_AVERAGE;
    private long maxAnisotropy = 1;
    private boolean normalizedCoordinates = true;
    private float lodMinClamp;
    private float lodMaxClamp = Float.MAX_VALUE;
    private float lodBias;
    private boolean lodAverage;
    private boolean supportArgumentBuffers;
    private String label;

    public MTLSamplerDescriptor(ObjectRuntime runtime) {
        super(runtime);
    }

    /** What kernels see, when every rule is kept. */
    SamplerState state() {
        require(
                normalizedCoordinates || arePixelCoordinatesAllowed(),
                ViolationKind.BAD_ARGUMENT,
                "pixel coordinates need equal filters, no mip filter, no anisotropy, and coordinates clamped to the"
                        + " edge");
        require(lodMinClamp <= lodMaxClamp, ViolationKind.BAD_ARGUMENT, "lodMinClamp over lodMaxClamp");
        return new SamplerState(
                normalizedCoordinates,
                List.of(sAddressMode, tAddressMode, rAddressMode),
                borderColor,
                new Filters(minFilter, magFilter, mipFilter),
                compareFunction,
                (int) maxAnisotropy,
                lodMinClamp,
                lodMaxClamp,
                lodBias,
                reductionMode);
    }

    private boolean arePixelCoordinatesAllowed() {
        return minFilter == magFilter
                && mipFilter == MipFilter.NONE
                && maxAnisotropy == 1
                && sAddressMode == AddressMode.CLAMP_TO_EDGE
                && tAddressMode == AddressMode.CLAMP_TO_EDGE;
    }

    private static <T> T value(T[] values, long code, String what) {
        require(code >= 0 && code < values.length, ViolationKind.BAD_ARGUMENT, "not a %s: %d", what, code);
        return values[(int) code];
    }

    @Selector("minFilter")
    long minFilter() {
        return minFilter.ordinal();
    }

    @Selector("setMinFilter:")
    void setMinFilter(long code) {
        minFilter = value(Filter.values(), code, "filter");
    }

    @Selector("magFilter")
    long magFilter() {
        return magFilter.ordinal();
    }

    @Selector("setMagFilter:")
    void setMagFilter(long code) {
        magFilter = value(Filter.values(), code, "filter");
    }

    @Selector("mipFilter")
    long mipFilter() {
        return mipFilter.ordinal();
    }

    @Selector("setMipFilter:")
    void setMipFilter(long code) {
        mipFilter = value(MipFilter.values(), code, "mip filter");
    }

    @Selector("sAddressMode")
    long sAddressMode() {
        return sAddressMode.ordinal();
    }

    @Selector("setSAddressMode:")
    void setSAddressMode(long code) {
        sAddressMode = value(AddressMode.values(), code, "address mode");
    }

    @Selector("tAddressMode")
    long tAddressMode() {
        return tAddressMode.ordinal();
    }

    @Selector("setTAddressMode:")
    void setTAddressMode(long code) {
        tAddressMode = value(AddressMode.values(), code, "address mode");
    }

    @Selector("rAddressMode")
    long rAddressMode() {
        return rAddressMode.ordinal();
    }

    @Selector("setRAddressMode:")
    void setRAddressMode(long code) {
        rAddressMode = value(AddressMode.values(), code, "address mode");
    }

    @Selector("borderColor")
    long borderColor() {
        return borderColor.ordinal();
    }

    @Selector("setBorderColor:")
    void setBorderColor(long code) {
        borderColor = value(BorderColor.values(), code, "border colour");
    }

    @Selector("compareFunction")
    long compareFunction() {
        return compareFunction.ordinal();
    }

    @Selector("setCompareFunction:")
    void setCompareFunction(long code) {
        compareFunction = value(CompareFunction.values(), code, "compare function");
    }

    @Selector("reductionMode")
    long reductionMode() {
        return reductionMode.ordinal();
    }

    @Selector("setReductionMode:")
    void setReductionMode(long code) {
        reductionMode = value(Reduction.values(), code, "reduction mode");
    }

    @Selector("maxAnisotropy")
    long maxAnisotropy() {
        return maxAnisotropy;
    }

    @Selector("setMaxAnisotropy:")
    void setMaxAnisotropy(long value) {
        require(
                value >= 1 && value <= MOST_ANISOTROPY,
                ViolationKind.BAD_ARGUMENT,
                "maxAnisotropy not in 1..%d: %s",
                MOST_ANISOTROPY,
                Long.toUnsignedString(value));
        maxAnisotropy = value;
    }

    @Selector("normalizedCoordinates")
    boolean normalizedCoordinates() {
        return normalizedCoordinates;
    }

    @Selector("setNormalizedCoordinates:")
    void setNormalizedCoordinates(boolean value) {
        normalizedCoordinates = value;
    }

    @Selector("lodMinClamp")
    float lodMinClamp() {
        return lodMinClamp;
    }

    @Selector("setLodMinClamp:")
    void setLodMinClamp(float value) {
        lodMinClamp = value;
    }

    @Selector("lodMaxClamp")
    float lodMaxClamp() {
        return lodMaxClamp;
    }

    @Selector("setLodMaxClamp:")
    void setLodMaxClamp(float value) {
        lodMaxClamp = value;
    }

    @Selector("lodBias")
    float lodBias() {
        return lodBias;
    }

    @Selector("setLodBias:")
    void setLodBias(float value) {
        require(
                value >= LEAST_BIAS && value <= MOST_BIAS,
                ViolationKind.BAD_ARGUMENT,
                "lodBias not in %s..%s: %s",
                LEAST_BIAS,
                MOST_BIAS,
                value);
        lodBias = value;
    }

    @Selector("lodAverage")
    boolean lodAverage() {
        return lodAverage;
    }

    @Selector("setLodAverage:")
    void setLodAverage(boolean value) {
        lodAverage = value;
    }

    @Selector("supportArgumentBuffers")
    boolean supportArgumentBuffers() {
        return supportArgumentBuffers;
    }

    @Selector("setSupportArgumentBuffers:")
    void setSupportArgumentBuffers(boolean value) {
        supportArgumentBuffers = value;
    }

    @Selector("label")
    String label() {
        return label;
    }

    @Selector("setLabel:")
    void setLabel(@Nullable NSString text) {
        label = text == null ? null : text.text();
    }

    @Override
    protected NSObject copy() {
        var copy = new MTLSamplerDescriptor(runtime());
        copy.minFilter = minFilter;
        copy.magFilter = magFilter;
        copy.mipFilter = mipFilter;
        copy.sAddressMode = sAddressMode;
        copy.tAddressMode = tAddressMode;
        copy.rAddressMode = rAddressMode;
        copy.borderColor = borderColor;
        copy.compareFunction = compareFunction;
        copy.reductionMode = reductionMode;
        copy.maxAnisotropy = maxAnisotropy;
        copy.normalizedCoordinates = normalizedCoordinates;
        copy.lodMinClamp = lodMinClamp;
        copy.lodMaxClamp = lodMaxClamp;
        copy.lodBias = lodBias;
        copy.lodAverage = lodAverage;
        copy.supportArgumentBuffers = supportArgumentBuffers;
        copy.label = label;
        return copy;
    }
}
