/* MTLDevice. */
#ifndef RINGKERNEL_METAL_DEVICE_H
#define RINGKERNEL_METAL_DEVICE_H

#include "metal_types.h"

typedef id (*MTLCreateSystemDefaultDevice)(void);
typedef id (*MTLCopyAllDevices)(void);

/* What it is. */
typedef id (*MTLDevice_name)(id self, SEL _cmd);
typedef unsigned long long (*MTLDevice_registryID)(id self, SEL _cmd);
typedef id (*MTLDevice_architecture)(id self, SEL _cmd);
typedef BOOL (*MTLDevice_hasUnifiedMemory)(id self, SEL _cmd);
typedef BOOL (*MTLDevice_isLowPower)(id self, SEL _cmd);
typedef BOOL (*MTLDevice_isHeadless)(id self, SEL _cmd);
typedef BOOL (*MTLDevice_isRemovable)(id self, SEL _cmd);
typedef MTLDeviceLocation (*MTLDevice_location)(id self, SEL _cmd);
typedef NSUInteger (*MTLDevice_locationNumber)(id self, SEL _cmd);
typedef unsigned long long (*MTLDevice_maxTransferRate)(id self, SEL _cmd);
typedef unsigned long long (*MTLDevice_peerGroupID)(id self, SEL _cmd);
typedef unsigned int (*MTLDevice_peerIndex)(id self, SEL _cmd);
typedef unsigned int (*MTLDevice_peerCount)(id self, SEL _cmd);
typedef BOOL (*MTLDevice_supportsFamily)(id self, SEL _cmd, MTLGPUFamily family);
typedef id (*MTLArchitecture_name)(id self, SEL _cmd);

/* What it allows. */
typedef MTLSize (*MTLDevice_maxThreadsPerThreadgroup)(id self, SEL _cmd);
typedef NSUInteger (*MTLDevice_maxThreadgroupMemoryLength)(id self, SEL _cmd);
typedef NSUInteger (*MTLDevice_maxBufferLength)(id self, SEL _cmd);
typedef unsigned long long (*MTLDevice_recommendedMaxWorkingSetSize)(id self, SEL _cmd);
typedef NSUInteger (*MTLDevice_currentAllocatedSize)(id self, SEL _cmd);
typedef MTLArgumentBuffersTier (*MTLDevice_argumentBuffersSupport)(id self, SEL _cmd);
typedef MTLReadWriteTextureTier (*MTLDevice_readWriteTextureSupport)(id self, SEL _cmd);
typedef BOOL (*MTLDevice_supportsDynamicLibraries)(id self, SEL _cmd);
typedef BOOL (*MTLDevice_supportsFunctionPointers)(id self, SEL _cmd);
typedef MTLSizeAndAlign (*MTLDevice_heapBufferSizeAndAlignWithLength_options)(
        id self, SEL _cmd, NSUInteger length, MTLResourceOptions options);
typedef NSUInteger (*MTLDevice_maximumConcurrentCompilationTaskCount)(id self, SEL _cmd);
typedef BOOL (*MTLDevice_shouldMaximizeConcurrentCompilation)(id self, SEL _cmd);
typedef void (*MTLDevice_setShouldMaximizeConcurrentCompilation)(id self, SEL _cmd, BOOL maximize);

/* What it makes. */
typedef id (*MTLDevice_newBufferWithLength_options)(id self, SEL _cmd, NSUInteger length, MTLResourceOptions options);
typedef id (*MTLDevice_newBufferWithBytes_length_options)(
        id self, SEL _cmd, const void *bytes, NSUInteger length, MTLResourceOptions options);
typedef id (*MTLDevice_newBufferWithBytesNoCopy_length_options_deallocator)(
        id self, SEL _cmd, void *pointer, NSUInteger length, MTLResourceOptions options,
        struct Block_literal *deallocator);
typedef id (*MTLDevice_newHeapWithDescriptor)(id self, SEL _cmd, id descriptor);
typedef id (*MTLDevice_newLibraryWithSource_options_error)(id self, SEL _cmd, id source, id options, id *error);
typedef id (*MTLDevice_newLibraryWithURL_error)(id self, SEL _cmd, id url, id *error);
typedef id (*MTLDevice_newLibraryWithFile_error)(id self, SEL _cmd, id file, id *error);
typedef id (*MTLDevice_newLibraryWithData_error)(id self, SEL _cmd, id data, id *error);
typedef id (*MTLDevice_newDynamicLibrary_error)(id self, SEL _cmd, id library, id *error);
typedef id (*MTLDevice_newDynamicLibraryWithURL_error)(id self, SEL _cmd, id url, id *error);
typedef id (*MTLDevice_newComputePipelineStateWithFunction_error)(id self, SEL _cmd, id function, id *error);
typedef id (*MTLDevice_newComputePipelineStateWithFunction_options_reflection_error)(
        id self, SEL _cmd, id function, MTLPipelineOption options, id *reflection, id *error);
typedef id (*MTLDevice_newComputePipelineStateWithDescriptor_options_reflection_error)(
        id self, SEL _cmd, id descriptor, MTLPipelineOption options, id *reflection, id *error);
typedef id (*MTLDevice_newBinaryArchiveWithDescriptor_error)(id self, SEL _cmd, id descriptor, id *error);
typedef id (*MTLDevice_newCommandQueue)(id self, SEL _cmd);
typedef id (*MTLDevice_newCommandQueueWithMaxCommandBufferCount)(id self, SEL _cmd, NSUInteger maxCommandBufferCount);
typedef id (*MTLDevice_newEvent)(id self, SEL _cmd);
typedef id (*MTLDevice_newSharedEvent)(id self, SEL _cmd);
typedef id (*MTLDevice_newFence)(id self, SEL _cmd);

#endif
