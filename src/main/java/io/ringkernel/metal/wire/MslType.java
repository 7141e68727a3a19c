package io.ringkernel.metal.wire;

import java.lang.foreign.MemoryLayout;

/** What a record's component is in MSL. */
sealed interface MslType permits MslScalar, MslType.Enumeration, MslStruct {
    String mslName();

    int byteSize();

    int alignment();

    MemoryLayout layout();

    /** A Java enum, stored as the ordinal in a {@code uint}; its constants become constants of the program. */
    record Enumeration(Class<?> type) implements MslType {
        @Override
        public String mslName() {
            return MslScalar.UINT.mslName();
        }

        @Override
        public int byteSize() {
            return MslScalar.UINT.byteSize();
        }

        @Override
        public int alignment() {
            return MslScalar.UINT.byteSize();
        }

        @Override
        public MemoryLayout layout() {
            return MslScalar.UINT.layout();
        }

        String definition() {
            var text = new StringBuilder();
            for (var constant : type.getEnumConstants()) {
                var value = (Enum<?>) constant;
                MslNames.check(value.name(), type.getName());
                text.append("constant constexpr uint %s_%s = %du;\n"
                        .formatted(type.getSimpleName(), value.name(), value.ordinal()));
            }
            return text.toString();
        }
    }
}
