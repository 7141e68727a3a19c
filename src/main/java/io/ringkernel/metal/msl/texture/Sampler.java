package io.ringkernel.metal.msl.texture;

/** A sampler as kernels find it: its state behind a handle. */
public final class Sampler implements Handle.Target {
    private final SamplerState state;
    private long handle;

    public Sampler(SamplerState state) {
        this.state = state;
    }

    public SamplerState state() {
        return state;
    }

    @Override
    public long handle() {
        return handle;
    }

    @Override
    public void assignHandle(long assigned) {
        handle = assigned;
    }
}
