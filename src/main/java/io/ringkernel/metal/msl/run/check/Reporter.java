package io.ringkernel.metal.msl.run.check;

import io.ringkernel.metal.msl.run.check.Finding.Access;
import io.ringkernel.metal.msl.run.check.Finding.Kind;
import java.util.Optional;
import java.util.function.LongFunction;

/** Makes findings of one dispatch. */
record Reporter(String kernel, FindingSink sink, LongFunction<Place> places) {

    void race(RaceDetector.Conflict conflict, Access first, Access second, long address) {
        var place = places.apply(address);
        var key = FindingSink.Key.of(conflict.kind(), kernel, first.line(), second.line(), place.memory());
        sink.take(
                key,
                () -> new Finding(
                        conflict.kind(),
                        kernel,
                        Optional.of(first),
                        second,
                        place.memory(),
                        place.offset(),
                        conflict.explanation()));
    }

    void uninitialized(Access access, long address) {
        var place = places.apply(address);
        sink.take(
                FindingSink.Key.of(Kind.UNINITIALIZED, kernel, access.line(), 0, place.memory()),
                () -> new Finding(
                        Kind.UNINITIALIZED,
                        kernel,
                        Optional.empty(),
                        access,
                        place.memory(),
                        place.offset(),
                        "nothing was written there since the variable began to exist"));
    }

    void lane(Access access, String explanation) {
        sink.take(
                FindingSink.Key.of(Kind.LANE, kernel, access.line(), 0, ""),
                () -> new Finding(Kind.LANE, kernel, Optional.empty(), access, "", 0, explanation));
    }
}
