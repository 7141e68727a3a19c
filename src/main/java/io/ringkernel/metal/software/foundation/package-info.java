/**
 * Foundation in Java, as far as Metal compute needs it, the C functions of the Objective-C runtime, and how
 * Foundation's values cross between C and Java. Each class is named as Apple's class that it stands for.
 */
package io.ringkernel.metal.software.foundation;
