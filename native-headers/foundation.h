/* Foundation, as far as Metal compute needs it. */
#ifndef RINGKERNEL_FOUNDATION_H
#define RINGKERNEL_FOUNDATION_H

#include "objc.h"

typedef double CFTimeInterval;

typedef struct NSRange {
    NSUInteger location;
    NSUInteger length;
} NSRange;

typedef struct NSOperatingSystemVersion {
    NSInteger majorVersion;
    NSInteger minorVersion;
    NSInteger patchVersion;
} NSOperatingSystemVersion;

typedef enum NSStringEncoding : unsigned long long {
    NSUTF8StringEncoding = 4,
} NSStringEncoding;

/* NSObject */
typedef id (*NSObject_alloc)(Class self, SEL _cmd);
typedef id (*NSObject_new)(Class self, SEL _cmd);
typedef BOOL (*NSObject_instancesRespondToSelector)(Class self, SEL _cmd, SEL selector);
typedef id (*NSObject_init)(id self, SEL _cmd);
typedef id (*NSObject_copy)(id self, SEL _cmd);
typedef Class (*NSObject_class)(id self, SEL _cmd);
typedef Class (*NSObject_superclass)(id self, SEL _cmd);
typedef NSUInteger (*NSObject_hash)(id self, SEL _cmd);
typedef BOOL (*NSObject_isEqual)(id self, SEL _cmd, id other);
typedef BOOL (*NSObject_isKindOfClass)(id self, SEL _cmd, Class type);
typedef BOOL (*NSObject_conformsToProtocol)(id self, SEL _cmd, id protocol);
typedef BOOL (*NSObject_respondsToSelector)(id self, SEL _cmd, SEL selector);
typedef id (*NSObject_description)(id self, SEL _cmd);
typedef id (*NSObject_debugDescription)(id self, SEL _cmd);
typedef NSUInteger (*NSObject_retainCount)(id self, SEL _cmd);

/* NSString */
typedef id (*NSString_stringWithUTF8String)(Class self, SEL _cmd, const char *bytes);
typedef id (*NSString_initWithBytes_length_encoding)(
        id self, SEL _cmd, const void *bytes, NSUInteger length, NSStringEncoding encoding);
typedef const char *(*NSString_UTF8String)(id self, SEL _cmd);
typedef NSUInteger (*NSString_length)(id self, SEL _cmd);
typedef NSUInteger (*NSString_lengthOfBytesUsingEncoding)(id self, SEL _cmd, NSStringEncoding encoding);
typedef BOOL (*NSString_isEqualToString)(id self, SEL _cmd, id other);

/* NSError */
typedef id (*NSError_errorWithDomain_code_userInfo)(Class self, SEL _cmd, id domain, NSInteger code, id userInfo);
typedef id (*NSError_domain)(id self, SEL _cmd);
typedef NSInteger (*NSError_code)(id self, SEL _cmd);
typedef id (*NSError_userInfo)(id self, SEL _cmd);
typedef id (*NSError_localizedDescription)(id self, SEL _cmd);
typedef id (*NSError_localizedFailureReason)(id self, SEL _cmd);
typedef id (*NSError_localizedRecoverySuggestion)(id self, SEL _cmd);
typedef id (*NSError_underlyingErrors)(id self, SEL _cmd);

/* NSArray */
typedef id (*NSArray_array)(Class self, SEL _cmd);
typedef id (*NSArray_arrayWithObjects_count)(Class self, SEL _cmd, id *objects, NSUInteger count);
typedef NSUInteger (*NSArray_count)(id self, SEL _cmd);
typedef id (*NSArray_objectAtIndex)(id self, SEL _cmd, NSUInteger index);
typedef BOOL (*NSArray_containsObject)(id self, SEL _cmd, id object);

/* NSDictionary */
typedef id (*NSDictionary_dictionary)(Class self, SEL _cmd);
typedef id (*NSDictionary_dictionaryWithObjects_forKeys_count)(
        Class self, SEL _cmd, id *objects, id *keys, NSUInteger count);
typedef NSUInteger (*NSDictionary_count)(id self, SEL _cmd);
typedef id (*NSDictionary_objectForKey)(id self, SEL _cmd, id key);
typedef id (*NSDictionary_allKeys)(id self, SEL _cmd);
typedef id (*NSDictionary_allValues)(id self, SEL _cmd);

/* NSNumber */
typedef id (*NSNumber_numberWithBool)(Class self, SEL _cmd, BOOL value);
typedef id (*NSNumber_numberWithInt)(Class self, SEL _cmd, int value);
typedef id (*NSNumber_numberWithUnsignedInt)(Class self, SEL _cmd, unsigned int value);
typedef id (*NSNumber_numberWithLongLong)(Class self, SEL _cmd, long long value);
typedef id (*NSNumber_numberWithUnsignedLongLong)(Class self, SEL _cmd, unsigned long long value);
typedef id (*NSNumber_numberWithFloat)(Class self, SEL _cmd, float value);
typedef id (*NSNumber_numberWithDouble)(Class self, SEL _cmd, double value);
typedef BOOL (*NSNumber_boolValue)(id self, SEL _cmd);
typedef int (*NSNumber_intValue)(id self, SEL _cmd);
typedef unsigned int (*NSNumber_unsignedIntValue)(id self, SEL _cmd);
typedef long long (*NSNumber_longLongValue)(id self, SEL _cmd);
typedef unsigned long long (*NSNumber_unsignedLongLongValue)(id self, SEL _cmd);
typedef float (*NSNumber_floatValue)(id self, SEL _cmd);
typedef double (*NSNumber_doubleValue)(id self, SEL _cmd);
typedef id (*NSNumber_stringValue)(id self, SEL _cmd);

/* NSURL */
typedef id (*NSURL_fileURLWithPath)(Class self, SEL _cmd, id path);
typedef id (*NSURL_fileURLWithPath_isDirectory)(Class self, SEL _cmd, id path, BOOL isDirectory);
typedef id (*NSURL_path)(id self, SEL _cmd);
typedef id (*NSURL_absoluteString)(id self, SEL _cmd);
typedef BOOL (*NSURL_isFileURL)(id self, SEL _cmd);

/* NSData */
typedef id (*NSData_dataWithBytes_length)(Class self, SEL _cmd, const void *bytes, NSUInteger length);
typedef const void *(*NSData_bytes)(id self, SEL _cmd);
typedef NSUInteger (*NSData_length)(id self, SEL _cmd);

/* NSProcessInfo */
typedef id (*NSProcessInfo_processInfo)(Class self, SEL _cmd);
typedef NSOperatingSystemVersion (*NSProcessInfo_operatingSystemVersion)(id self, SEL _cmd);
typedef id (*NSProcessInfo_operatingSystemVersionString)(id self, SEL _cmd);
typedef BOOL (*NSProcessInfo_isLowPowerModeEnabled)(id self, SEL _cmd);

#endif
