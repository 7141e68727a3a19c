/* Commands that a buffer holds, written by the CPU or by kernels. */
#ifndef RINGKERNEL_METAL_INDIRECT_H
#define RINGKERNEL_METAL_INDIRECT_H

#include "metal_types.h"

/* MTLDevice */
typedef id (*MTLDevice_newIndirectCommandBufferWithDescriptor_maxCommandCount_options)(
        id self, SEL _cmd, id descriptor, NSUInteger maxCommandCount, MTLResourceOptions options);

/* MTLIndirectCommandBufferDescriptor */
typedef void (*MTLIndirectCommandBufferDescriptor_setCommandTypes)(
        id self, SEL _cmd, MTLIndirectCommandType commandTypes);
typedef void (*MTLIndirectCommandBufferDescriptor_setInheritPipelineState)(
        id self, SEL _cmd, BOOL inheritPipelineState);
typedef void (*MTLIndirectCommandBufferDescriptor_setInheritBuffers)(id self, SEL _cmd, BOOL inheritBuffers);
typedef void (*MTLIndirectCommandBufferDescriptor_setMaxKernelBufferBindCount)(
        id self, SEL _cmd, NSUInteger maxKernelBufferBindCount);
typedef void (*MTLIndirectCommandBufferDescriptor_setMaxKernelThreadgroupMemoryBindCount)(
        id self, SEL _cmd, NSUInteger maxKernelThreadgroupMemoryBindCount);

/* MTLIndirectCommandBuffer */
typedef NSUInteger (*MTLIndirectCommandBuffer_size)(id self, SEL _cmd);
typedef MTLResourceID (*MTLIndirectCommandBuffer_gpuResourceID)(id self, SEL _cmd);
typedef void (*MTLIndirectCommandBuffer_resetWithRange)(id self, SEL _cmd, NSRange range);
typedef id (*MTLIndirectCommandBuffer_indirectComputeCommandAtIndex)(id self, SEL _cmd, NSUInteger index);

/* MTLIndirectComputeCommand */
typedef void (*MTLIndirectComputeCommand_setComputePipelineState)(id self, SEL _cmd, id computePipelineState);
typedef void (*MTLIndirectComputeCommand_setKernelBuffer_offset_atIndex)(
        id self, SEL _cmd, id kernelBuffer, NSUInteger offset, NSUInteger index);
typedef void (*MTLIndirectComputeCommand_setThreadgroupMemoryLength_atIndex)(
        id self, SEL _cmd, NSUInteger threadgroupMemoryLength, NSUInteger index);
typedef void (*MTLIndirectComputeCommand_concurrentDispatchThreadgroups_threadsPerThreadgroup)(
        id self, SEL _cmd, MTLSize concurrentDispatchThreadgroups, MTLSize threadsPerThreadgroup);
typedef void (*MTLIndirectComputeCommand_concurrentDispatchThreads_threadsPerThreadgroup)(
        id self, SEL _cmd, MTLSize concurrentDispatchThreads, MTLSize threadsPerThreadgroup);
typedef void (*MTLIndirectComputeCommand_setBarrier)(id self, SEL _cmd);
typedef void (*MTLIndirectComputeCommand_clearBarrier)(id self, SEL _cmd);
typedef void (*MTLIndirectComputeCommand_reset)(id self, SEL _cmd);

/* MTLComputeCommandEncoder */
typedef void (*MTLComputeCommandEncoder_executeCommandsInBuffer_withRange)(
        id self, SEL _cmd, id buffer, NSRange range);
typedef void (*MTLComputeCommandEncoder_executeCommandsInBuffer_indirectBuffer_indirectBufferOffset)(
        id self, SEL _cmd, id buffer, id indirectBuffer, NSUInteger indirectBufferOffset);

/* MTLBlitCommandEncoder */
typedef void (*MTLBlitCommandEncoder_resetCommandsInBuffer_withRange)(id self, SEL _cmd, id buffer, NSRange range);
typedef void (*MTLBlitCommandEncoder_copyIndirectCommandBuffer_sourceRange_destination_destinationIndex)(
        id self, SEL _cmd, id indirectCommandBuffer, NSRange sourceRange, id destination, NSUInteger destinationIndex);
typedef void (*MTLBlitCommandEncoder_optimizeIndirectCommandBuffer_withRange)(
        id self, SEL _cmd, id indirectCommandBuffer, NSRange range);

#endif
