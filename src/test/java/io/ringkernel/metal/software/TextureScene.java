package io.ringkernel.metal.software;

import io.ringkernel.metal.bindings.Mtl;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Random;

/** What tests of textures do through messages, with the client of the test that runs. */
abstract class TextureScene {
    static final long RGBA8 = Mtl.MTLPixelFormatRGBA8Unorm();
    static final String REPLACE = "MTLTexture_replaceRegion_mipmapLevel_slice_withBytes_bytesPerRow_bytesPerImage";
    static final String GET = "MTLTexture_getBytes_bytesPerRow_bytesPerImage_fromRegion_mipmapLevel_slice";

    TestClient client;

    void run(Runnable test) {
        try (var opened = new TestClient()) {
            client = opened;
            test.run();
        }
    }

    MemorySegment descriptor(long format, long width, long height, boolean mipmapped) {
        return client.send(
                "MTLTextureDescriptor_texture2DDescriptorWithPixelFormat_width_height_mipmapped",
                client.metal.classNamed("MTLTextureDescriptor"),
                format,
                width,
                height,
                mipmapped);
    }

    MemorySegment texture(MemorySegment descriptor) {
        return client.owned(client.send("MTLDevice_newTextureWithDescriptor", client.device, descriptor));
    }

    MemorySegment region(long... values) {
        return client.arena().allocateFrom(ValueLayout.JAVA_LONG, values);
    }

    MemorySegment random(long seed, int byteSize) {
        var bytes = new byte[byteSize];
        new Random(seed).nextBytes(bytes);
        return client.bytes(bytes);
    }

    byte[] read(MemorySegment texture, MemorySegment region, long level, long slice, long[] sizes) {
        var target = client.bytes(new byte[(int) sizes[2]]);
        client.send(GET, texture, target, sizes[0], sizes[1], region, level, slice);
        return target.toArray(ValueLayout.JAVA_BYTE);
    }

    long id(String message, MemorySegment object) {
        MemorySegment id = client.send(message, object);
        return id.get(ValueLayout.JAVA_LONG, 0);
    }
}
