package io.ringkernel.metal.software.gpu;

import io.ringkernel.metal.msl.run.check.Finding;
import io.ringkernel.metal.msl.run.check.FindingSink;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What instrumented kernels of a device found: the first of each key, and how many there were. */
public final class Findings implements FindingSink {
    private static final Logger LOG = LoggerFactory.getLogger(Findings.class);

    /** A finding and how often it was made; {@code order} is that of the first ones. */
    public record Counted(Finding finding, long count) {}

    private record Entry(int order, Finding finding, AtomicLong count) {}

    private final ConcurrentMap<Key, Entry> entries = new ConcurrentHashMap<>();
    private final AtomicInteger orders = new AtomicInteger();

    @Override
    public void take(Key key, Supplier<Finding> finding) {
        var known = entries.get(key);
        if (known == null) {
            known = entries.computeIfAbsent(key, _ -> first(finding.get()));
        }
        known.count().incrementAndGet();
    }

    private Entry first(Finding finding) {
        LOG.warn("{}", finding);
        return new Entry(orders.getAndIncrement(), finding, new AtomicLong());
    }

    /** Everything so far, in the order in which it was found. */
    public List<Counted> all() {
        return entries.values().stream()
                .sorted((a, b) -> Integer.compare(a.order(), b.order()))
                .map(entry -> new Counted(entry.finding(), entry.count().get()))
                .toList();
    }
}
