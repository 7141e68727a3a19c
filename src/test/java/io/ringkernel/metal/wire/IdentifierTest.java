package io.ringkernel.metal.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class IdentifierTest {
    /** Test vectors of FNV-1a, 64 bits, by Noll. */
    @ParameterizedTest
    @CsvSource({"a, af63dc4c8601ec8c", "b, af63df4c8601f1a5", "foobar, 85944171f73967e8"})
    void aKernelsNumberIsTheHashOfItsName(String name, String number) {
        assertThat(KernelId.of(name).number()).isEqualTo(Long.parseUnsignedLong(number, 16));
        assertThat(KernelId.of(name)).isEqualTo(KernelId.of(name)).hasToString(name);
    }

    @Test
    void theHostIsNumberZero() {
        assertThat(KernelId.HOST.number()).isZero();
        assertThat(KernelId.of("host")).isSameAs(KernelId.HOST);
        assertThat(KernelId.of("Host")).isNotEqualTo(KernelId.HOST);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\t\n"})
    void aBlankKernelNameIsRefused(String name) {
        assertThatThrownBy(() -> KernelId.of(name))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("name is blank");
    }

    @Test
    void generatedMessageIdsAreDistinctOnAllThreadsAndNeverNone() {
        var ids = IntStream.range(0, 20_000)
                .parallel()
                .mapToObj(i -> MessageId.generate())
                .toList();
        assertThat(ids).doesNotHaveDuplicates().doesNotContain(new MessageId(0));
    }

    @Test
    void prioritiesCountFromLowToCritical() {
        assertThat(Priority.values()).containsExactly(Priority.LOW, Priority.NORMAL, Priority.HIGH, Priority.CRITICAL);
        for (int level = 0; level < 4; level++) {
            assertThat(Priority.ofLevel(level).level()).isEqualTo(level);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 4, 64, 128})
    void aLevelOffTheScaleIsRefused(int level) {
        assertThatThrownBy(() -> Priority.ofLevel(level))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("level not in 0..3: " + level);
    }

    @Test
    void aReplyIsCorrelatedByTheRequestsId() {
        assertThat(CorrelationId.of(new MessageId(9)).value()).isEqualTo(9);
        assertThat(CorrelationId.NONE.isNone()).isTrue();
        assertThat(CorrelationId.of(new MessageId(9)).isNone()).isFalse();
    }
}
