/**
 * The functions of SIMD-groups and quads (MSL specification, section 6.9), one static method each; generated code calls
 * them for all threads of a threadgroup together.
 *
 * <p>A method takes first the state of the lanes and their number, as {@link io.ringkernel.metal.msl.run.Lanes} has
 * them, and the width of a group: 32 for a SIMD-group, 4 for a quad; the last one of a threadgroup may be short. Then
 * come the arguments of the function: data as an array with one element per lane, whatever tells lanes what to do as an
 * array or null, and a value for all when the array is null. The array that takes the results is last, and never one of
 * the data. Only lanes that run take part and get a result.
 */
package io.ringkernel.metal.msl.run.lane;
