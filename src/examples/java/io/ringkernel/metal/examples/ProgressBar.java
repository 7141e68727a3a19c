package io.ringkernel.metal.examples;

import java.io.PrintStream;

/**
 * How far a task of a known number of steps is. On a terminal one line is drawn again and again; elsewhere each quarter
 * is a line. Any thread may step.
 */
final class ProgressBar implements AutoCloseable {

    private static final int WIDTH = 32;
    private static final int QUARTER = 25;

    private final String task;
    private final int steps;
    private final PrintStream out;
    private final boolean onTerminal =
            System.console() != null && System.console().isTerminal();
    private int done;
    private int shownPercent;

    ProgressBar(String task, int steps, PrintStream out) {
        this.task = task;
        this.steps = steps;
        this.out = out;
    }

    synchronized void step() {
        done++;
        int percent = (int) (100L * done / steps);
        if (onTerminal ? percent > shownPercent : percent / QUARTER > shownPercent / QUARTER) {
            shownPercent = percent;
            draw();
        }
    }

    private void draw() {
        int filled = WIDTH * shownPercent / 100;
        String bar = "#".repeat(filled) + "-".repeat(WIDTH - filled);
        String line = "  [%s] %3d %%  %s".formatted(bar, shownPercent, task);
        if (onTerminal) {
            out.print("\r" + line);
            out.flush();
        } else {
            out.println(line);
        }
    }

    /** Ends the line. */
    @Override
    public synchronized void close() {
        if (onTerminal && shownPercent > 0) {
            out.println();
        }
    }
}
