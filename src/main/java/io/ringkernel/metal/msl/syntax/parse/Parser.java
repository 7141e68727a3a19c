package io.ringkernel.metal.msl.syntax.parse;

import io.ringkernel.metal.msl.syntax.CompilationAbortedException;
import io.ringkernel.metal.msl.syntax.Declaration;
import io.ringkernel.metal.msl.syntax.Diagnostics;
import io.ringkernel.metal.msl.syntax.LanguageVersion;
import io.ringkernel.metal.msl.syntax.SourcePosition;
import io.ringkernel.metal.msl.syntax.scope.Scopes;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** What the parts of the parser share: their input, the scopes, the reporting of errors, and each other. */
final class Parser {
    /** Leaves the construct that cannot be parsed; the message is reported already, or the attempt was tentative. */
    static final class ParseError extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private static final ParseError INSTANCE = new ParseError();

        private ParseError() {
            super(null, null, false, false);
        }
    }

    /** Types, declarators and declarations are nested no deeper: as deep as clang nests brackets. */
    static final int NESTING_LIMIT = 256;

    /** Clang knows no limit for statements and operators in a row; here the compiler's stack holds so many. */
    static final int CHAIN_LIMIT = 1_000_000;

    /** Honest programs need less than one; bounds what nested attempts that all fail late can cost. */
    private static final long ATTEMPTS_PER_TOKEN = 256;

    final Tokens tokens;
    final Scopes scopes = new Scopes();
    final LanguageVersion version;
    final NameParser names;
    final TypeParser types;
    final DeclaratorParser declarators;
    final ExpressionParser expressions;
    final StatementParser statements;
    final DeclarationParser declarations;
    final ClassParser classes;
    final FunctionParser functions;
    final TemplateParser templates;
    final AttributeParser attributes;
    final Packing packing = new Packing(this);

    private final Diagnostics diagnostics;
    /** How many attempts are going on, one inside the other. */
    private int attempts;

    private long attemptCount;
    private int nesting;
    private int chain;

    Parser(Tokens tokens, LanguageVersion version, Diagnostics diagnostics) {
        this.tokens = tokens;
        this.version = version;
        this.diagnostics = diagnostics;
        this.names = new NameParser(this);
        this.types = new TypeParser(this);
        this.declarators = new DeclaratorParser(this);
        this.expressions = new ExpressionParser(this);
        this.statements = new StatementParser(this);
        this.declarations = new DeclarationParser(this);
        this.classes = new ClassParser(this);
        this.functions = new FunctionParser(this);
        this.templates = new TemplateParser(this);
        this.attributes = new AttributeParser(this);
    }

    Declaration.TranslationUnit translationUnit() {
        var start = tokens.position();
        var list = new ArrayList<Declaration>();
        int withoutLibrary = 0;
        while (!tokens.isAtEnd()) {
            if (tokens.at("}")) {
                report(tokens.take().position(), "extraneous closing brace ('}')");
            } else {
                declarations.declarationOrRecover(list);
            }
            withoutLibrary = tokens.isBeforeLibrary() ? list.size() : withoutLibrary;
        }
        return new Declaration.TranslationUnit(start, List.copyOf(list), withoutLibrary);
    }

    /** The result of a part that may fail; then nothing is consumed, nothing reported, and the result is null. */
    <T> T attempt(Supplier<T> part) {
        if (++attemptCount > ATTEMPTS_PER_TOKEN * tokens.count()) {
            throw diagnostics.fatal(tokens.position(), "too many ways to read this: the source is too complex");
        }
        int mark = tokens.mark();
        int scope = scopes.mark();
        int depth = nesting;
        int length = chain;
        attempts++;
        try {
            return part.get();
        } catch (ParseError failed) {
            tokens.reset(mark);
            scopes.reset(scope);
            nesting = depth;
            chain = length;
            return null;
        } finally {
            attempts--;
        }
    }

    /** The result of a part, or null after its error; then the next token is where parsing can go on. */
    <T> T recovering(Supplier<T> part) {
        int start = tokens.mark();
        int scope = scopes.mark();
        int depth = nesting;
        int length = chain;
        diagnostics.reach(tokens.position());
        try {
            return part.get();
        } catch (ParseError reported) {
            if (attempts > 0) {
                throw reported;
            }
            scopes.reset(scope);
            nesting = depth;
            chain = length;
            resynchronize(start);
            return null;
        }
    }

    /** The result of a part that is one level deeper. */
    <T> T nested(Supplier<T> part) {
        if (nesting == NESTING_LIMIT) {
            throw tooDeep(tokens.position(), NESTING_LIMIT);
        }
        nesting++;
        var result = part.get();
        nesting--;
        return result;
    }

    /** The result of a part that stands in another one without brackets: a branch, an operand, a value. */
    <T> T chained(Supplier<T> part) {
        requireChain(++chain, tokens.position());
        var result = part.get();
        chain--;
        return result;
    }

    /** Ends the compilation of a source in which more than the limit stand in a row. */
    void requireChain(int length, SourcePosition position) {
        if (length > CHAIN_LIMIT) {
            throw tooDeep(position, CHAIN_LIMIT);
        }
    }

    private CompilationAbortedException tooDeep(SourcePosition position, int limit) {
        return diagnostics.fatal(position, "nesting level exceeded maximum of " + limit);
    }

    /** Reports at the next token. */
    ParseError error(String message) {
        return error(tokens.position(), message);
    }

    /** Reports, and gives what to throw. */
    ParseError error(SourcePosition position, String message) {
        if (attempts == 0) {
            diagnostics.error(position, message);
        }
        return ParseError.INSTANCE;
    }

    /** Reports and goes on; in an attempt it fails. */
    void report(SourcePosition position, String message) {
        if (attempts > 0) {
            throw ParseError.INSTANCE;
        }
        diagnostics.error(position, message);
    }

    void warn(SourcePosition position, String message) {
        if (attempts == 0) {
            diagnostics.warning(position, message);
        }
    }

    /** Adds to a message that has just been reported. */
    void note(SourcePosition position, String message) {
        if (attempts == 0) {
            diagnostics.note(position, message);
        }
    }

    /** Warns of a feature of C++17 in a language version that is built on C++14. */
    void extension(SourcePosition position, String feature) {
        if (!version.isAtLeast(LanguageVersion.METAL_4_0)) {
            warn(position, feature);
        }
    }

    void expect(String punctuator) {
        if (!tokens.accept(punctuator)) {
            throw error("expected '" + punctuator + "'");
        }
    }

    /** A closing bracket; a note says what it should close. */
    void expectClosing(String closer, String opener, SourcePosition opened) {
        if (!tokens.accept(closer)) {
            var failure = error("expected '" + closer + "'");
            note(opened, "to match this '" + opener + "'");
            throw failure;
        }
    }

    /** A semicolon; where it is missing, parsing goes on as if it were there. */
    void expectSemicolon(String after) {
        if (tokens.accept(";")) {
            return;
        }
        report(tokens.endOfPrevious(), "expected ';' " + after);
        boolean nextLine = tokens.position().line() > tokens.endOfPrevious().line();
        if (!nextLine && !tokens.at("}")) {
            skipStatement();
        }
    }

    /** Behind the next semicolon, or before the brace that closes the block. */
    private void skipStatement() {
        while (!tokens.isAtEnd() && !tokens.at("}") && !tokens.accept(";")) {
            tokens.skipBalanced();
        }
    }

    /**
     * Moves behind the statement, declaration or member that begins at {@code start} and failed at the next token:
     * behind its semicolon or block, or before a line that clearly begins another one.
     */
    private void resynchronize(int start) {
        int failed = tokens.mark();
        boolean conditional = tokens.get(start).isWord("if");
        tokens.reset(start);
        tokens.skip(tokens.at("}") ? 0 : 1);
        while (!tokens.isAtEnd() && !tokens.at("}")) {
            if (tokens.mark() >= failed && tokens.startsLine() && Keywords.startsStatement(tokens.peek())) {
                return;
            }
            boolean mayEnd = tokens.at(";") || tokens.at("{");
            tokens.skipBalanced();
            if (mayEnd && tokens.mark() > failed && !(conditional && tokens.atWord("else"))) {
                tokens.accept(";");
                return;
            }
        }
    }
}
