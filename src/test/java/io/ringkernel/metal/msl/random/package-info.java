/** Random MSL programs that come with an interpreter in Java. The soak programs run them too. */
package io.ringkernel.metal.msl.random;
