/* Command queues, command buffers and encoders. */
#ifndef RINGKERNEL_METAL_COMMAND_H
#define RINGKERNEL_METAL_COMMAND_H

#include "metal_types.h"

/* MTLCommandQueue */
typedef id (*MTLCommandQueue_label)(id self, SEL _cmd);
typedef void (*MTLCommandQueue_setLabel)(id self, SEL _cmd, id label);
typedef id (*MTLCommandQueue_device)(id self, SEL _cmd);
typedef id (*MTLCommandQueue_commandBuffer)(id self, SEL _cmd);
typedef id (*MTLCommandQueue_commandBufferWithUnretainedReferences)(id self, SEL _cmd);
typedef id (*MTLCommandQueue_commandBufferWithDescriptor)(id self, SEL _cmd, id descriptor);
typedef void (*MTLCommandQueue_insertDebugCaptureBoundary)(id self, SEL _cmd);

/* MTLCommandBufferDescriptor */
typedef BOOL (*MTLCommandBufferDescriptor_retainedReferences)(id self, SEL _cmd);
typedef void (*MTLCommandBufferDescriptor_setRetainedReferences)(id self, SEL _cmd, BOOL retainedReferences);
typedef MTLCommandBufferErrorOption (*MTLCommandBufferDescriptor_errorOptions)(id self, SEL _cmd);
typedef void (*MTLCommandBufferDescriptor_setErrorOptions)(id self, SEL _cmd, MTLCommandBufferErrorOption errorOptions);

/* MTLCommandBuffer */
typedef id (*MTLCommandBuffer_label)(id self, SEL _cmd);
typedef void (*MTLCommandBuffer_setLabel)(id self, SEL _cmd, id label);
typedef id (*MTLCommandBuffer_device)(id self, SEL _cmd);
typedef id (*MTLCommandBuffer_commandQueue)(id self, SEL _cmd);
typedef BOOL (*MTLCommandBuffer_retainedReferences)(id self, SEL _cmd);
typedef MTLCommandBufferErrorOption (*MTLCommandBuffer_errorOptions)(id self, SEL _cmd);
typedef void (*MTLCommandBuffer_enqueue)(id self, SEL _cmd);
typedef void (*MTLCommandBuffer_commit)(id self, SEL _cmd);
typedef MTLCommandBufferStatus (*MTLCommandBuffer_status)(id self, SEL _cmd);
typedef id (*MTLCommandBuffer_error)(id self, SEL _cmd);
typedef void (*MTLCommandBuffer_addScheduledHandler)(id self, SEL _cmd, struct Block_literal *block);
typedef void (*MTLCommandBuffer_addCompletedHandler)(id self, SEL _cmd, struct Block_literal *block);
typedef void (*MTLCommandBuffer_waitUntilScheduled)(id self, SEL _cmd);
typedef void (*MTLCommandBuffer_waitUntilCompleted)(id self, SEL _cmd);
typedef CFTimeInterval (*MTLCommandBuffer_kernelStartTime)(id self, SEL _cmd);
typedef CFTimeInterval (*MTLCommandBuffer_kernelEndTime)(id self, SEL _cmd);
typedef CFTimeInterval (*MTLCommandBuffer_GPUStartTime)(id self, SEL _cmd);
typedef CFTimeInterval (*MTLCommandBuffer_GPUEndTime)(id self, SEL _cmd);
typedef id (*MTLCommandBuffer_computeCommandEncoder)(id self, SEL _cmd);
typedef id (*MTLCommandBuffer_computeCommandEncoderWithDispatchType)(id self, SEL _cmd, MTLDispatchType dispatchType);
typedef id (*MTLCommandBuffer_computeCommandEncoderWithDescriptor)(id self, SEL _cmd, id descriptor);
typedef id (*MTLCommandBuffer_blitCommandEncoder)(id self, SEL _cmd);
typedef void (*MTLCommandBuffer_encodeWaitForEvent_value)(id self, SEL _cmd, id event, unsigned long long value);
typedef void (*MTLCommandBuffer_encodeSignalEvent_value)(id self, SEL _cmd, id event, unsigned long long value);
typedef void (*MTLCommandBuffer_pushDebugGroup)(id self, SEL _cmd, id name);
typedef void (*MTLCommandBuffer_popDebugGroup)(id self, SEL _cmd);

/* MTLCommandBufferEncoderInfo: in the userInfo of a command buffer's error. */
typedef id (*MTLCommandBufferEncoderInfo_label)(id self, SEL _cmd);
typedef id (*MTLCommandBufferEncoderInfo_debugSignposts)(id self, SEL _cmd);
typedef MTLCommandEncoderErrorState (*MTLCommandBufferEncoderInfo_errorState)(id self, SEL _cmd);

/* MTLComputePassDescriptor */
typedef id (*MTLComputePassDescriptor_computePassDescriptor)(Class self, SEL _cmd);
typedef MTLDispatchType (*MTLComputePassDescriptor_dispatchType)(id self, SEL _cmd);
typedef void (*MTLComputePassDescriptor_setDispatchType)(id self, SEL _cmd, MTLDispatchType dispatchType);

/* MTLCommandEncoder */
typedef id (*MTLCommandEncoder_label)(id self, SEL _cmd);
typedef void (*MTLCommandEncoder_setLabel)(id self, SEL _cmd, id label);
typedef id (*MTLCommandEncoder_device)(id self, SEL _cmd);
typedef void (*MTLCommandEncoder_endEncoding)(id self, SEL _cmd);
typedef void (*MTLCommandEncoder_insertDebugSignpost)(id self, SEL _cmd, id text);
typedef void (*MTLCommandEncoder_pushDebugGroup)(id self, SEL _cmd, id name);
typedef void (*MTLCommandEncoder_popDebugGroup)(id self, SEL _cmd);

/* MTLComputeCommandEncoder */
typedef MTLDispatchType (*MTLComputeCommandEncoder_dispatchType)(id self, SEL _cmd);
typedef void (*MTLComputeCommandEncoder_setComputePipelineState)(id self, SEL _cmd, id computePipelineState);
typedef void (*MTLComputeCommandEncoder_setBuffer_offset_atIndex)(
        id self, SEL _cmd, id buffer, NSUInteger offset, NSUInteger index);
typedef void (*MTLComputeCommandEncoder_setBufferOffset_atIndex)(
        id self, SEL _cmd, NSUInteger offset, NSUInteger index);
typedef void (*MTLComputeCommandEncoder_setBuffers_offsets_withRange)(
        id self, SEL _cmd, id *buffers, NSUInteger *offsets, NSRange range);
typedef void (*MTLComputeCommandEncoder_setBytes_length_atIndex)(
        id self, SEL _cmd, const void *bytes, NSUInteger length, NSUInteger index);
typedef void (*MTLComputeCommandEncoder_setThreadgroupMemoryLength_atIndex)(
        id self, SEL _cmd, NSUInteger length, NSUInteger index);
typedef void (*MTLComputeCommandEncoder_setStageInRegion)(id self, SEL _cmd, MTLRegion region);
typedef void (*MTLComputeCommandEncoder_useResource_usage)(id self, SEL _cmd, id resource, MTLResourceUsage usage);
typedef void (*MTLComputeCommandEncoder_useResources_count_usage)(
        id self, SEL _cmd, id *resources, NSUInteger count, MTLResourceUsage usage);
typedef void (*MTLComputeCommandEncoder_useHeap)(id self, SEL _cmd, id heap);
typedef void (*MTLComputeCommandEncoder_useHeaps_count)(id self, SEL _cmd, id *heaps, NSUInteger count);
typedef void (*MTLComputeCommandEncoder_dispatchThreads_threadsPerThreadgroup)(
        id self, SEL _cmd, MTLSize threads, MTLSize threadsPerThreadgroup);
typedef void (*MTLComputeCommandEncoder_dispatchThreadgroups_threadsPerThreadgroup)(
        id self, SEL _cmd, MTLSize threadgroups, MTLSize threadsPerThreadgroup);
typedef void (*MTLComputeCommandEncoder_dispatchThreadgroupsWithIndirectBuffer_indirectBufferOffset_threadsPerThreadgroup)(
        id self, SEL _cmd, id indirectBuffer, NSUInteger indirectBufferOffset, MTLSize threadsPerThreadgroup);
typedef void (*MTLComputeCommandEncoder_memoryBarrierWithScope)(id self, SEL _cmd, MTLBarrierScope scope);
typedef void (*MTLComputeCommandEncoder_memoryBarrierWithResources_count)(
        id self, SEL _cmd, id *resources, NSUInteger count);
typedef void (*MTLComputeCommandEncoder_updateFence)(id self, SEL _cmd, id fence);
typedef void (*MTLComputeCommandEncoder_waitForFence)(id self, SEL _cmd, id fence);

/*
 * MTLBlitCommandEncoder. The byte of fillBuffer is declared as a 32-bit integer: Apple's arm64 ABI has the caller
 * extend it, and only the zero-extended value 0..255 means the same to every callee.
 */
typedef void (*MTLBlitCommandEncoder_copyFromBuffer_sourceOffset_toBuffer_destinationOffset_size)(
        id self, SEL _cmd, id source, NSUInteger sourceOffset, id destination, NSUInteger destinationOffset,
        NSUInteger size);
typedef void (*MTLBlitCommandEncoder_fillBuffer_range_value)(
        id self, SEL _cmd, id buffer, NSRange range, unsigned int value);
typedef void (*MTLBlitCommandEncoder_synchronizeResource)(id self, SEL _cmd, id resource);
typedef void (*MTLBlitCommandEncoder_updateFence)(id self, SEL _cmd, id fence);
typedef void (*MTLBlitCommandEncoder_waitForFence)(id self, SEL _cmd, id fence);

#endif
