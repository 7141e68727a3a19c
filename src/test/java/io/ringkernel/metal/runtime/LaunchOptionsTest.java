package io.ringkernel.metal.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringkernel.metal.MetalSize;
import io.ringkernel.metal.wire.Priority;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;

final class LaunchOptionsTest {
    record Counter(int count, long total) {}

    static final List<Arguments> REFUSED = List.of(
            refused(b -> b.inputCapacity(0), "inputCapacity not a power of two in 1..1048576: 0"),
            refused(b -> b.inputCapacity(3), "inputCapacity not a power of two in 1..1048576: 3"),
            refused(b -> b.outputCapacity(1 << 21), "outputCapacity not a power of two in 1..1048576: 2097152"),
            refused(
                    b -> b.outputCapacity(Integer.MIN_VALUE),
                    "outputCapacity not a power of two in 1..1048576: -2147483648"),
            refused(b -> b.maxPayloadBytes(65_537), "maxPayloadBytes not in 0..65536: 65537"),
            refused(b -> b.maxPayloadBytes(-1), "maxPayloadBytes not in 0..65536: -1"),
            refused(b -> b.repliesPerMessage(-1), "repliesPerMessage not in 0..64: -1"),
            refused(b -> b.stateBytes(-1), "stateBytes not in 0..1073741824: -1"),
            refused(b -> b.threadgroupBytes(24), "threadgroupBytes not a multiple of 16: 24"),
            refused(b -> b.threadgroupBytes(32_784), "threadgroupBytes not in 0..32768: 32784"),
            refused(b -> b.patience(Duration.ofSeconds(-1)), "patience is negative: PT-1S"),
            refused(b -> b.blockSize(0), "a dimension is below 1: 0 x 1 x 1"),
            refused(b -> b.gridSize(MetalSize.of(2)).build(), "gridSize of a SEQUENTIAL kernel not 1: 2 x 1 x 1"),
            refused(
                    b -> b.outputCapacity(2).repliesPerMessage(3).build(),
                    "repliesPerMessage above outputCapacity 2: 3"));

    private static Arguments refused(Consumer<LaunchOptions.Builder> choice, String reason) {
        return Arguments.of(choice, reason);
    }

    @ParameterizedTest
    @FieldSource("REFUSED")
    void anInvalidOptionIsRefusedAtOnceWithRuleAndValue(Consumer<LaunchOptions.Builder> choice, String reason) {
        var builder = LaunchOptions.builder();
        assertThatThrownBy(() -> choice.accept(builder))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(reason);
    }

    @Test
    void aBuilderStartsFromTheOptionsThatItWasMadeOf() {
        var options = LaunchOptions.builder()
                .blockSize(MetalSize.of(4, 2))
                .gridSize(MetalSize.of(2, 3))
                .handling(LaunchOptions.Handling.PARALLEL)
                .inputCapacity(8)
                .outputCapacity(16)
                .maxPayloadBytes(100)
                .repliesPerMessage(2)
                .initialState(new Counter(7, 8))
                .threadgroupBytes(32)
                .activateAtOnce()
                .priority(Priority.HIGH)
                .withoutK2K()
                .patience(Duration.ofSeconds(2))
                .build();
        assertThat(options.toBuilder().build()).usingRecursiveComparison().isEqualTo(options);
        assertThat(options.stateBytes()).isEqualTo(16);
        assertThat(options.initialState()).containsExactly(7, 0, 0, 0, 0, 0, 0, 0, 8, 0, 0, 0, 0, 0, 0, 0);
    }

    @Test
    void aParallelKernelHasAsManyThreadgroupsAsItMayHaveMessagesBut256AtMost() {
        var builder = LaunchOptions.builder().handling(LaunchOptions.Handling.PARALLEL);
        assertThat(builder.inputCapacity(16).build().gridSize()).isEqualTo(MetalSize.of(16));
        assertThat(builder.inputCapacity(1024).build().gridSize()).isEqualTo(MetalSize.of(256));
    }
}
