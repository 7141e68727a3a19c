/**
 * What one software device is made of beneath Metal's objects: what it says of itself, its memory and addresses, the
 * threads that run kernels, and the faults that tests inject.
 */
package io.ringkernel.metal.software.gpu;
