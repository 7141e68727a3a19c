package io.ringkernel.metal.bench.table;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Comparisons as a Markdown table whose columns are aligned, so that a terminal and a README show the same text. */
public final class SpeedTable {
    private static final List<String> HEADER =
            List.of("benchmark", "ours", "alternative", "", "ratio", "spread", "goal", "met", "B/op");

    /** Names stand left, numbers right. */
    private static final List<Integer> LEFT = List.of(0, 2, 7);

    private SpeedTable() {}

    /** The lines in the given order. */
    public static String of(List<Comparison> comparisons) {
        var rows = new ArrayList<List<String>>();
        rows.add(HEADER);
        comparisons.forEach(comparison -> rows.add(row(comparison)));
        var widths = IntStream.range(0, HEADER.size())
                .map(column -> rows.stream()
                        .mapToInt(row -> row.get(column).length())
                        .max()
                        .orElse(0))
                .toArray();
        var lines = new ArrayList<String>();
        rows.forEach(row -> lines.add(line(row, widths)));
        lines.add(1, rule(widths));
        return String.join("\n", lines) + "\n";
    }

    private static List<String> row(Comparison comparison) {
        var ours = comparison.ours();
        var goal = Double.isInfinite(comparison.atMost()) ? "" : number(comparison.atMost());
        if (!goal.isEmpty() && comparison.alternative().isEmpty()) {
            goal += " " + ours.unit();
        }
        return List.of(
                comparison.name(),
                value(ours),
                comparison.alternativeName(),
                comparison.alternative().map(SpeedTable::value).orElse(""),
                comparison.ratio().map(SpeedTable::number).orElse(""),
                "+" + Math.round(comparison.spread() * 100) + "%",
                goal.isEmpty() ? "" : "≤ " + goal,
                comparison.isMet().map(met -> met ? "yes" : "no").orElse(""),
                bytes(comparison));
    }

    /** Ours, and the alternative's in brackets. */
    private static String bytes(Comparison comparison) {
        double ours = comparison.ours().bytesPerOperation();
        if (Double.isNaN(ours)) {
            return "";
        }
        var others = comparison.alternative().map(other -> " (%,.0f)".formatted(other.bytesPerOperation()));
        return "%,.0f".formatted(ours) + others.orElse("");
    }

    private static String value(Measured measured) {
        return number(measured.best()) + " " + measured.unit();
    }

    /** Three digits that count, never an exponent. */
    private static String number(double value) {
        if (value >= 100 || value == Math.rint(value)) {
            return String.format(Locale.ROOT, "%.0f", value);
        }
        return String.format(Locale.ROOT, value >= 10 ? "%.1f" : value >= 0.1 ? "%.2f" : "%.4f", value);
    }

    private static String line(List<String> cells, int[] widths) {
        return IntStream.range(0, widths.length)
                .mapToObj(column -> padded(cells.get(column), widths[column], LEFT.contains(column)))
                .collect(Collectors.joining(" | ", "| ", " |"));
    }

    private static String padded(String text, int width, boolean left) {
        var blanks = " ".repeat(width - text.length());
        return left ? text + blanks : blanks + text;
    }

    private static String rule(int[] widths) {
        return IntStream.range(0, widths.length)
                .mapToObj(column -> "-".repeat(widths[column] + 1) + (LEFT.contains(column) ? "-" : ":"))
                .collect(Collectors.joining("|", "|", "|"));
    }
}
