package io.ringkernel.metal.bench.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class SpeedTableTest {
    private static final double NONE = Double.POSITIVE_INFINITY;

    private static Measured times(double... samples) {
        return new Measured(samples, "ms/op", false, Double.NaN);
    }

    private static Comparison against(Measured ours, Measured alternative, double atMost) {
        return new Comparison("Saxpy.metal", ours, "array", Optional.of(alternative), atMost);
    }

    @Test
    void aRatioComparesTheBestSamples() {
        assertThat(against(times(9, 3, 50), times(2, 8, 2), 2).ratio()).contains(1.5);
    }

    @Test
    void aRatioOfThroughputsIsTurnedOver() {
        var ours = new Measured(new double[] {100, 400}, "ops/s", true, Double.NaN);
        var alternative = new Measured(new double[] {200, 100}, "ops/s", true, Double.NaN);
        assertThat(against(ours, alternative, 1).ratio()).contains(0.5);
    }

    @Test
    void aGoalIsMetUpToItsFigure() {
        assertThat(against(times(3), times(2), 1.5).isMet()).contains(true);
        assertThat(against(times(3.1), times(2), 1.5).isMet()).contains(false);
        assertThat(against(times(3), times(2), NONE).isMet()).isEmpty();
    }

    @Test
    void withoutAnAlternativeTheTimeItselfIsHeldAgainstTheGoal() {
        assertThat(new Comparison("Compile", times(90), "", Optional.empty(), 100).isMet())
                .contains(true);
        assertThat(new Comparison("Compile", times(110), "", Optional.empty(), 100).isMet())
                .contains(false);
    }

    @Test
    void theSpreadIsTheWiderOfTheTwo() {
        assertThat(against(times(2, 3, 9), times(10, 11, 12), NONE).spread()).isEqualTo(0.5);
    }

    @Test
    void differentUnitsAreNotCompared() {
        var micros = new Measured(new double[] {1}, "us/op", false, Double.NaN);
        assertThatThrownBy(() -> against(times(1), micros, 1).ratio())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("not comparable: ms/op and us/op");
    }

    @Test
    void theTableIsAlignedMarkdown() {
        var allocating = new Measured(new double[] {1234}, "us/op", false, 5000);
        var table = SpeedTable.of(List.of(
                against(times(3, 3), times(2, 2), 1.5),
                new Comparison("Compile", allocating, "", Optional.empty(), 1000)));
        assertThat(table).isEqualTo("""
                | benchmark   |       ours | alternative |         | ratio | spread |         goal | met |  B/op |
                |-------------|-----------:|-------------|--------:|------:|-------:|-------------:|-----|------:|
                | Saxpy.metal |    3 ms/op | array       | 2 ms/op |  1.50 |    +0% |       ≤ 1.50 | yes |       |
                | Compile     | 1234 us/op |             |         |       |    +0% | ≤ 1000 us/op | no  | 5,000 |
                """);
    }
}
