/**
 * Textures and samplers as a GPU has them: pixel formats and their conversions, texels in memory, sampling. Plain Java
 * over {@link java.lang.foreign.MemorySegment}, for generated code and for Metal's objects alike.
 *
 * <p>Sources: Metal Shading Language Specification, sections 2.9, 2.10, 6.12 and 8.7; Metal Feature Set Tables. Where
 * both are silent, the rules of Vulkan's specification for image sampling hold.
 */
package io.ringkernel.metal.msl.texture;
