package io.ringkernel.metal;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/** A parsed source file of the project, for tests about the sources themselves. */
record SourceFile(Path path, CompilationUnitTree unit, DocTrees trees) {

    /** All hand-written sources below these roots; a root that does not exist has none. */
    static List<SourceFile> below(Path... roots) {
        List<Path> paths = new ArrayList<>();
        for (Path root : roots) {
            if (Files.isDirectory(root)) {
                try (Stream<Path> files = Files.walk(root)) {
                    files.filter(file -> file.toString().endsWith(".java")).forEach(paths::add);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        }
        return parse(paths.stream().sorted().toList());
    }

    private static List<SourceFile> parse(List<Path> paths) {
        var compiler = ToolProvider.getSystemJavaCompiler();
        try (var files = compiler.getStandardFileManager(null, null, null)) {
            var task = (JavacTask) compiler.getTask(
                    null, files, null, List.of("-proc:none"), null, files.getJavaFileObjectsFromPaths(paths));
            DocTrees trees = DocTrees.instance(task);
            List<SourceFile> parsed = new ArrayList<>();
            for (CompilationUnitTree unit : task.parse()) {
                parsed.add(new SourceFile(Path.of(unit.getSourceFile().toUri()), unit, trees));
            }
            return parsed;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The path from the repository's root, with slashes on every system. */
    String name() {
        return Path.of("").toAbsolutePath().relativize(path).toString().replace('\\', '/');
    }

    List<String> lines() {
        try {
            return Files.readAllLines(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The number of lines from the first to the last character of {@code tree}. */
    int lineCount(Tree tree) {
        var positions = trees.getSourcePositions();
        var lines = unit.getLineMap();
        return (int) (lines.getLineNumber(positions.getEndPosition(unit, tree))
                - lines.getLineNumber(positions.getStartPosition(unit, tree))
                + 1);
    }

    boolean hasDocComment(TreePath declaration) {
        return trees.getDocCommentTree(declaration) != null;
    }
}
