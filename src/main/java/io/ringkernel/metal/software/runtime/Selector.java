package io.ringkernel.metal.software.runtime;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The message that a method answers, such as {@code newBufferWithLength:options:}. A static method answers a class
 * message, and its first parameter is the {@link ObjectClass} that received it.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Selector {
    String value();
}
