/* Visible functions: handles to them, and tables that kernels call them through. */
#ifndef RINGKERNEL_METAL_FUNCTION_H
#define RINGKERNEL_METAL_FUNCTION_H

#include "metal_types.h"

/* MTLComputePipelineState */
typedef id (*MTLComputePipelineState_functionHandleWithFunction)(id self, SEL _cmd, id function);
typedef id (*MTLComputePipelineState_newVisibleFunctionTableWithDescriptor)(id self, SEL _cmd, id descriptor);

/* MTLComputeCommandEncoder */
typedef void (*MTLComputeCommandEncoder_setVisibleFunctionTable_atBufferIndex)(
        id self, SEL _cmd, id visibleFunctionTable, NSUInteger index);
typedef void (*MTLComputeCommandEncoder_setVisibleFunctionTables_withBufferRange)(
        id self, SEL _cmd, id *visibleFunctionTables, NSRange range);

/* MTLFunctionHandle */
typedef id (*MTLFunctionHandle_device)(id self, SEL _cmd);
typedef MTLFunctionType (*MTLFunctionHandle_functionType)(id self, SEL _cmd);
typedef id (*MTLFunctionHandle_name)(id self, SEL _cmd);

/* MTLVisibleFunctionTableDescriptor */
typedef id (*MTLVisibleFunctionTableDescriptor_visibleFunctionTableDescriptor)(Class self, SEL _cmd);
typedef NSUInteger (*MTLVisibleFunctionTableDescriptor_functionCount)(id self, SEL _cmd);
typedef void (*MTLVisibleFunctionTableDescriptor_setFunctionCount)(id self, SEL _cmd, NSUInteger functionCount);

/* MTLVisibleFunctionTable */
typedef MTLResourceID (*MTLVisibleFunctionTable_gpuResourceID)(id self, SEL _cmd);
typedef void (*MTLVisibleFunctionTable_setFunction_atIndex)(id self, SEL _cmd, id function, NSUInteger index);
typedef void (*MTLVisibleFunctionTable_setFunctions_withRange)(id self, SEL _cmd, id *functions, NSRange range);

#endif
