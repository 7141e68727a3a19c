package io.ringkernel.metal.msl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringkernel.metal.msl.syntax.SourcePosition;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class CompilerDoorTest {
    private static final SourcePosition PLACE = new SourcePosition("program_source", 7, 3);

    static Stream<Throwable> failures() {
        return Stream.of(
                new NullPointerException("no type"),
                new IllegalStateException("no such thing"),
                new ClassFormatError("Duplicate method name"),
                new VerifyError("Bad type on operand stack"),
                new NoSuchMethodError("gone"),
                new AssertionError("never"));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void everyFailureInsideHasAPlaceAndAText(Throwable failure) {
        assertThatThrownBy(() -> CompilerDoor.pass("kernel 'k'", () -> PLACE, () -> rethrow(failure)))
                .isInstanceOf(MslCompilationException.class)
                .hasMessage("program_source:7:3: error: internal compiler error: kernel 'k': " + failure)
                .hasCause(failure);
    }

    @ParameterizedTest
    @MethodSource("exhaustions")
    void whatIsTooLargeIsCalledSo(Error failure) {
        assertThatThrownBy(() -> CompilerDoor.pass("kernel 'k'", () -> PLACE, () -> rethrow(failure)))
                .isInstanceOf(MslCompilationException.class)
                .hasMessageStartingWith("program_source:7:3: error: kernel 'k' is too large for the software device: ");
    }

    static Stream<Error> exhaustions() {
        return Stream.of(new StackOverflowError(), new OutOfMemoryError("Java heap space"));
    }

    @SuppressWarnings("unchecked")
    private static <E extends Throwable> Object rethrow(Throwable failure) throws E {
        throw (E) failure;
    }

    @Test
    void aStageHasAStackOfItsOwn() throws InterruptedException {
        var depth = new AtomicInteger();
        var small = new Thread(
                null,
                () -> depth.set(CompilerDoor.pass("the source", () -> PLACE, () -> descend(1_000_000))),
                "small",
                64 * 1024);
        small.start();
        small.join();
        assertThat(depth).hasValue(1_000_000);
    }

    private static int descend(int levels) {
        return levels == 0 ? 0 : 1 + descend(levels - 1);
    }

    @Test
    void anInterruptIsKeptForTheCaller() {
        Thread.currentThread().interrupt();
        assertThat(CompilerDoor.<Integer>pass("the source", () -> PLACE, () -> 5))
                .isEqualTo(5);
        assertThat(Thread.interrupted()).isTrue();
    }
}
