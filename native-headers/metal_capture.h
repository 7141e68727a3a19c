/* Captures of what the GPU does, for tools. */
#ifndef RINGKERNEL_METAL_CAPTURE_H
#define RINGKERNEL_METAL_CAPTURE_H

#include "metal_types.h"

typedef enum MTLCaptureDestination : long long {
    MTLCaptureDestinationDeveloperTools = 1,
    MTLCaptureDestinationGPUTraceDocument = 2,
} MTLCaptureDestination;

/* MTLCaptureManager */
typedef id (*MTLCaptureManager_sharedCaptureManager)(Class self, SEL _cmd);
typedef BOOL (*MTLCaptureManager_supportsDestination)(id self, SEL _cmd, MTLCaptureDestination destination);
typedef BOOL (*MTLCaptureManager_startCaptureWithDescriptor_error)(id self, SEL _cmd, id descriptor, id *error);
typedef void (*MTLCaptureManager_stopCapture)(id self, SEL _cmd);
typedef BOOL (*MTLCaptureManager_isCapturing)(id self, SEL _cmd);

/* MTLCaptureDescriptor */
typedef void (*MTLCaptureDescriptor_setCaptureObject)(id self, SEL _cmd, id object);
typedef void (*MTLCaptureDescriptor_setDestination)(id self, SEL _cmd, MTLCaptureDestination destination);
typedef void (*MTLCaptureDescriptor_setOutputURL)(id self, SEL _cmd, id url);

#endif
