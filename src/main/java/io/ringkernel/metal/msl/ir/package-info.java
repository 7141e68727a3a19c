/**
 * The intermediate form between typed tree and bytecode: scalar expressions without effects, structured statements, and
 * a statement of its own for everything that threads do together.
 *
 * <p>We chose scalars, one JVM variable each, because C2 knows nothing of vectors and because uniformity, loop bounds
 * and addresses are then questions about single variables; we gave up seeing a float4 as one thing.
 */
package io.ringkernel.metal.msl.ir;
