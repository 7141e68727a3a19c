package io.ringkernel.metal.msl.texture;

/**
 * The arguments of one call of a texture's member function. Generated code begins a call, sets what the source gives,
 * and calls the operation, so that no operation needs a parameter for everything that some overload has.
 */
public abstract class TextureRegisters {
    /** How the level of a sample is found. */
    enum Lod {
        BASE,
        BIAS,
        LEVEL,
        GRADIENT
    }

    Texture texture;
    SamplerState sampler;
    /** The last sampler of the program's own, which seldom changes. */
    private long samplerBits;

    private SamplerState samplerState;
    float x;
    float y;
    float z;
    int column;
    int row;
    int plane;
    int face;
    int layer;
    int level;
    Lod lod = Lod.BASE;
    float lodValue;
    float leastLod;
    int offsetX;
    int offsetY;
    int offsetZ;
    float reference;
    int component;
    final double[] derivatives = new double[6];
    final float[] color = new float[4];
    final int[] intColor = new int[4];

    TextureRegisters() {}

    /**
     * Begins a call on a texture.
     *
     * @param use the code of a {@link TextureUse}
     * @throws TextureFault if the handle is 0 or stale, or its texture does not fit the use
     */
    public final void begin(long handle, int use) {
        var found = texture;
        if (found == null || found.handle() != handle || handle == 0) {
            found = find(handle);
        }
        found.require(use);
        texture = found;
        row = 0;
        plane = 0;
        face = 0;
        layer = 0;
        level = 0;
        lod = Lod.BASE;
        leastLod = Float.NEGATIVE_INFINITY;
        offsetX = 0;
        offsetY = 0;
        offsetZ = 0;
        component = 0;
        y = 0;
        z = 0;
    }

    private static Texture find(long handle) {
        if (handle == 0) {
            throw new TextureFault(TextureFault.Kind.NULL, "a member function of a null texture is called");
        }
        var found = Handle.TEXTURES.find(handle);
        if (found == null) {
            throw new TextureFault(
                    TextureFault.Kind.DANGLING, "no texture has the resource ID 0x" + Long.toHexString(handle));
        }
        return found;
    }

    /** The sampler, made by the program or by the host; refused when there is none. */
    public final void sampler(long handle) {
        if (SamplerBits.isSampler(handle)) {
            if (handle != samplerBits) {
                samplerState = SamplerBits.state(handle);
                samplerBits = handle;
            }
            sampler = samplerState;
            return;
        }
        var found = Handle.SAMPLERS.find(handle);
        if (found == null) {
            throw new TextureFault(
                    handle == 0 ? TextureFault.Kind.NULL : TextureFault.Kind.DANGLING,
                    "no sampler has the resource ID 0x" + Long.toHexString(handle));
        }
        sampler = found.state();
    }

    /** The coordinates of a sample. */
    public final void coordinate(float atX) {
        x = atX;
    }

    public final void coordinate(float atX, float atY) {
        x = atX;
        y = atY;
    }

    public final void coordinate(float atX, float atY, float atZ) {
        x = atX;
        y = atY;
        z = atZ;
    }

    /** The coordinates of a texel, which are unsigned. */
    public final void position(int atX) {
        column = atX;
    }

    public final void position(int atX, int atY) {
        column = atX;
        row = atY;
    }

    public final void position(int atX, int atY, int atZ) {
        column = atX;
        row = atY;
        plane = atZ;
    }

    /** The face of a cube. */
    public final void face(int index) {
        face = index;
    }

    /** The element of an array. */
    public final void layer(int index) {
        layer = index;
    }

    /** The level of a texel or of a size; the sample of a multisample texture. */
    public final void level(int index) {
        level = index;
    }

    /** {@code level(lod)}. */
    public final void lodLevel(float value) {
        lod = Lod.LEVEL;
        lodValue = value;
    }

    /** {@code bias(value)}. */
    public final void lodBias(float value) {
        lod = Lod.BIAS;
        lodValue = value;
    }

    /** {@code min_lod_clamp(lod)}. */
    public final void leastLod(float value) {
        leastLod = value;
    }

    /** {@code gradient2d(dPdx, dPdy)}. */
    public final void gradient(float xByX, float yByX, float xByY, float yByY) {
        gradientX(xByX, yByX, 0);
        gradientY(xByY, yByY, 0);
    }

    /** The first argument of {@code gradient3d} and {@code gradientcube}. */
    public final void gradientX(float dx, float dy, float dz) {
        lod = Lod.GRADIENT;
        derivatives[0] = dx;
        derivatives[1] = dy;
        derivatives[2] = dz;
    }

    /** The second argument. */
    public final void gradientY(float dx, float dy, float dz) {
        derivatives[3] = dx;
        derivatives[4] = dy;
        derivatives[5] = dz;
    }

    /** The offset of a sample, in texels. */
    public final void offset(int byX, int byY) {
        offsetX = byX;
        offsetY = byY;
    }

    public final void offset(int byX, int byY, int byZ) {
        offset(byX, byY);
        offsetZ = byZ;
    }

    /** The value that a comparison compares texels with. */
    public final void reference(float value) {
        reference = value;
    }

    /** The channel that a gather takes. */
    public final void component(int index) {
        component = index;
    }

    /** The colour that is written. */
    public final void color(float red, float green, float blue, float alpha) {
        color[0] = red;
        color[1] = green;
        color[2] = blue;
        color[3] = alpha;
    }

    public final void color(int red, int green, int blue, int alpha) {
        intColor[0] = red;
        intColor[1] = green;
        intColor[2] = blue;
        intColor[3] = alpha;
    }
}
