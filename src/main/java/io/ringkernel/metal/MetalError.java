package io.ringkernel.metal;

import io.ringkernel.metal.objc.NSError;

/**
 * What an {@code NSError} said.
 *
 * @param domain such as {@code MTLCommandBufferErrorDomain}; never null
 * @param code the meaning depends on the domain
 * @param description in words for people, with the texts of the underlying errors
 */
public record MetalError(String domain, long code, String description) {

    static MetalError of(NSError error) {
        var text = new StringBuilder(error.description());
        for (var underlying : error.underlying()) {
            text.append(" (").append(underlying).append(')');
        }
        return new MetalError(error.domain(), error.code(), text.toString());
    }

    /** Domain, code and text on one line. */
    @Override
    public String toString() {
        return domain + " " + code + ": " + description;
    }
}
