/**
 * What a kernel does as its methods will do it, before there is any bytecode: what is the same for all threads of a row
 * or of a threadgroup and is done once, which threads go through a loop together, where loops over threads begin and
 * end, which variables are kept by lane, and where a method ends because HotSpot would not compile a larger one.
 */
package io.ringkernel.metal.msl.plan;
