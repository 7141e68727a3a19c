package io.ringkernel.metal.msl.run.check;

import io.ringkernel.metal.msl.run.check.Finding.Access;
import java.util.Locale;

/** A finding in words, over several lines. */
record FindingText(Finding finding) {

    String compose() {
        var text = new StringBuilder(finding.kind().name());
        finding.first()
                .ifPresent(first -> text.append(' ')
                        .append(word(finding.second()))
                        .append(" after ")
                        .append(word(first)));
        if (!finding.memory().isEmpty()) {
            text.append(": ").append(finding.memory()).append(", byte ").append(finding.offset());
        }
        text.append(", kernel '").append(finding.kernel()).append('\'');
        finding.first().ifPresent(first -> line(text, first));
        line(text, finding.second());
        return text.append("\n  ").append(finding.explanation()).toString();
    }

    private void line(StringBuilder text, Access access) {
        var word = finding.kind() == Finding.Kind.LANE ? "exchange" : word(access);
        text.append(String.format(
                Locale.ROOT,
                "\n  %-12s line %d, thread %s of threadgroup %s, %s in the grid",
                word,
                access.line(),
                access.thread().inThreadgroup(),
                access.thread().threadgroup(),
                access.thread().inGrid()));
    }

    private static String word(Access access) {
        return (access.isAtomic() ? "atomic " : "") + (access.isWrite() ? "write" : "read");
    }
}
