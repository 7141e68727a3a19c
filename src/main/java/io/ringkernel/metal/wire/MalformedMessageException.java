package io.ringkernel.metal.wire;

/** Bytes that should be a message are none: one field of the header, or one component of the payload, cannot be so. */
public final class MalformedMessageException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final String field;
    private final String value;

    MalformedMessageException(String field, String rule, String value) {
        super(field + " " + rule + ": " + value);
        this.field = field;
        this.value = value;
    }

    /** The offending field, as the wire layout or the record names it. */
    public String field() {
        return field;
    }

    /** The offending value as text. */
    public String value() {
        return value;
    }
}
