package io.ringkernel.metal.software;

import io.ringkernel.metal.msl.run.Extent;
import io.ringkernel.metal.msl.run.check.Finding;
import java.util.Optional;

/**
 * What an instrumented kernel found, and how often.
 *
 * @param kind the name of a {@link Finding.Kind}
 * @param report all of it in words
 */
public record SoftwareFinding(
        String kind,
        String kernel,
        Optional<Access> first,
        Access second,
        String memory,
        long offset,
        long count,
        String report) {

    /** A thread's access. */
    public record Access(
            int line,
            boolean isWrite,
            boolean isAtomic,
            Position inGrid,
            Position inThreadgroup,
            Position threadgroup) {

        static Access of(Finding.Access access) {
            var thread = access.thread();
            return new Access(
                    access.line(),
                    access.isWrite(),
                    access.isAtomic(),
                    Position.of(thread.inGrid()),
                    Position.of(thread.inThreadgroup()),
                    Position.of(thread.threadgroup()));
        }
    }

    /** A position, from 0. */
    public record Position(int x, int y, int z) {
        static Position of(Extent extent) {
            return new Position(extent.width(), extent.height(), extent.depth());
        }
    }

    static SoftwareFinding of(Finding finding, long count) {
        return new SoftwareFinding(
                finding.kind().name(),
                finding.kernel(),
                finding.first().map(Access::of),
                Access.of(finding.second()),
                finding.memory(),
                finding.offset(),
                count,
                finding.toString());
    }
}
