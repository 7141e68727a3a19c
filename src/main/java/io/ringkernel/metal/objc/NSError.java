package io.ringkernel.metal.objc;

import io.ringkernel.metal.bindings.NSError_code;
import io.ringkernel.metal.bindings.NSError_domain;
import io.ringkernel.metal.bindings.NSError_localizedDescription;
import io.ringkernel.metal.bindings.NSError_underlyingErrors;
import io.ringkernel.metal.bindings.NSError_userInfo;
import java.lang.foreign.MemorySegment;
import java.util.List;

/**
 * What an {@code NSError} said, copied so that it outlives the object.
 *
 * @param domain such as {@code MTLCommandBufferErrorDomain}
 * @param code meaning depends on the domain
 * @param description in words for the user
 * @param underlying the errors that led to this one, nearest first
 */
public record NSError(String domain, long code, String description, List<NSError> underlying) {
    private static final Message DOMAIN = Message.of(NSError_domain.class);
    private static final Message CODE = Message.of(NSError_code.class);
    private static final Message DESCRIPTION = Message.of(NSError_localizedDescription.class);
    private static final Message UNDERLYING_ERRORS = Message.of(NSError_underlyingErrors.class);

    private static final Message USER_INFO = Message.of(NSError_userInfo.class);

    /** Errors that refer to each other must not recurse without end. */
    private static final int DEEPEST = 8;

    /** Copies the list. */
    public NSError {
        underlying = List.copyOf(underlying);
    }

    /**
     * Reads an error and those under it. Needs an autorelease pool.
     *
     * @throws IllegalArgumentException if it is nil
     */
    public static NSError read(ObjectiveC objc, MemorySegment error) {
        if (ObjectiveC.isNil(error)) {
            throw new IllegalArgumentException("nil is no error");
        }
        return read(objc, error, DEEPEST);
    }

    private static NSError read(ObjectiveC objc, MemorySegment error, int depth) {
        var domain = objc.bind(DOMAIN);
        var code = objc.bind(CODE);
        var description = objc.bind(DESCRIPTION);
        return new NSError(
                NSString.toJava(objc, NSError_domain.invoke(domain.function(), error, domain.selector())),
                NSError_code.invoke(code.function(), error, code.selector()),
                NSString.toJava(
                        objc,
                        NSError_localizedDescription.invoke(description.function(), error, description.selector())),
                depth == 0 ? List.of() : readUnderlying(objc, error, depth - 1));
    }

    private static List<NSError> readUnderlying(ObjectiveC objc, MemorySegment error, int depth) {
        // Since macOS 11.3.
        if (!objc.respondsTo(error, UNDERLYING_ERRORS)) {
            return List.of();
        }
        var send = objc.bind(UNDERLYING_ERRORS);
        var errors = NSError_underlyingErrors.invoke(send.function(), error, send.selector());
        return NSArray.map(objc, errors, each -> read(objc, each, depth));
    }

    /** What an error's {@code userInfo} holds for a key; nil if it holds nothing. Needs an autorelease pool. */
    public static MemorySegment detail(ObjectiveC objc, MemorySegment error, String key) {
        var send = objc.bind(USER_INFO);
        return NSDictionary.get(objc, NSError_userInfo.invoke(send.function(), error, send.selector()), key);
    }

    /** The description with domain and code, and those of the errors under it. */
    @Override
    public String toString() {
        var text = description + " (" + domain + " " + code + ")";
        return underlying.isEmpty() ? text : text + ", because of " + underlying;
    }
}
