// version: 3.2
#include <metal_stdlib>
using namespace metal;

kernel void traces(device MTLAccelerationStructureInstanceDescriptor* instances [[buffer(0)]]) {}  // error: 'MTLAccelerationStructureInstanceDescriptor' is not supported by the software device yet

struct Commands {
    render_pipeline_state pipeline;  // error: 'render_pipeline_state' is not supported by the software device yet
};

kernel void counts(device MTLIndirectCommandBufferExecutionRange* range [[buffer(0)]]) {}  // error: 'MTLIndirectCommandBufferExecutionRange' is not supported by the software device yet
