package io.ringkernel.metal.wire;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A message that says something about its own header.
 *
 * <p>Any record is a message, see {@link RecordCodec}; it implements this only to choose its priority or correlation.
 * The annotations nested here tell how a record's component is stored when its Java type alone does not.
 */
public interface RingMessage {
    /** The priority that an envelope around this message gets: normal unless overridden. */
    default Priority messagePriority() {
        return Priority.NORMAL;
    }

    /** The correlation id that an envelope around this message gets: none unless overridden. */
    default CorrelationId messageCorrelation() {
        return CorrelationId.NONE;
    }

    /** Fixes a record's message type, which is otherwise the 64-bit FNV-1a hash of the class's binary name. */
    @Documented
    @Target(ElementType.TYPE)
    @Retention(RetentionPolicy.RUNTIME)
    @interface Type {
        /** The number in the header. */
        long value();
    }

    /** How many elements an array component has; every array needs this. */
    @Documented
    @Target({ElementType.RECORD_COMPONENT, ElementType.FIELD})
    @Retention(RetentionPolicy.RUNTIME)
    @interface Length {
        /** Number of elements, at least 1. */
        int value();
    }

    /** Stores an integer component, or the elements of an array of them, as MSL's unsigned type of the same width. */
    @Documented
    @Target({ElementType.RECORD_COMPONENT, ElementType.FIELD})
    @Retention(RetentionPolicy.RUNTIME)
    @interface Unsigned {}

    /** Stores a {@code float} component, or the elements of an array of them, as MSL's 16-bit {@code half}, rounded. */
    @Documented
    @Target({ElementType.RECORD_COMPONENT, ElementType.FIELD})
    @Retention(RetentionPolicy.RUNTIME)
    @interface Half {}

    /**
     * Marks a record as a vector: its two to four components, all of one scalar type, are stored as MSL's vector of
     * that type. {@code @Vector record Position(float x, float y, float z)} is a {@code float3}: 16 bytes, aligned to
     * 16.
     */
    @Documented
    @Target(ElementType.TYPE)
    @Retention(RetentionPolicy.RUNTIME)
    @interface Vector {}
}
