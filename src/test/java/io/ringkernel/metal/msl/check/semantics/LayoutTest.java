package io.ringkernel.metal.msl.check.semantics;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringkernel.metal.msl.builtin.Type;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Layouts of structs against offsets computed by hand from MSL specification 2.2 to 2.5 and the Itanium C++ ABI. */
final class LayoutTest {
    private static Type.Struct struct(String source) {
        var checked = new Fixture("layout", "#include <metal_stdlib>\nusing namespace metal;\n" + source).check();
        assertThat(checked.errors()).isEmpty();
        return checked.program().structs().getLast();
    }

    /** {@code name@offset} of all fields, then size and alignment. */
    private static String describe(Type.Struct struct) {
        return struct.fields().stream()
                .map(field -> field.name() + "@" + field.offset()
                        + (field.bitWidth() == 0 ? "" : "." + field.bitOffset() + ":" + field.bitWidth()))
                .collect(Collectors.joining(" ", "", " size " + struct.byteSize() + " align " + struct.alignment()));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    char a; int b; char c;                      | a@0 b@4 c@8 size 12 align 4
                    char a; short b; long c; bool d;            | a@0 b@2 c@8 d@16 size 24 align 8
                    float3 a; float b;                          | a@0 b@16 size 32 align 16
                    packed_float3 a; float b;                   | a@0 b@12 size 16 align 4
                    char a; packed_float3 b;                    | a@0 b@4 size 16 align 4
                    half a; half3 b; uchar3 c;                  | a@0 b@8 c@16 size 24 align 8
                    uchar a; packed_uchar3 b; packed_half2 c;   | a@0 b@1 c@4 size 8 align 2
                    float a; float3x3 b;                        | a@0 b@16 size 64 align 16
                    half a; half2x3 b;                          | a@0 b@8 size 24 align 8
                    float a[3]; float2 b;                       | a@0 b@16 size 24 align 8
                    bool a; atomic_bool b; atomic_ulong c;      | a@0 b@4 c@8 size 16 align 8
                    device float* a; uint b; constant int* c;   | a@0 b@8 c@16 size 24 align 8
                    alignas(16) int a; int b;                   | a@0 b@4 size 16 align 16
                    char a; alignas(8) char b;                  | a@0 b@8 size 16 align 8
                    uint a : 3; uint b : 5; uint c : 25;        | a@0.0:3 b@0.3:5 c@4.0:25 size 8 align 4
                    uchar a : 4; uint b : 8; uchar c;           | a@0.0:4 b@0.4:8 c@2 size 4 align 4
                    union { float a; uint b; }; uchar c;        | @0 c@4 size 8 align 4
                    array<float, 3> a; float4 b;                | a@0 b@16 size 32 align 16
                    long3 a; char b;                            | a@0 b@32 size 64 align 32
                    """)
    void fieldsStandWhereTheAbiPutsThem(String members, String expected) {
        assertThat(describe(struct("struct S { " + members + " };"))).isEqualTo(expected);
    }

    @Test
    void aUnionIsAsLargeAsItsLargestMember() {
        assertThat(describe(struct("union U { char a[5]; int b; };"))).isEqualTo("a@0 b@0 size 8 align 4");
    }

    @Test
    void anEmptyStructHasOneByteAndTakesNoRoomAsABase() {
        assertThat(describe(struct("struct E {};"))).isEqualTo(" size 1 align 1");
        assertThat(describe(struct("struct E {}; struct S : E { int a; };"))).isEqualTo("a@0 size 4 align 4");
    }

    @Test
    void aBaseStandsInFrontOfTheMembers() {
        var layout = struct("struct A { char x; short y; }; struct B : A { char z; };");
        assertThat(Arrays.asList(
                        layout.fields().get(0).offset(), layout.fields().get(1).offset()))
                .containsExactly(0, 4);
    }

    @Test
    void alignasOfTheStructRoundsItsSizeUp() {
        assertThat(describe(struct("struct alignas(64) H { uint id; ulong time; };")))
                .isEqualTo("id@0 time@8 size 64 align 64");
    }

    @Test
    void sizeofAndAlignofAgreeWithTheLayout() {
        struct("struct S { char a; float3 b; }; static_assert(sizeof(S) == 32 && alignof(S) == 16, \"S\");");
    }
}
