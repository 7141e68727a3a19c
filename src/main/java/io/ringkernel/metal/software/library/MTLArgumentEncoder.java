package io.ringkernel.metal.software.library;

import static io.ringkernel.metal.software.runtime.MisuseException.require;

import io.ringkernel.metal.bindings.Mtl;
import io.ringkernel.metal.msl.builtin.Type;
import io.ringkernel.metal.software.gpu.LabeledObject;
import io.ringkernel.metal.software.reflection.ArgumentLayout;
import io.ringkernel.metal.software.reflection.DataTypes;
import io.ringkernel.metal.software.resource.MTLBuffer;
import io.ringkernel.metal.software.resource.MTLSamplerState;
import io.ringkernel.metal.software.resource.MTLTexture;
import io.ringkernel.metal.software.runtime.Nullable;
import io.ringkernel.metal.software.runtime.Selector;
import io.ringkernel.metal.software.runtime.Strong;
import io.ringkernel.metal.software.runtime.ViolationKind;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Writes the members of a struct: addresses of buffers and the handles of textures, samplers and tables. */
public final class MTLArgumentEncoder extends LabeledObject {
    private final Type.Struct struct;
    private final ArgumentLayout layout;
    private final Strong<MTLBuffer> target = new Strong<>();
    private long offset;

    private MTLArgumentEncoder(Origin origin, Type.Struct struct) {
        super(origin);
        this.struct = struct;
        this.layout = ArgumentLayout.of(struct);
    }

    /** An encoder for what a buffer holds; it must be a struct. */
    public static MTLArgumentEncoder create(Origin origin, Type pointee) {
        require(
                pointee instanceof Type.Struct,
                ViolationKind.BAD_ARGUMENT,
                "an argument encoder for what is no struct: %s",
                pointee);
        return new MTLArgumentEncoder(origin, (Type.Struct) pointee);
    }

    @Selector("alignment")
    long alignment() {
        return struct.alignment();
    }

    @Selector("encodedLength")
    long encodedLength() {
        return struct.byteSize();
    }

    @Selector("setArgumentBuffer:offset:")
    void setArgumentBuffer(@Nullable MTLBuffer buffer, long start) {
        if (buffer != null) {
            requireSameDevice(buffer);
            require(
                    buffer.cpuBytes() != null,
                    ViolationKind.STORAGE_MODE,
                    "arguments encoded into a private buffer: %s",
                    buffer);
            require(
                    start >= 0 && start <= buffer.length() - encodedLength(),
                    ViolationKind.OUT_OF_RANGE,
                    "%d bytes at offset not in 0..%d: %d",
                    encodedLength(),
                    buffer.length(),
                    start);
            require(
                    start % alignment() == 0,
                    ViolationKind.MISALIGNED,
                    "offset not a multiple of %d: %d",
                    alignment(),
                    start);
        }
        target.set(buffer);
        offset = start;
    }

    @Selector("setBuffer:offset:atIndex:")
    void setBuffer(@Nullable MTLBuffer buffer, long start, long index) {
        var place = place(index, Mtl.MTLDataTypePointer());
        if (buffer == null) {
            write(place, 0);
            return;
        }
        requireSameDevice(buffer);
        require(
                start >= 0 && start < buffer.length(),
                ViolationKind.OUT_OF_RANGE,
                "offset not in 0..%d: %d",
                buffer.length() - 1,
                start);
        write(place, buffer.gpuBytes().address() + start);
    }

    @Selector("setTexture:atIndex:")
    void setTexture(@Nullable MTLTexture texture, long index) {
        var place = place(index, Mtl.MTLDataTypeTexture());
        if (texture != null) {
            requireSameDevice(texture);
        }
        write(place, texture == null ? 0 : texture.texture().handle());
    }

    @Selector("setSamplerState:atIndex:")
    void setSamplerState(@Nullable MTLSamplerState sampler, long index) {
        var place = place(index, Mtl.MTLDataTypeSampler());
        if (sampler == null) {
            write(place, 0);
            return;
        }
        requireSameDevice(sampler);
        write(place, sampler.handle());
    }

    @Selector("setVisibleFunctionTable:atIndex:")
    void setVisibleFunctionTable(@Nullable MTLVisibleFunctionTable table, long index) {
        var place = place(index, Mtl.MTLDataTypeVisibleFunctionTable());
        if (table != null) {
            requireSameDevice(table);
        }
        write(place, table == null ? 0 : table.memory().segment().address());
    }

    @Selector("constantDataAtIndex:")
    MemorySegment constantData(long index) {
        var place = layout.at(index).orElse(null);
        require(
                place != null && DataTypes.byteSize(DataTypes.of(place.type())) > 0,
                ViolationKind.BAD_ARGUMENT,
                "constant data at an index that is none of %s: %d",
                struct.name(),
                index);
        return bytes(place);
    }

    @Selector("newArgumentEncoderForBufferAtIndex:")
    MTLArgumentEncoder newArgumentEncoder(long index) {
        var pointer = (Type.Pointer) place(index, Mtl.MTLDataTypePointer()).type();
        return create(origin(), pointer.pointee());
    }

    private ArgumentLayout.Place place(long index, long dataType) {
        var place = layout.at(index).orElse(null);
        require(
                place != null && DataTypes.of(place.type()) == dataType,
                ViolationKind.BAD_ARGUMENT,
                "%s has no member of data type %d at index %d: %s",
                struct.name(),
                dataType,
                index,
                place == null ? "nothing" : place.type());
        return place;
    }

    private void write(ArgumentLayout.Place place, long value) {
        bytes(place).set(ValueLayout.JAVA_LONG_UNALIGNED, 0, value);
    }

    private MemorySegment bytes(ArgumentLayout.Place place) {
        var buffer = target.get();
        require(buffer != null, ViolationKind.BAD_ARGUMENT, "an argument set before setArgumentBuffer:offset:");
        return buffer.cpuBytes().asSlice(offset + place.offset(), place.type().byteSize());
    }

    @Override
    protected void dealloc() {
        target.clear();
        super.dealloc();
    }
}
