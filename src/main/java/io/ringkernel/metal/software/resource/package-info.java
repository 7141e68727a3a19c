/** Buffers and heaps of the software Metal. */
package io.ringkernel.metal.software.resource;
