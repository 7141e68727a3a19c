/* What kernels log, and queues with a log state. */
#ifndef RINGKERNEL_METAL_LOG_H
#define RINGKERNEL_METAL_LOG_H

#include "metal_types.h"

/* MTLDevice */
typedef id (*MTLDevice_newLogStateWithDescriptor_error)(id self, SEL _cmd, id descriptor, id *error);

/* MTLLogStateDescriptor */
typedef MTLLogLevel (*MTLLogStateDescriptor_level)(id self, SEL _cmd);
typedef void (*MTLLogStateDescriptor_setLevel)(id self, SEL _cmd, MTLLogLevel level);
typedef NSInteger (*MTLLogStateDescriptor_bufferSize)(id self, SEL _cmd);
typedef void (*MTLLogStateDescriptor_setBufferSize)(id self, SEL _cmd, NSInteger bufferSize);

/* MTLLogState */
typedef void (*MTLLogState_addLogHandler)(id self, SEL _cmd, struct Block_literal *logHandler);

/* MTLCommandBufferDescriptor */
typedef id (*MTLCommandBufferDescriptor_logState)(id self, SEL _cmd);
typedef void (*MTLCommandBufferDescriptor_setLogState)(id self, SEL _cmd, id logState);

/* MTLDevice */
typedef id (*MTLDevice_newCommandQueueWithDescriptor)(id self, SEL _cmd, id descriptor);

/* MTLCommandQueueDescriptor */
typedef NSUInteger (*MTLCommandQueueDescriptor_maxCommandBufferCount)(id self, SEL _cmd);
typedef void (*MTLCommandQueueDescriptor_setMaxCommandBufferCount)(
        id self, SEL _cmd, NSUInteger maxCommandBufferCount);
typedef id (*MTLCommandQueueDescriptor_logState)(id self, SEL _cmd);
typedef void (*MTLCommandQueueDescriptor_setLogState)(id self, SEL _cmd, id logState);

#endif
