/* Compilation without waiting. */
#ifndef RINGKERNEL_METAL_ASYNC_H
#define RINGKERNEL_METAL_ASYNC_H

#include "metal_types.h"

/* MTLDevice */
typedef void (*MTLDevice_newLibraryWithSource_options_completionHandler)(
        id self, SEL _cmd, id source, id options, struct Block_literal *handler);
typedef void (*MTLDevice_newComputePipelineStateWithDescriptor_options_completionHandler)(
        id self, SEL _cmd, id descriptor, MTLPipelineOption options, struct Block_literal *handler);

#endif
