/*
 * The Objective-C runtime: object pointers, blocks, and the C functions that are called directly.
 *
 * These headers are read by jextract. They include nothing but each other, so that they mean the same on every
 * machine, and they say "long long" wherever a 64-bit integer is meant: the width of "long" differs between platforms.
 *
 * An Objective-C message is a function-pointer typedef named Owner_keyword_keyword. The selector follows from the
 * name: after the owner each "_" ends a keyword, and a message without arguments has no colon. A receiver of type
 * Class marks a class message. A C function is a typedef that bears the function's name; it is called at the address
 * under which the library exports that name.
 */
#ifndef RINGKERNEL_OBJC_H
#define RINGKERNEL_OBJC_H

typedef void *id;
typedef void *Class;
typedef void *SEL;
typedef _Bool BOOL;
typedef unsigned long long NSUInteger;
typedef long long NSInteger;

/* Classes, selectors, reference counts. */
typedef Class (*objc_getClass)(const char *name);
typedef id (*objc_getProtocol)(const char *name);
typedef SEL (*sel_registerName)(const char *name);
typedef const char *(*sel_getName)(SEL selector);
typedef Class (*object_getClass)(id object);
typedef const char *(*object_getClassName)(id object);
typedef BOOL (*class_respondsToSelector)(Class type, SEL selector);
typedef void *(*class_getInstanceMethod)(Class type, SEL selector);
typedef void *(*class_getClassMethod)(Class type, SEL selector);
typedef const char *(*method_getTypeEncoding)(void *method);
typedef id (*objc_retain)(id object);
typedef void (*objc_release)(id object);
typedef id (*objc_autorelease)(id object);
typedef void *(*objc_autoreleasePoolPush)(void);
typedef void (*objc_autoreleasePoolPop)(void *pool);

/*
 * Blocks. The descriptor of a block without copy helpers and without a signature is just its two sizes; the size of the
 * literal includes the variables that the block captured, which follow it.
 */
struct Block_descriptor {
    unsigned long long reserved;
    unsigned long long size;
};

struct Block_literal {
    void *isa;
    int flags;
    int reserved;
    void *invoke;
    struct Block_descriptor *descriptor;
};

enum Block_flags : int {
    BLOCK_IS_GLOBAL = 0x10000000,
};

/* What a block's invoke points to, one typedef for each kind of block that the library hands out. */
typedef void (*Block_invoke_object)(struct Block_literal *block, id object);
typedef void (*Block_invoke_object_value)(struct Block_literal *block, id object, unsigned long long value);
typedef void (*Block_invoke_bytes)(struct Block_literal *block, void *bytes, NSUInteger length);
typedef void (*Block_invoke_log)(struct Block_literal *block, id subsystem, id category, NSInteger level, id message);
typedef void (*Block_invoke_two_objects)(struct Block_literal *block, id first, id second);
typedef void (*Block_invoke_three_objects)(struct Block_literal *block, id first, id second, id third);

/* Dispatch, and the page size that no-copy buffers are aligned to. */
typedef id (*dispatch_data_create)(const void *bytes, unsigned long long size, id queue,
        struct Block_literal *destructor);
typedef unsigned long long (*dispatch_data_get_size)(id data);
typedef id (*dispatch_queue_create)(const char *label, id attributes);
typedef int (*getpagesize)(void);

#endif
