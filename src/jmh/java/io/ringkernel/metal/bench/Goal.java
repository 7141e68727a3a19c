package io.ringkernel.metal.bench;

import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** What a benchmark is measured against; each makes a line of the table. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@Repeatable(Goal.List.class)
public @interface Goal {

    /** The alternative: a benchmark method of the same class; empty where {@link #atMost} is an absolute time. */
    String against() default "";

    /**
     * The largest ratio of our cost to the alternative's (of times, or of throughputs turned over), or the longest time
     * in the benchmark's unit. Infinite where the figure is only shown.
     */
    double atMost() default Double.POSITIVE_INFINITY;

    /** Holds several. */
    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.METHOD)
    @interface List {
        Goal[] value();
    }
}
