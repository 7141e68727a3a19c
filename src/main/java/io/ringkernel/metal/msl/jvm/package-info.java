/**
 * Intermediate form and its plan in, JVM classes out.
 *
 * <p>Threads that do not interact run as one loop over a stretch of a row of the grid. Where they all go the same way
 * they run together instead, the loop over threads innermost, on arrays of their variables; when anything fails before
 * they had an effect, they run again one after the other, which says exactly what failed. In a loop that strides over
 * the threads they take turns, so that it runs through neighbouring elements. Threads that do interact run as a
 * sequence of loops over the lanes of a threadgroup, one between every two synchronisation points; where threads part
 * ways around such a point, an array says which of them wait.
 *
 * <p>We chose fission at synchronisation points over fibers because it is a thousand times faster; we gave up running
 * lanes independently of each other between those points.
 */
package io.ringkernel.metal.msl.jvm;
