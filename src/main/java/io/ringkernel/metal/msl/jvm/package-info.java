/**
 * Intermediate form in, JVM classes out.
 *
 * <p>Threads that do not interact run as one loop over a stretch of a row of the grid. Threads that do run as a
 * sequence of loops over the lanes of a threadgroup, one between every two synchronisation points; where threads part
 * ways around such a point, an array says which of them wait.
 *
 * <p>We chose fission at synchronisation points over fibers because it is a thousand times faster; we gave up running
 * lanes independently of each other between those points.
 */
package io.ringkernel.metal.msl.jvm;
