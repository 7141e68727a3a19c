package io.ringkernel.metal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Structs of resources, written by an argument encoder (tier 1) or by hand (tier 2). */
@Tag("gpu")
@Timeout(60)
@ExtendWith(TestDevice.class)
final class MetalArgumentEncoderTest {
    private static final MetalSize ONE = MetalSize.of(1);

    /** Two members have an index of their own, the others the next that is free: 0, 5, 6 to 8, 2, 3. */
    private static final String PICK = """
            struct Arguments {
                device const int* first;
                texture2d<float> picture [[id(5)]];
                array<device const int*, 3> rest;
                sampler nearest [[id(2)]];
                int scale;
            };
            kernel void pick(constant Arguments& given [[buffer(3)]], device int* result [[buffer(0)]]) {
                float texel = given.picture.sample(given.nearest, float2(0.5f)).x;
                int sum = given.first[0] + given.rest[0][0] + 10 * given.rest[1][0] + 100 * given.rest[2][0];
                result[0] = sum * given.scale + int(texel);
            }
            """;

    /** Inputs of PICK, and what it gives for them: (1 + 2 + 10·3 + 100·4) · 1000 + 7. */
    private record Inputs(MetalBuffer numbers, MetalTexture picture, MetalSampler nearest, MetalBuffer result)
            implements AutoCloseable {
        private static final int EXPECTED = 433_007;

        static Inputs of(MetalDevice device) {
            var picture = device.newTexture(MetalTextureDescriptor.of2d(MetalPixelFormat.R32_FLOAT, 1, 1));
            picture.write(MemorySegment.ofArray(new float[] {7}));
            return new Inputs(
                    device.newBufferOf(1, 2, 3, 4),
                    picture,
                    device.newSampler(MetalSamplerDescriptor.defaults()),
                    device.newBuffer(4));
        }

        void run(TestKernel kernel, MetalBuffer arguments, long offset) {
            kernel.encode(encoder -> {
                encoder.setBuffer(3, arguments, offset);
                encoder.setBuffer(0, result);
                encoder.useResources(MetalBinding.Access.READ_ONLY, numbers, picture);
                encoder.dispatchThreads(ONE, ONE);
            });
        }

        @Override
        public void close() {
            numbers.close();
            picture.close();
            nearest.close();
            result.close();
        }
    }

    @Test
    void anEncoderWritesEveryKindOfMemberWhereTheKernelReadsIt(MetalDevice device) {
        try (var kernel = TestKernel.of(device, PICK);
                var inputs = Inputs.of(device);
                var encoder = kernel.pipeline().newArgumentEncoder(3);
                var arguments = device.newBuffer(2 * encoder.encodedLength() + 256)) {
            long offset = Math.ceilDiv(encoder.encodedLength(), 256) * 256;
            assertThat(offset % encoder.alignment()).isZero();
            encoder.setArgumentBuffer(arguments, offset);
            encoder.setBuffer(0, inputs.numbers, 0);
            encoder.setTexture(5, inputs.picture);
            for (int i = 0; i < 3; i++) {
                encoder.setBuffer(6 + i, inputs.numbers, 4 * (i + 1));
            }
            encoder.setSampler(2, inputs.nearest);
            encoder.setConstant(3, MemorySegment.ofArray(new int[] {1000}));
            inputs.run(kernel, arguments, offset);
            assertThat(inputs.result.readInts(0, 1)).containsExactly(Inputs.EXPECTED);
        }
    }

    @Test
    void aStructOfAddressesAndNumbersNeedsNoEncoder(MetalDevice device) {
        Assumptions.assumeTrue(device.limits().argumentBufferTier() == 2, "needs tier 2");
        try (var kernel = TestKernel.of(device, PICK);
                var inputs = Inputs.of(device);
                var arguments = device.newBuffer(64)) {
            long numbers = inputs.numbers.gpuAddress();
            arguments.write(0, numbers, inputs.picture.gpuResourceId(), numbers + 4, numbers + 8, numbers + 12);
            arguments.write(40, inputs.nearest.gpuResourceId());
            arguments.write(48, 1000);
            inputs.run(kernel, arguments, 0);
            assertThat(inputs.result.readInts(0, 1)).containsExactly(Inputs.EXPECTED);
        }
    }

    @Test
    @SuppressWarnings("try") // closes a buffer early on purpose
    void whatIsNoSuchMemberIsRefused(MetalDevice device) {
        try (var kernel = TestKernel.of(device, PICK);
                var inputs = Inputs.of(device);
                var encoder = kernel.pipeline().newArgumentEncoder(3);
                var hidden = device.newBuffer(256, MetalStorageMode.PRIVATE);
                var arguments = device.newBuffer(256)) {
            assertThatIllegalStateException()
                    .isThrownBy(() -> encoder.setBuffer(0, inputs.numbers, 0))
                    .withMessageContaining("setArgumentBuffer");
            assertThatIllegalArgumentException().isThrownBy(() -> encoder.setArgumentBuffer(hidden, 0));
            assertThatThrownBy(() -> encoder.setArgumentBuffer(arguments, 256))
                    .isInstanceOf(IndexOutOfBoundsException.class);
            encoder.setArgumentBuffer(arguments, 0);
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> encoder.setBuffer(5, inputs.numbers, 0))
                    .withMessageContaining("index 5 is no POINTER");
            assertThatIllegalArgumentException().isThrownBy(() -> encoder.setTexture(6, inputs.picture));
            assertThatIllegalArgumentException().isThrownBy(() -> encoder.setSampler(5, inputs.nearest));
            assertThatThrownBy(() -> encoder.setBuffer(9, inputs.numbers, 0))
                    .isInstanceOf(IndexOutOfBoundsException.class)
                    .hasMessage("the struct has no member at index 9");
            assertThatThrownBy(() -> encoder.setBuffer(0, inputs.numbers, 16))
                    .isInstanceOf(IndexOutOfBoundsException.class);
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> encoder.setConstant(3, MemorySegment.ofArray(new long[] {1})))
                    .withMessage("the member at index 3 has 4 bytes: 8");
            assertThatIllegalArgumentException().isThrownBy(() -> encoder.setConstant(0, arguments.contents()));
            assertThat(arguments.contents().toArray(ValueLayout.JAVA_BYTE)).containsOnly(0);
            arguments.close();
            assertThatIllegalStateException().isThrownBy(() -> encoder.setBuffer(0, inputs.numbers, 0));
        }
    }

    @Test
    void anEncoderIsForAStructThatTheFunctionTakes(MetalDevice device) {
        try (var kernel = TestKernel.of(device, PICK)) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> kernel.pipeline().newArgumentEncoder(0))
                    .withMessage("pick takes no struct at buffer index 0");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> kernel.pipeline().newArgumentEncoder(7));
            try (var encoder = kernel.pipeline().newArgumentEncoder(3)) {
                encoder.setLabel("arguments");
                assertThat(encoder.label()).isEqualTo("arguments");
            }
        }
    }

    @Test
    void reflectionTellsTheMembersOfStructs(MetalDevice device) {
        var source = """
                struct Inner { float4 at[2]; ushort kind; };
                struct Outer { Inner inner; device const Inner* more; bool flag; };
                kernel void read(constant Outer& outer [[buffer(1)]], device float* result [[buffer(0)]]) {
                    result[0] = outer.inner.at[1].x + outer.more->at[0].y + outer.inner.kind + outer.flag;
                }
                """;
        try (var kernel = TestKernel.of(device, source)) {
            var bindings = kernel.pipeline().bindings();
            var outer = bindings.stream()
                    .filter(b -> b.index() == 1)
                    .findFirst()
                    .orElseThrow()
                    .type()
                    .orElseThrow();
            var inner = new MetalType.Struct(List.of(
                    new MetalType.Member(
                            "at", 0, 0, new MetalType.Array(new MetalType.Data(MetalDataType.FLOAT4), 2, 16, 1)),
                    new MetalType.Member("kind", 32, 2, new MetalType.Data(MetalDataType.USHORT))));
            assertThat(outer).isInstanceOfSatisfying(MetalType.Struct.class, struct -> {
                assertThat(struct.member("inner").type()).isEqualTo(inner);
                assertThat(struct.member("more").offset()).isEqualTo(48);
                assertThat(struct.member("more").type())
                        .isEqualTo(new MetalType.Pointer(inner, MetalBinding.Access.READ_ONLY, 16, 48));
                assertThat(struct.member("flag").type()).isEqualTo(new MetalType.Data(MetalDataType.BOOL));
            });
            assertThat(bindings)
                    .filteredOn(b -> b.index() == 0)
                    .allSatisfy(b -> assertThat(b.type()).contains(new MetalType.Data(MetalDataType.FLOAT)));
        }
    }
}
