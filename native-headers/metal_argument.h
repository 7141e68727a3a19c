/* Argument encoders: structs of resources, written by the CPU. */
#ifndef RINGKERNEL_METAL_ARGUMENT_H
#define RINGKERNEL_METAL_ARGUMENT_H

#include "metal_types.h"

/* MTLDevice */
typedef id (*MTLDevice_newArgumentEncoderWithBufferBinding)(id self, SEL _cmd, id bufferBinding);

/* MTLArgumentEncoder */
typedef id (*MTLArgumentEncoder_label)(id self, SEL _cmd);
typedef void (*MTLArgumentEncoder_setLabel)(id self, SEL _cmd, id label);
typedef id (*MTLArgumentEncoder_device)(id self, SEL _cmd);
typedef NSUInteger (*MTLArgumentEncoder_alignment)(id self, SEL _cmd);
typedef NSUInteger (*MTLArgumentEncoder_encodedLength)(id self, SEL _cmd);
typedef void (*MTLArgumentEncoder_setArgumentBuffer_offset)(id self, SEL _cmd, id buffer, NSUInteger offset);
typedef void (*MTLArgumentEncoder_setBuffer_offset_atIndex)(
        id self, SEL _cmd, id buffer, NSUInteger offset, NSUInteger index);
typedef void (*MTLArgumentEncoder_setTexture_atIndex)(id self, SEL _cmd, id texture, NSUInteger index);
typedef void (*MTLArgumentEncoder_setSamplerState_atIndex)(id self, SEL _cmd, id sampler, NSUInteger index);
typedef void (*MTLArgumentEncoder_setVisibleFunctionTable_atIndex)(id self, SEL _cmd, id table, NSUInteger index);
typedef void *(*MTLArgumentEncoder_constantDataAtIndex)(id self, SEL _cmd, NSUInteger index);
typedef id (*MTLArgumentEncoder_newArgumentEncoderForBufferAtIndex)(id self, SEL _cmd, NSUInteger index);

#endif
