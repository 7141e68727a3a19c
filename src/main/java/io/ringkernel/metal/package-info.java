/** Metal's compute objects in Java, in Apple's words with {@code MTL} read as {@code Metal}. */
package io.ringkernel.metal;
