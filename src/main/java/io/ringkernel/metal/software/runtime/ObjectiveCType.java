package io.ringkernel.metal.software.runtime;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The Objective-C class or protocol that a Java class implements, such as {@code MTLBuffer}. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface ObjectiveCType {
    String value();
}
