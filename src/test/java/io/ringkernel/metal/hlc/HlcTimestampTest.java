package io.ringkernel.metal.hlc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class HlcTimestampTest {
    @Test
    void theBytesAreThreeLittleEndianLongs() {
        var timestamp = new HlcTimestamp(0x0102030405060708L, 0x1112131415161718L, 0xF1F2F3F4F5F6F7F8L);
        assertThat(timestamp.toBytes())
                .isEqualTo(HexFormat.of().parseHex("0807060504030201" + "1817161514131211" + "f8f7f6f5f4f3f2f1"));
        assertThat(HlcTimestamp.fromBytes(timestamp.toBytes())).isEqualTo(timestamp);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 23, 25})
    void anotherNumberOfBytesIsRefused(int length) {
        assertThatThrownBy(() -> HlcTimestamp.fromBytes(new byte[length]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("bytes.length not 24: " + length);
    }

    @Test
    void physicalTimeOrdersBeforeTheCounterAndTheCounterBeforeTheNode() {
        var ascending = List.of(
                new HlcTimestamp(1, 9, 9),
                new HlcTimestamp(2, 0, 5),
                new HlcTimestamp(2, 0, 6),
                new HlcTimestamp(2, 1, 0),
                new HlcTimestamp(2, -1, 0),
                new HlcTimestamp(-1, 0, 0));
        var shuffled = new ArrayList<>(ascending);
        Collections.shuffle(shuffled, new Random(7));
        Collections.sort(shuffled);
        assertThat(shuffled).isEqualTo(ascending);
        assertThat(ascending.getLast().isAfter(ascending.getFirst())).isTrue();
        assertThat(ascending.getFirst().isAfter(ascending.getFirst())).isFalse();
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13})
    void theOrderIsTotalAndAgreesWithEquals(long seed) {
        var random = new Random(seed);
        for (int i = 0; i < 10_000; i++) {
            var a = new HlcTimestamp(random.nextInt(3) - 1, random.nextInt(3) - 1, random.nextInt(3) - 1);
            var b = new HlcTimestamp(random.nextInt(3) - 1, random.nextInt(3) - 1, random.nextInt(3) - 1);
            var c = new HlcTimestamp(random.nextInt(3) - 1, random.nextInt(3) - 1, random.nextInt(3) - 1);
            assertThat(Integer.signum(a.compareTo(b))).isEqualTo(-Integer.signum(b.compareTo(a)));
            assertThat(a.compareTo(b) == 0).isEqualTo(a.equals(b));
            if (a.compareTo(b) <= 0 && b.compareTo(c) <= 0) {
                assertThat(a.compareTo(c)).isLessThanOrEqualTo(0);
            }
        }
    }

    @Test
    void onlyTheZeroTimestampIsZero() {
        assertThat(HlcTimestamp.ZERO.isZero()).isTrue();
        assertThat(new HlcTimestamp(0, 0, 1).isZero()).isFalse();
    }
}
