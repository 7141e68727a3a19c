package io.ringkernel.metal.software.library;

/** Why a library, function or pipeline could not be made; becomes an NSError of {@code MTLLibraryErrorDomain}. */
final class LibraryError extends RuntimeException {
    static final String DOMAIN = "MTLLibraryErrorDomain";

    private static final long serialVersionUID = 1L;

    private final long code;

    LibraryError(long code, String text) {
        super(text);
        this.code = code;
    }

    long code() {
        return code;
    }
}
