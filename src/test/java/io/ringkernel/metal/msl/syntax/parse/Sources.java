package io.ringkernel.metal.msl.syntax.parse;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringkernel.metal.msl.syntax.Declaration;
import io.ringkernel.metal.msl.syntax.Diagnostic;
import io.ringkernel.metal.msl.syntax.Diagnostics;
import io.ringkernel.metal.msl.syntax.Expression;
import io.ringkernel.metal.msl.syntax.LanguageVersion;
import io.ringkernel.metal.msl.syntax.ParseOptions;
import io.ringkernel.metal.msl.syntax.Statement;
import io.ringkernel.metal.msl.syntax.TreeText;
import java.util.List;

/** Parses the sources of tests. */
final class Sources {
    private Sources() {}

    /** The declarations of a source without errors. */
    static List<Declaration> declarations(String source) {
        return declarations(source, LanguageVersion.METAL_4_0);
    }

    static List<Declaration> declarations(String source, LanguageVersion version) {
        var diagnostics = new Diagnostics();
        var unit = MslParser.parse("t", source, ParseOptions.of(version), diagnostics);
        assertThat(diagnostics.hasErrors()).as("%s", diagnostics.messages()).isFalse();
        return unit.declarations();
    }

    /** What a source reports, notes included. */
    static List<String> messages(String source, LanguageVersion version) {
        var diagnostics = new Diagnostics();
        MslParser.parse("t", source, ParseOptions.of(version), diagnostics);
        return diagnostics.messages().stream().map(Diagnostic::toString).toList();
    }

    /** The last declaration of a source, as text. */
    static String declaration(String source) {
        return TreeText.of(declarations(source).getLast());
    }

    /** The statements of the last function of a source. */
    static List<Statement> statements(String source) {
        var function = (Declaration.Function) declarations(source).getLast();
        return ((Declaration.FunctionBody.Defined) function.body()).statements().statements();
    }

    /** A statement in a function, as text. */
    static String statement(String statement) {
        return TreeText.of(statements("void f() { " + statement + " }").getLast());
    }

    /** An expression, as text. */
    static String expression(String expression) {
        var statement = (Statement.ExpressionStatement)
                statements("void f() { (void)0, " + expression + "; }").getFirst();
        var comma = (Expression.Binary) statement.expression();
        return TreeText.of(comma.right());
    }
}
