package io.ringkernel.metal;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.DoWhileLoopTree;
import com.sun.source.tree.EnhancedForLoopTree;
import com.sun.source.tree.ForLoopTree;
import com.sun.source.tree.IfTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.SwitchExpressionTree;
import com.sun.source.tree.SwitchTree;
import com.sun.source.tree.SynchronizedTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.TryTree;
import com.sun.source.tree.WhileLoopTree;
import com.sun.source.util.TreeScanner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The sizes a newcomer can read in one sitting. An exception is a line of {@code budget-exceptions.txt}: {@code what |
 * limit | reason}, where {@code what} is how the failure names it.
 */
final class BudgetTest {

    private static final int FILE_LINES = 400;
    private static final int LINE_COLUMNS = 120;
    private static final int METHOD_LINES = 60;
    private static final int METHODS = 30;
    private static final int PARAMETERS = 6;
    private static final int NESTING = 3;
    private static final int PACKAGE_FILES = 25;

    private static final Path EXCEPTIONS = Path.of("src", "test", "resources", "budget-exceptions.txt");

    private static List<SourceFile> sources;
    private static List<Exemption> exemptions;

    @BeforeAll
    static void readSources() throws IOException {
        sources = SourceFile.below(
                Path.of("src/main/java"),
                Path.of("src/test/java"),
                Path.of("src/examples/java"),
                Path.of("src/jmh/java"));
        exemptions = Files.readAllLines(EXCEPTIONS).stream()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .map(Exemption::parse)
                .toList();
    }

    /** A line of the exceptions; {@code needed} once something relied on it. */
    private record Exemption(Pattern what, int limit, AtomicBoolean needed) {

        static Exemption parse(String line) {
            String[] cells = line.split(" \\| ", 3);
            assertThat(cells).as("what | limit | reason: %s", line).hasSize(3);
            String what = Pattern.quote(cells[0].strip()).replace("*", "\\E[^ /]*\\Q");
            return new Exemption(Pattern.compile(what), Integer.parseInt(cells[1].strip()), new AtomicBoolean());
        }

        boolean covers(String name, int actual) {
            boolean covers = actual <= limit && what.matcher(name).matches();
            needed.compareAndSet(false, covers);
            return covers;
        }
    }

    @Test
    void sizesStayInTheBudgetAndExceptionsAreNeeded() {
        List<String> over = new ArrayList<>();
        for (SourceFile source : sources) {
            check(over, source.name() + " lines", source.lines().size(), FILE_LINES);
            check(over, source.name() + " columns", longestLine(source), LINE_COLUMNS);
            new Sizes(source, over).scan(source.unit(), null);
        }
        sources.stream()
                .filter(source -> !source.name().endsWith("package-info.java"))
                .collect(groupingBy(source -> folder(source.name()), counting()))
                .forEach((folder, count) -> check(over, folder + " files", count.intValue(), PACKAGE_FILES));
        assertThat(over).isEmpty();
        assertThat(exemptions).as("exceptions that nothing needs").allMatch(line -> line.needed.get());
    }

    private static void check(List<String> over, String what, int actual, int budget) {
        if (actual > budget && exemptions.stream().noneMatch(line -> line.covers(what, actual))) {
            over.add(what + ": " + actual + " > " + budget);
        }
    }

    /** An import cannot be wrapped, and generated names are as long as Metal's selectors. */
    private static int longestLine(SourceFile source) {
        return source.lines().stream()
                .filter(line -> !line.startsWith("import "))
                .mapToInt(String::length)
                .max()
                .orElse(0);
    }

    private static String folder(String name) {
        return name.substring(0, name.lastIndexOf('/'));
    }

    /** Measures every type and method of one file. */
    private static final class Sizes extends TreeScanner<Void, Void> {

        private final SourceFile source;
        private final List<String> over;
        private String owner = "";

        Sizes(SourceFile source, List<String> over) {
            this.source = source;
            this.over = over;
        }

        @Override
        public Void visitClass(ClassTree type, Void unused) {
            String outer = owner;
            owner = outer.isEmpty() ? type.getSimpleName().toString() : outer + "." + type.getSimpleName();
            long methods = type.getMembers().stream()
                    .filter(MethodTree.class::isInstance)
                    .count();
            check(over, describe(owner) + " methods", (int) methods, METHODS);
            super.visitClass(type, unused);
            owner = outer;
            return null;
        }

        @Override
        public Void visitMethod(MethodTree method, Void unused) {
            String what = describe(owner + "." + method.getName());
            if (method.getBody() != null) {
                check(over, what + " lines", source.lineCount(method), METHOD_LINES);
                check(over, what + " nesting", Nesting.of(method.getBody()), NESTING);
            }
            check(over, what + " parameters", method.getParameters().size(), PARAMETERS);
            return super.visitMethod(method, unused);
        }

        private String describe(String name) {
            return folder(source.name()) + "/" + name;
        }
    }

    /** How deep control statements stand inside each other. An {@code else if} is as deep as its {@code if}. */
    private static final class Nesting extends TreeScanner<Void, Void> {

        private int depth;
        private int deepest;

        static int of(Tree body) {
            var nesting = new Nesting();
            nesting.scan(body, null);
            return nesting.deepest;
        }

        private Void inside(Runnable scan) {
            depth++;
            deepest = Math.max(deepest, depth);
            scan.run();
            depth--;
            return null;
        }

        @Override
        public Void visitClass(ClassTree type, Void unused) {
            return null;
        }

        @Override
        public Void visitIf(IfTree tree, Void unused) {
            inside(() -> scan(tree.getThenStatement(), null));
            if (tree.getElseStatement() instanceof IfTree chained) {
                return visitIf(chained, null);
            }
            return tree.getElseStatement() == null ? null : inside(() -> scan(tree.getElseStatement(), null));
        }

        @Override
        public Void visitForLoop(ForLoopTree tree, Void unused) {
            return inside(() -> super.visitForLoop(tree, null));
        }

        @Override
        public Void visitEnhancedForLoop(EnhancedForLoopTree tree, Void unused) {
            return inside(() -> super.visitEnhancedForLoop(tree, null));
        }

        @Override
        public Void visitWhileLoop(WhileLoopTree tree, Void unused) {
            return inside(() -> super.visitWhileLoop(tree, null));
        }

        @Override
        public Void visitDoWhileLoop(DoWhileLoopTree tree, Void unused) {
            return inside(() -> super.visitDoWhileLoop(tree, null));
        }

        @Override
        public Void visitSwitch(SwitchTree tree, Void unused) {
            return inside(() -> super.visitSwitch(tree, null));
        }

        @Override
        public Void visitSwitchExpression(SwitchExpressionTree tree, Void unused) {
            return inside(() -> super.visitSwitchExpression(tree, null));
        }

        @Override
        public Void visitTry(TryTree tree, Void unused) {
            return inside(() -> super.visitTry(tree, null));
        }

        @Override
        public Void visitSynchronized(SynchronizedTree tree, Void unused) {
            return inside(() -> super.visitSynchronized(tree, null));
        }
    }
}
