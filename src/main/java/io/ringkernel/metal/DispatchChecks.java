package io.ringkernel.metal;

/** What one compute encoder has bound, and the rules that a dispatch must keep. Used by the encoder's thread alone. */
final class DispatchChecks {
    private final MetalLimits limits;
    private final long[] bufferOffsets = new long[MetalLimits.BUFFER_SLOTS];
    private final long[] memoryLengths = new long[MetalLimits.BUFFER_SLOTS];
    private int boundBuffers;
    private int boundMemory;
    private int boundSamplers;
    private final BoundTextures textures = new BoundTextures();
    private long memoryInAll;
    private MetalPipeline pipeline;
    private MetalFunctionTable[] tables;

    DispatchChecks(MetalLimits limits) {
        this.limits = limits;
    }

    /** Threads in one dimension are counted by MSL's {@code uint}; half of its range outlasts any GPU's time limit. */
    static void grid(MetalSize size, MetalSize each) {
        boolean countable = isCountable(size.width(), each.width())
                && isCountable(size.height(), each.height())
                && isCountable(size.depth(), each.depth());
        if (!countable) {
            throw new IllegalArgumentException("threads in a dimension of the grid not in 1.." + Integer.MAX_VALUE
                    + ": " + size + (each.count() == 1 ? "" : " threadgroups of " + each));
        }
    }

    private static boolean isCountable(long size, long each) {
        return size <= Integer.MAX_VALUE / each;
    }

    void threadgroupMemoryLength(long byteSize) {
        long most = limits.maxThreadgroupMemory();
        if (byteSize < 0 || byteSize > most || byteSize % MetalLimits.THREADGROUP_MEMORY_GRANULARITY != 0) {
            throw new IllegalArgumentException("byteSize is not a multiple of "
                    + MetalLimits.THREADGROUP_MEMORY_GRANULARITY + " in 0.." + most + ": " + byteSize);
        }
    }

    void pipeline(MetalPipeline next) {
        pipeline = next;
    }

    void buffer(int index, long byteOffset) {
        bufferOffsets[index] = byteOffset;
        boundBuffers |= 1 << index;
        if (tables != null) {
            tables[index] = null;
        }
    }

    void table(int index, MetalFunctionTable table) {
        if (tables == null) {
            tables = new MetalFunctionTable[MetalLimits.BUFFER_SLOTS];
        }
        tables[index] = table;
    }

    private void checkTables() {
        for (int rest = pipeline.requiredTables(); rest != 0; rest &= rest - 1) {
            int index = Integer.numberOfTrailingZeros(rest);
            if (tables == null || tables[index] == null) {
                checkBound(1 << index, "function table", MetalBinding.Kind.FUNCTION_TABLE);
            }
            if (tables[index].pipeline() != pipeline) {
                throw new IllegalArgumentException("the function table at index " + index + " is of "
                        + tables[index].pipeline().label() + ", not of " + pipeline.label());
            }
        }
    }

    void threadgroupMemory(int index, long byteSize) {
        memoryInAll += byteSize - memoryLengths[index];
        memoryLengths[index] = byteSize;
        boundMemory |= 1 << index;
    }

    void sampler(int index) {
        boundSamplers |= 1 << index;
    }

    BoundTextures textures() {
        return textures;
    }

    void dispatch(MetalSize threadsPerThreadgroup) {
        if (pipeline == null) {
            throw new IllegalStateException("no pipeline is set");
        }
        checkBound(pipeline.requiredBuffers() & ~boundBuffers, "buffer", MetalBinding.Kind.BUFFER);
        checkBound(
                pipeline.requiredThreadgroupMemory() & ~boundMemory,
                "threadgroup memory",
                MetalBinding.Kind.THREADGROUP_MEMORY);
        checkBound(pipeline.requiredSamplers() & ~boundSamplers, "sampler", MetalBinding.Kind.SAMPLER);
        textures.check(pipeline);
        checkTables();
        checkOffsets();
        checkThreadgroup(threadsPerThreadgroup);
        long memory = pipeline.staticThreadgroupMemory() + memoryInAll;
        long most = limits.maxThreadgroupMemory();
        if (memory > most) {
            throw new IllegalArgumentException("threadgroup memory not in 0.." + most + " bytes: " + memory + " ("
                    + pipeline.staticThreadgroupMemory() + " of them static)");
        }
    }

    private void checkBound(int missing, String what, MetalBinding.Kind kind) {
        if (missing != 0) {
            int index = Integer.numberOfTrailingZeros(missing);
            var name = pipeline.bindings().stream()
                    .filter(b -> b.kind() == kind && b.index() == index)
                    .findFirst()
                    .map(MetalBinding::name)
                    .orElse("?");
            throw new IllegalStateException(
                    pipeline.label() + " uses '" + name + "', and no " + what + " is bound at index " + index);
        }
    }

    private void checkOffsets() {
        for (int rest = pipeline.requiredBuffers(); rest != 0; rest &= rest - 1) {
            int index = Integer.numberOfTrailingZeros(rest);
            long alignment = pipeline.bufferAlignment(index);
            if (bufferOffsets[index] % alignment != 0) {
                throw new IllegalArgumentException("offset of the buffer at index " + index + " is not a multiple of "
                        + alignment + ": " + bufferOffsets[index]);
            }
        }
    }

    private void checkThreadgroup(MetalSize size) {
        var most = limits.maxThreadsPerThreadgroup();
        if (size.width() > most.width() || size.height() > most.height() || size.depth() > most.depth()) {
            throw new IllegalArgumentException("threadgroup exceeds the device's " + most + ": " + size);
        }
        long threads = size.count();
        long limit = Math.min(pipeline.maxTotalThreadsPerThreadgroup(), limits.maxTotalThreadsPerThreadgroup());
        if (threads > limit) {
            throw new IllegalArgumentException(
                    "threads per threadgroup not in 1.." + limit + " for " + pipeline.label() + ": " + threads);
        }
        if (pipeline.demandsWholeSimdgroups() && threads % pipeline.threadExecutionWidth() != 0) {
            throw new IllegalArgumentException("threads per threadgroup is not a multiple of "
                    + pipeline.threadExecutionWidth() + ", as the pipeline was promised: " + threads);
        }
    }
}
