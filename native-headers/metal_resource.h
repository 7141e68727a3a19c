/* Buffers and heaps. */
#ifndef RINGKERNEL_METAL_RESOURCE_H
#define RINGKERNEL_METAL_RESOURCE_H

#include "metal_types.h"

/* MTLResource */
typedef id (*MTLResource_label)(id self, SEL _cmd);
typedef void (*MTLResource_setLabel)(id self, SEL _cmd, id label);
typedef id (*MTLResource_device)(id self, SEL _cmd);
typedef MTLStorageMode (*MTLResource_storageMode)(id self, SEL _cmd);
typedef MTLCPUCacheMode (*MTLResource_cpuCacheMode)(id self, SEL _cmd);
typedef MTLHazardTrackingMode (*MTLResource_hazardTrackingMode)(id self, SEL _cmd);
typedef MTLResourceOptions (*MTLResource_resourceOptions)(id self, SEL _cmd);
typedef MTLPurgeableState (*MTLResource_setPurgeableState)(id self, SEL _cmd, MTLPurgeableState state);
typedef id (*MTLResource_heap)(id self, SEL _cmd);
typedef NSUInteger (*MTLResource_heapOffset)(id self, SEL _cmd);
typedef NSUInteger (*MTLResource_allocatedSize)(id self, SEL _cmd);
typedef void (*MTLResource_makeAliasable)(id self, SEL _cmd);
typedef BOOL (*MTLResource_isAliasable)(id self, SEL _cmd);

/* MTLBuffer */
typedef NSUInteger (*MTLBuffer_length)(id self, SEL _cmd);
typedef void *(*MTLBuffer_contents)(id self, SEL _cmd);
typedef void (*MTLBuffer_didModifyRange)(id self, SEL _cmd, NSRange range);
typedef MTLGPUAddress (*MTLBuffer_gpuAddress)(id self, SEL _cmd);
typedef void (*MTLBuffer_addDebugMarker_range)(id self, SEL _cmd, id marker, NSRange range);
typedef void (*MTLBuffer_removeAllDebugMarkers)(id self, SEL _cmd);

/* MTLHeapDescriptor */
typedef NSUInteger (*MTLHeapDescriptor_size)(id self, SEL _cmd);
typedef void (*MTLHeapDescriptor_setSize)(id self, SEL _cmd, NSUInteger size);
typedef MTLStorageMode (*MTLHeapDescriptor_storageMode)(id self, SEL _cmd);
typedef void (*MTLHeapDescriptor_setStorageMode)(id self, SEL _cmd, MTLStorageMode storageMode);
typedef MTLCPUCacheMode (*MTLHeapDescriptor_cpuCacheMode)(id self, SEL _cmd);
typedef void (*MTLHeapDescriptor_setCpuCacheMode)(id self, SEL _cmd, MTLCPUCacheMode cpuCacheMode);
typedef MTLHazardTrackingMode (*MTLHeapDescriptor_hazardTrackingMode)(id self, SEL _cmd);
typedef void (*MTLHeapDescriptor_setHazardTrackingMode)(id self, SEL _cmd, MTLHazardTrackingMode hazardTrackingMode);
typedef MTLResourceOptions (*MTLHeapDescriptor_resourceOptions)(id self, SEL _cmd);
typedef void (*MTLHeapDescriptor_setResourceOptions)(id self, SEL _cmd, MTLResourceOptions resourceOptions);
typedef MTLHeapType (*MTLHeapDescriptor_type)(id self, SEL _cmd);
typedef void (*MTLHeapDescriptor_setType)(id self, SEL _cmd, MTLHeapType type);

/* MTLHeap */
typedef id (*MTLHeap_label)(id self, SEL _cmd);
typedef void (*MTLHeap_setLabel)(id self, SEL _cmd, id label);
typedef id (*MTLHeap_device)(id self, SEL _cmd);
typedef MTLStorageMode (*MTLHeap_storageMode)(id self, SEL _cmd);
typedef MTLCPUCacheMode (*MTLHeap_cpuCacheMode)(id self, SEL _cmd);
typedef MTLHazardTrackingMode (*MTLHeap_hazardTrackingMode)(id self, SEL _cmd);
typedef MTLResourceOptions (*MTLHeap_resourceOptions)(id self, SEL _cmd);
typedef MTLHeapType (*MTLHeap_type)(id self, SEL _cmd);
typedef NSUInteger (*MTLHeap_size)(id self, SEL _cmd);
typedef NSUInteger (*MTLHeap_usedSize)(id self, SEL _cmd);
typedef NSUInteger (*MTLHeap_currentAllocatedSize)(id self, SEL _cmd);
typedef NSUInteger (*MTLHeap_maxAvailableSizeWithAlignment)(id self, SEL _cmd, NSUInteger alignment);
typedef id (*MTLHeap_newBufferWithLength_options)(id self, SEL _cmd, NSUInteger length, MTLResourceOptions options);
typedef id (*MTLHeap_newBufferWithLength_options_offset)(
        id self, SEL _cmd, NSUInteger length, MTLResourceOptions options, NSUInteger offset);
typedef MTLPurgeableState (*MTLHeap_setPurgeableState)(id self, SEL _cmd, MTLPurgeableState state);

#endif
