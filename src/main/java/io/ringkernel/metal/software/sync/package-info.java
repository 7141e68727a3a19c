/** Events and fences of the software Metal. */
package io.ringkernel.metal.software.sync;
