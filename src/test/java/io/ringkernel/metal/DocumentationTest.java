package io.ringkernel.metal;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ModifiersTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javax.lang.model.element.Modifier;
import org.junit.jupiter.api.Test;

/** Public declarations of exported packages carry a contract. javac's doclint checks what the contract says. */
final class DocumentationTest {

    private static final Path ROOT = Path.of("src/main/java/io/ringkernel/metal");
    private static final Set<String> EXPORTED = Set.of("", "hlc", "wire", "k2k", "runtime", "halo");

    @Test
    void everyPublicDeclarationOfAnExportedPackageHasADocComment() {
        List<String> undocumented = new ArrayList<>();
        for (SourceFile source : SourceFile.below(ROOT)) {
            Path folder = ROOT.toAbsolutePath().relativize(source.path().getParent());
            if (EXPORTED.contains(folder.toString())) {
                new PublicDeclarations(source, undocumented).scan(source.unit(), null);
            }
        }
        assertThat(undocumented).isEmpty();
    }

    /** Visits what callers see, and notes what has no comment of its own and overrides nothing. */
    private static final class PublicDeclarations extends TreePathScanner<Void, Void> {

        private final SourceFile source;
        private final List<String> undocumented;

        PublicDeclarations(SourceFile source, List<String> undocumented) {
            this.source = source;
            this.undocumented = undocumented;
        }

        @Override
        public Void visitClass(ClassTree type, Void unused) {
            if (!isVisible(type.getModifiers())) {
                return null;
            }
            require(type.getSimpleName());
            return super.visitClass(type, unused);
        }

        @Override
        public Void visitMethod(MethodTree method, Void unused) {
            boolean overrides = method.getModifiers().getAnnotations().stream()
                    .anyMatch(annotation ->
                            annotation.getAnnotationType().toString().equals("Override"));
            boolean canonical = method.getName().contentEquals("<init>")
                    && getCurrentPath().getParentPath().getLeaf().getKind() == Tree.Kind.RECORD;
            if (isVisible(method.getModifiers()) && !overrides && !canonical) {
                require(method.getName());
            }
            return null;
        }

        @Override
        public Void visitVariable(VariableTree variable, Void unused) {
            TreePath owner = getCurrentPath().getParentPath();
            boolean recordComponent = owner.getLeaf().getKind() == Tree.Kind.RECORD
                    && !variable.getModifiers().getFlags().contains(Modifier.STATIC);
            if (isVisible(variable.getModifiers()) && !recordComponent) {
                require(variable.getName());
            }
            return null;
        }

        private boolean isVisible(ModifiersTree modifiers) {
            Tree owner = getCurrentPath().getParentPath().getLeaf();
            boolean inInterface = owner.getKind() == Tree.Kind.INTERFACE;
            return (inInterface && !modifiers.getFlags().contains(Modifier.PRIVATE))
                    || modifiers.getFlags().contains(Modifier.PUBLIC)
                    || modifiers.getFlags().contains(Modifier.PROTECTED);
        }

        private void require(CharSequence name) {
            if (!source.hasDocComment(getCurrentPath())) {
                undocumented.add(source.name() + ": " + name);
            }
        }
    }
}
