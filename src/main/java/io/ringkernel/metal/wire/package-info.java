/**
 * Bytes that the host and the GPU share: message headers, envelopes, control blocks, routing tables, and the mapping of
 * Java records to structs of the Metal Shading Language (MSL).
 *
 * <p>Unless a method says otherwise, null throws {@link NullPointerException}, sizes and offsets are in bytes, numbers
 * are little-endian, and a {@code long} that is called unsigned uses all 64 bits. Values are immutable and may be
 * shared by any number of threads; a view over a {@link java.lang.foreign.MemorySegment} follows the segment's own
 * rules.
 *
 * <p>Each shared struct is one class here, which draws its layout and holds it in one {@code LAYOUT}, and one struct of
 * the same member names in {@code msl/wire.metal}. Reserved bytes are written as zero and never looked at.
 *
 * <p><b>Decision: 64-bit numbers are not atomic.</b> MSL can neither load nor store an {@code atomic_ulong}. A 64-bit
 * member is written by one side only and read by the other across a command-buffer boundary.
 *
 * <p><b>Decision: a payload has the layout that MSL gives the struct.</b> A kernel reads a message in place. We gave up
 * a self-describing format: both sides must know the record, which {@code message_type} identifies.
 */
package io.ringkernel.metal.wire;
