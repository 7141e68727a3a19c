/** Pixel formats: one table of them, and the codecs that convert between texels in memory and colours. */
package io.ringkernel.metal.msl.texture.format;
