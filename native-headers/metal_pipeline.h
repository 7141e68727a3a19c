/* Compute pipelines, their reflection, and binary archives. */
#ifndef RINGKERNEL_METAL_PIPELINE_H
#define RINGKERNEL_METAL_PIPELINE_H

#include "metal_types.h"

/* MTLComputePipelineDescriptor */
typedef id (*MTLComputePipelineDescriptor_label)(id self, SEL _cmd);
typedef void (*MTLComputePipelineDescriptor_setLabel)(id self, SEL _cmd, id label);
typedef id (*MTLComputePipelineDescriptor_computeFunction)(id self, SEL _cmd);
typedef void (*MTLComputePipelineDescriptor_setComputeFunction)(id self, SEL _cmd, id computeFunction);
typedef BOOL (*MTLComputePipelineDescriptor_threadGroupSizeIsMultipleOfThreadExecutionWidth)(id self, SEL _cmd);
typedef void (*MTLComputePipelineDescriptor_setThreadGroupSizeIsMultipleOfThreadExecutionWidth)(
        id self, SEL _cmd, BOOL isMultiple);
typedef NSUInteger (*MTLComputePipelineDescriptor_maxTotalThreadsPerThreadgroup)(id self, SEL _cmd);
typedef void (*MTLComputePipelineDescriptor_setMaxTotalThreadsPerThreadgroup)(
        id self, SEL _cmd, NSUInteger maxTotalThreadsPerThreadgroup);
typedef NSUInteger (*MTLComputePipelineDescriptor_maxCallStackDepth)(id self, SEL _cmd);
typedef void (*MTLComputePipelineDescriptor_setMaxCallStackDepth)(id self, SEL _cmd, NSUInteger maxCallStackDepth);
typedef BOOL (*MTLComputePipelineDescriptor_supportIndirectCommandBuffers)(id self, SEL _cmd);
typedef void (*MTLComputePipelineDescriptor_setSupportIndirectCommandBuffers)(
        id self, SEL _cmd, BOOL supportIndirectCommandBuffers);
typedef BOOL (*MTLComputePipelineDescriptor_supportAddingBinaryFunctions)(id self, SEL _cmd);
typedef void (*MTLComputePipelineDescriptor_setSupportAddingBinaryFunctions)(
        id self, SEL _cmd, BOOL supportAddingBinaryFunctions);
typedef id (*MTLComputePipelineDescriptor_buffers)(id self, SEL _cmd);
typedef id (*MTLComputePipelineDescriptor_preloadedLibraries)(id self, SEL _cmd);
typedef void (*MTLComputePipelineDescriptor_setPreloadedLibraries)(id self, SEL _cmd, id preloadedLibraries);
typedef id (*MTLComputePipelineDescriptor_linkedFunctions)(id self, SEL _cmd);
typedef void (*MTLComputePipelineDescriptor_setLinkedFunctions)(id self, SEL _cmd, id linkedFunctions);
typedef id (*MTLComputePipelineDescriptor_binaryArchives)(id self, SEL _cmd);
typedef void (*MTLComputePipelineDescriptor_setBinaryArchives)(id self, SEL _cmd, id binaryArchives);
typedef MTLShaderValidation (*MTLComputePipelineDescriptor_shaderValidation)(id self, SEL _cmd);
typedef void (*MTLComputePipelineDescriptor_setShaderValidation)(
        id self, SEL _cmd, MTLShaderValidation shaderValidation);
typedef void (*MTLComputePipelineDescriptor_reset)(id self, SEL _cmd);

/* MTLPipelineBufferDescriptor */
typedef id (*MTLPipelineBufferDescriptorArray_objectAtIndexedSubscript)(id self, SEL _cmd, NSUInteger index);
typedef void (*MTLPipelineBufferDescriptorArray_setObject_atIndexedSubscript)(
        id self, SEL _cmd, id object, NSUInteger index);
typedef MTLMutability (*MTLPipelineBufferDescriptor_mutability)(id self, SEL _cmd);
typedef void (*MTLPipelineBufferDescriptor_setMutability)(id self, SEL _cmd, MTLMutability mutability);

/* MTLLinkedFunctions */
typedef id (*MTLLinkedFunctions_linkedFunctions)(Class self, SEL _cmd);
typedef id (*MTLLinkedFunctions_functions)(id self, SEL _cmd);
typedef void (*MTLLinkedFunctions_setFunctions)(id self, SEL _cmd, id functions);
typedef id (*MTLLinkedFunctions_binaryFunctions)(id self, SEL _cmd);
typedef void (*MTLLinkedFunctions_setBinaryFunctions)(id self, SEL _cmd, id binaryFunctions);
typedef id (*MTLLinkedFunctions_privateFunctions)(id self, SEL _cmd);
typedef void (*MTLLinkedFunctions_setPrivateFunctions)(id self, SEL _cmd, id privateFunctions);

/* MTLComputePipelineState */
typedef id (*MTLComputePipelineState_label)(id self, SEL _cmd);
typedef id (*MTLComputePipelineState_device)(id self, SEL _cmd);
typedef NSUInteger (*MTLComputePipelineState_threadExecutionWidth)(id self, SEL _cmd);
typedef NSUInteger (*MTLComputePipelineState_maxTotalThreadsPerThreadgroup)(id self, SEL _cmd);
typedef NSUInteger (*MTLComputePipelineState_staticThreadgroupMemoryLength)(id self, SEL _cmd);
typedef NSUInteger (*MTLComputePipelineState_imageblockMemoryLengthForDimensions)(
        id self, SEL _cmd, MTLSize dimensions);
typedef BOOL (*MTLComputePipelineState_supportIndirectCommandBuffers)(id self, SEL _cmd);
typedef MTLResourceID (*MTLComputePipelineState_gpuResourceID)(id self, SEL _cmd);
typedef MTLShaderValidation (*MTLComputePipelineState_shaderValidation)(id self, SEL _cmd);

/* MTLComputePipelineReflection: bindings since macOS 13, arguments before. */
typedef id (*MTLComputePipelineReflection_bindings)(id self, SEL _cmd);
typedef id (*MTLComputePipelineReflection_arguments)(id self, SEL _cmd);

/* MTLBinding */
typedef id (*MTLBinding_name)(id self, SEL _cmd);
typedef MTLBindingType (*MTLBinding_type)(id self, SEL _cmd);
typedef MTLBindingAccess (*MTLBinding_access)(id self, SEL _cmd);
typedef NSUInteger (*MTLBinding_index)(id self, SEL _cmd);
typedef BOOL (*MTLBinding_isUsed)(id self, SEL _cmd);
typedef BOOL (*MTLBinding_isArgument)(id self, SEL _cmd);
typedef NSUInteger (*MTLBufferBinding_bufferAlignment)(id self, SEL _cmd);
typedef NSUInteger (*MTLBufferBinding_bufferDataSize)(id self, SEL _cmd);
typedef MTLDataType (*MTLBufferBinding_bufferDataType)(id self, SEL _cmd);
typedef id (*MTLBufferBinding_bufferStructType)(id self, SEL _cmd);
typedef id (*MTLBufferBinding_bufferPointerType)(id self, SEL _cmd);
typedef NSUInteger (*MTLThreadgroupBinding_threadgroupMemoryAlignment)(id self, SEL _cmd);
typedef NSUInteger (*MTLThreadgroupBinding_threadgroupMemoryDataSize)(id self, SEL _cmd);

/* MTLArgument */
typedef id (*MTLArgument_name)(id self, SEL _cmd);
typedef MTLArgumentType (*MTLArgument_type)(id self, SEL _cmd);
typedef MTLBindingAccess (*MTLArgument_access)(id self, SEL _cmd);
typedef NSUInteger (*MTLArgument_index)(id self, SEL _cmd);
typedef BOOL (*MTLArgument_isActive)(id self, SEL _cmd);
typedef NSUInteger (*MTLArgument_bufferAlignment)(id self, SEL _cmd);
typedef NSUInteger (*MTLArgument_bufferDataSize)(id self, SEL _cmd);
typedef MTLDataType (*MTLArgument_bufferDataType)(id self, SEL _cmd);
typedef id (*MTLArgument_bufferStructType)(id self, SEL _cmd);
typedef id (*MTLArgument_bufferPointerType)(id self, SEL _cmd);
typedef NSUInteger (*MTLArgument_arrayLength)(id self, SEL _cmd);
typedef NSUInteger (*MTLArgument_threadgroupMemoryAlignment)(id self, SEL _cmd);
typedef NSUInteger (*MTLArgument_threadgroupMemoryDataSize)(id self, SEL _cmd);

/* The types of a binding. */
typedef MTLDataType (*MTLType_dataType)(id self, SEL _cmd);
typedef MTLDataType (*MTLPointerType_elementType)(id self, SEL _cmd);
typedef MTLBindingAccess (*MTLPointerType_access)(id self, SEL _cmd);
typedef NSUInteger (*MTLPointerType_alignment)(id self, SEL _cmd);
typedef NSUInteger (*MTLPointerType_dataSize)(id self, SEL _cmd);
typedef BOOL (*MTLPointerType_elementIsArgumentBuffer)(id self, SEL _cmd);
typedef id (*MTLPointerType_elementStructType)(id self, SEL _cmd);
typedef id (*MTLPointerType_elementArrayType)(id self, SEL _cmd);
typedef MTLDataType (*MTLArrayType_elementType)(id self, SEL _cmd);
typedef NSUInteger (*MTLArrayType_arrayLength)(id self, SEL _cmd);
typedef NSUInteger (*MTLArrayType_stride)(id self, SEL _cmd);
typedef NSUInteger (*MTLArrayType_argumentIndexStride)(id self, SEL _cmd);
typedef id (*MTLArrayType_elementStructType)(id self, SEL _cmd);
typedef id (*MTLArrayType_elementArrayType)(id self, SEL _cmd);
typedef id (*MTLArrayType_elementPointerType)(id self, SEL _cmd);
typedef id (*MTLStructType_members)(id self, SEL _cmd);
typedef id (*MTLStructType_memberByName)(id self, SEL _cmd, id name);
typedef id (*MTLStructMember_name)(id self, SEL _cmd);
typedef NSUInteger (*MTLStructMember_offset)(id self, SEL _cmd);
typedef MTLDataType (*MTLStructMember_dataType)(id self, SEL _cmd);
typedef NSUInteger (*MTLStructMember_argumentIndex)(id self, SEL _cmd);
typedef id (*MTLStructMember_structType)(id self, SEL _cmd);
typedef id (*MTLStructMember_arrayType)(id self, SEL _cmd);
typedef id (*MTLStructMember_pointerType)(id self, SEL _cmd);

/* MTLBinaryArchive */
typedef id (*MTLBinaryArchiveDescriptor_url)(id self, SEL _cmd);
typedef void (*MTLBinaryArchiveDescriptor_setUrl)(id self, SEL _cmd, id url);
typedef id (*MTLBinaryArchive_label)(id self, SEL _cmd);
typedef void (*MTLBinaryArchive_setLabel)(id self, SEL _cmd, id label);
typedef id (*MTLBinaryArchive_device)(id self, SEL _cmd);
typedef BOOL (*MTLBinaryArchive_addComputePipelineFunctionsWithDescriptor_error)(
        id self, SEL _cmd, id descriptor, id *error);
typedef BOOL (*MTLBinaryArchive_addFunctionWithDescriptor_library_error)(
        id self, SEL _cmd, id descriptor, id library, id *error);
typedef BOOL (*MTLBinaryArchive_serializeToURL_error)(id self, SEL _cmd, id url, id *error);

#endif
