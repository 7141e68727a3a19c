package io.ringkernel.metal.examples;

import io.ringkernel.metal.MetalBuffer;
import io.ringkernel.metal.MetalCommandBuffer;
import io.ringkernel.metal.MetalCommandQueue;
import io.ringkernel.metal.MetalComputeEncoder;
import io.ringkernel.metal.MetalDevice;
import io.ringkernel.metal.MetalLibrary;
import io.ringkernel.metal.MetalPipeline;
import io.ringkernel.metal.MetalSize;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * The filters of {@code image_filter.metal} on a Metal device. A filter is encoded as bands of rows, one command buffer
 * each, so that its progress can be seen.
 */
final class MetalImageFilter implements AutoCloseable {

    private static final int BANDS = 16;
    private static final int BYTES_PER_FLOAT4 = 16;

    /** The number of progress steps that one {@link #blur} and one {@link #sobel} take together. */
    static final int STEPS = 3 * BANDS;

    private final MetalDevice device;
    private final MetalCommandQueue queue;
    private final MetalPipeline blurRows;
    private final MetalPipeline blurColumns;
    private final MetalPipeline sobel;
    private final Runnable progress;

    /** Compiles the filters; {@code progress} runs each time that a band is done. */
    MetalImageFilter(MetalDevice device, Runnable progress) {
        this.device = device;
        this.progress = progress;
        try (MetalLibrary library = device.newLibrary(Sources.read("image_filter.metal"))) {
            blurRows = pipeline(library, "blur_rows");
            blurColumns = pipeline(library, "blur_columns");
            sobel = pipeline(library, "sobel");
        }
        queue = device.newCommandQueue();
    }

    private MetalPipeline pipeline(MetalLibrary library, String name) {
        try (var function = library.function(name)) {
            return device.newPipeline(function);
        }
    }

    Picture blur(Picture source, Gaussian gaussian) {
        try (var pixels = device.newBufferOf(source.pixels());
                var rows = device.newBuffer((long) source.pixels().length * BYTES_PER_FLOAT4);
                var blurred = device.newBuffer(pixels.byteSize())) {
            List<CompletableFuture<MetalCommandBuffer>> bands = new ArrayList<>();
            bands.addAll(run(blurRows, source, pixels, rows, gaussian));
            bands.addAll(run(blurColumns, source, rows, blurred, gaussian));
            return result(source, blurred, bands);
        }
    }

    Picture sobel(Picture source) {
        try (var pixels = device.newBufferOf(source.pixels());
                var edges = device.newBuffer(pixels.byteSize())) {
            return result(source, edges, run(sobel, source, pixels, edges, null));
        }
    }

    private List<CompletableFuture<MetalCommandBuffer>> run(
            MetalPipeline pipeline, Picture source, MetalBuffer from, MetalBuffer to, Gaussian gaussian) {
        List<CompletableFuture<MetalCommandBuffer>> bands = new ArrayList<>();
        int bandHeight = Math.ceilDiv(source.height(), BANDS);
        for (int firstRow = 0; firstRow < source.height(); firstRow += bandHeight) {
            try (var commands = queue.commandBuffer()) {
                try (var encoder = commands.computeEncoder()) {
                    encoder.setPipeline(pipeline);
                    encoder.setBuffer(0, from);
                    encoder.setBuffer(1, to);
                    setGaussian(encoder, gaussian);
                    dispatchBand(encoder, pipeline, source, firstRow, bandHeight);
                }
                bands.add(commands.commit().whenComplete((_, _) -> progress.run()));
            }
        }
        return bands;
    }

    private static void setGaussian(MetalComputeEncoder encoder, Gaussian gaussian) {
        if (gaussian != null) {
            encoder.setFloats(3, gaussian.weights());
            encoder.setInts(4, gaussian.radius());
        }
    }

    private static void dispatchBand(
            MetalComputeEncoder encoder, MetalPipeline pipeline, Picture source, int firstRow, int bandHeight) {
        // struct Area: uint2 size; uint firstRow; padding to the alignment of uint2
        encoder.setInts(2, source.width(), source.height(), firstRow, 0);
        MetalSize grid = MetalSize.of(source.width(), Math.min(bandHeight, source.height() - firstRow));
        encoder.dispatchThreads(grid, pipeline.threadgroupSizeFor(grid));
    }

    private static Picture result(
            Picture source, MetalBuffer buffer, List<CompletableFuture<MetalCommandBuffer>> bands) {
        CompletableFuture.allOf(bands.toArray(CompletableFuture[]::new)).join();
        return new Picture(source.width(), source.height(), buffer.readInts(0, source.pixels().length));
    }

    @Override
    public void close() {
        queue.close();
        sobel.close();
        blurColumns.close();
        blurRows.close();
    }
}
