package io.ringkernel.metal;

import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;

/** What lies in a buffer, as the source of a function says ({@code MTLType}). */
public sealed interface MetalType {
    /**
     * What has no parts that reflection tells: a scalar, vector or matrix, a texture, a sampler, a table.
     *
     * @param type which
     */
    record Data(MetalDataType type) implements MetalType {}

    /**
     * A struct ({@code MTLStructType}).
     *
     * @param members in the order of the source
     */
    record Struct(List<Member> members) implements MetalType {
        /** Copies the list. */
        public Struct {
            members = List.copyOf(members);
        }

        /**
         * The member of this name.
         *
         * @throws NoSuchElementException if there is none
         */
        public Member member(String name) {
            Objects.requireNonNull(name, "name");
            return members.stream()
                    .filter(member -> member.name().equals(name))
                    .findFirst()
                    .orElseThrow(() -> new NoSuchElementException("no member '" + name + "'"));
        }
    }

    /**
     * A member of a struct ({@code MTLStructMember}).
     *
     * @param name in the source
     * @param offset bytes from the start of the struct
     * @param index by which an argument encoder knows it: the number in {@code [[id(n)]]}, or the next that is free
     * @param type what it is
     */
    record Member(String name, long offset, int index, MetalType type) {}

    /**
     * An array ({@code MTLArrayType}).
     *
     * @param element what each element is
     * @param length how many there are
     * @param stride bytes from one to the next
     * @param indexStride how far the indices of two elements are apart for an argument encoder
     */
    record Array(MetalType element, int length, long stride, int indexStride) implements MetalType {}

    /**
     * A pointer ({@code MTLPointerType}).
     *
     * @param element what it points to, as far as reflection tells
     * @param access what the function does with that
     * @param alignment of what it points to, in bytes
     * @param dataSize bytes of what it points to
     */
    record Pointer(MetalType element, MetalBinding.Access access, long alignment, long dataSize) implements MetalType {}
}
