/* Counters, times and residency. */
#ifndef RINGKERNEL_METAL_COUNTER_H
#define RINGKERNEL_METAL_COUNTER_H

#include "metal_types.h"

typedef unsigned long long MTLTimestamp;

typedef enum MTLCounterSamplingPoint : unsigned long long {
    MTLCounterSamplingPointAtStageBoundary = 0,
    MTLCounterSamplingPointAtDrawBoundary = 1,
    MTLCounterSamplingPointAtDispatchBoundary = 2,
    MTLCounterSamplingPointAtTileDispatchBoundary = 3,
    MTLCounterSamplingPointAtBlitBoundary = 4,
} MTLCounterSamplingPoint;

/* MTLDevice */
typedef id (*MTLDevice_counterSets)(id self, SEL _cmd);
typedef BOOL (*MTLDevice_supportsCounterSampling)(id self, SEL _cmd, MTLCounterSamplingPoint sampling);
typedef id (*MTLDevice_newCounterSampleBufferWithDescriptor_error)(id self, SEL _cmd, id descriptor, id *error);
typedef void (*MTLDevice_sampleTimestamps_gpuTimestamp)(
        id self, SEL _cmd, MTLTimestamp *cpuTimestamp, MTLTimestamp *gpuTimestamp);
typedef id (*MTLDevice_newResidencySetWithDescriptor_error)(id self, SEL _cmd, id descriptor, id *error);

/* MTLCounterSet */
typedef id (*MTLCounterSet_name)(id self, SEL _cmd);
typedef id (*MTLCounterSet_counters)(id self, SEL _cmd);

/* MTLCounter */
typedef id (*MTLCounter_name)(id self, SEL _cmd);

/* MTLCounterSampleBufferDescriptor */
typedef void (*MTLCounterSampleBufferDescriptor_setCounterSet)(id self, SEL _cmd, id set);
typedef void (*MTLCounterSampleBufferDescriptor_setSampleCount)(id self, SEL _cmd, NSUInteger count);
typedef void (*MTLCounterSampleBufferDescriptor_setStorageMode)(id self, SEL _cmd, MTLStorageMode mode);
typedef void (*MTLCounterSampleBufferDescriptor_setLabel)(id self, SEL _cmd, id label);

/* MTLCounterSampleBuffer */
typedef id (*MTLCounterSampleBuffer_label)(id self, SEL _cmd);
typedef NSUInteger (*MTLCounterSampleBuffer_sampleCount)(id self, SEL _cmd);
typedef id (*MTLCounterSampleBuffer_resolveCounterRange)(id self, SEL _cmd, NSRange range);

/* MTLComputePassDescriptor */
typedef id (*MTLComputePassDescriptor_sampleBufferAttachments)(id self, SEL _cmd);

/* MTLComputePassSampleBufferAttachmentDescriptorArray */
typedef id (*MTLComputePassSampleBufferAttachmentDescriptorArray_objectAtIndexedSubscript)(
        id self, SEL _cmd, NSUInteger subscript);

/* MTLComputePassSampleBufferAttachmentDescriptor */
typedef void (*MTLComputePassSampleBufferAttachmentDescriptor_setSampleBuffer)(id self, SEL _cmd, id buffer);
typedef void (*MTLComputePassSampleBufferAttachmentDescriptor_setStartOfEncoderSampleIndex)(
        id self, SEL _cmd, NSUInteger index);
typedef void (*MTLComputePassSampleBufferAttachmentDescriptor_setEndOfEncoderSampleIndex)(
        id self, SEL _cmd, NSUInteger index);

/* MTLComputeCommandEncoder */
typedef void (*MTLComputeCommandEncoder_sampleCountersInBuffer_atSampleIndex_withBarrier)(
        id self, SEL _cmd, id buffer, NSUInteger index, BOOL barrier);

/* MTLResidencySetDescriptor */
typedef void (*MTLResidencySetDescriptor_setInitialCapacity)(id self, SEL _cmd, NSUInteger capacity);
typedef void (*MTLResidencySetDescriptor_setLabel)(id self, SEL _cmd, id label);

/* MTLResidencySet */
typedef id (*MTLResidencySet_label)(id self, SEL _cmd);
typedef void (*MTLResidencySet_addAllocations_count)(id self, SEL _cmd, id *allocations, NSUInteger count);
typedef void (*MTLResidencySet_removeAllocations_count)(id self, SEL _cmd, id *allocations, NSUInteger count);
typedef void (*MTLResidencySet_removeAllAllocations)(id self, SEL _cmd);
typedef BOOL (*MTLResidencySet_containsAllocation)(id self, SEL _cmd, id allocation);
typedef NSUInteger (*MTLResidencySet_allocationCount)(id self, SEL _cmd);
typedef unsigned long long (*MTLResidencySet_allocatedSize)(id self, SEL _cmd);
typedef void (*MTLResidencySet_commit)(id self, SEL _cmd);
typedef void (*MTLResidencySet_requestResidency)(id self, SEL _cmd);
typedef void (*MTLResidencySet_endResidency)(id self, SEL _cmd);

/* MTLCommandQueue */
typedef void (*MTLCommandQueue_addResidencySet)(id self, SEL _cmd, id set);
typedef void (*MTLCommandQueue_removeResidencySet)(id self, SEL _cmd, id set);

/* MTLCommandBuffer */
typedef void (*MTLCommandBuffer_useResidencySet)(id self, SEL _cmd, id set);

#endif
