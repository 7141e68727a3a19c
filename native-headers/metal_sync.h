/* Events and fences. */
#ifndef RINGKERNEL_METAL_SYNC_H
#define RINGKERNEL_METAL_SYNC_H

#include "metal_types.h"

/* MTLEvent */
typedef id (*MTLEvent_label)(id self, SEL _cmd);
typedef void (*MTLEvent_setLabel)(id self, SEL _cmd, id label);
typedef id (*MTLEvent_device)(id self, SEL _cmd);

/* MTLSharedEvent */
typedef unsigned long long (*MTLSharedEvent_signaledValue)(id self, SEL _cmd);
typedef void (*MTLSharedEvent_setSignaledValue)(id self, SEL _cmd, unsigned long long signaledValue);
typedef BOOL (*MTLSharedEvent_waitUntilSignaledValue_timeoutMS)(
        id self, SEL _cmd, unsigned long long value, unsigned long long milliseconds);
typedef void (*MTLSharedEvent_notifyListener_atValue_block)(
        id self, SEL _cmd, id listener, unsigned long long value, struct Block_literal *block);
typedef id (*MTLSharedEvent_newSharedEventHandle)(id self, SEL _cmd);

/* MTLSharedEventListener */
typedef id (*MTLSharedEventListener_sharedListener)(Class self, SEL _cmd);
typedef id (*MTLSharedEventListener_initWithDispatchQueue)(id self, SEL _cmd, id dispatchQueue);
typedef id (*MTLSharedEventListener_dispatchQueue)(id self, SEL _cmd);

/* MTLFence */
typedef id (*MTLFence_label)(id self, SEL _cmd);
typedef void (*MTLFence_setLabel)(id self, SEL _cmd, id label);
typedef id (*MTLFence_device)(id self, SEL _cmd);

#endif
