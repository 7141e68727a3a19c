package io.ringkernel.metal.msl.syntax.preprocess;

import io.ringkernel.metal.msl.syntax.Diagnostics;
import io.ringkernel.metal.msl.syntax.ParseOptions;
import io.ringkernel.metal.msl.syntax.SourcePosition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Runs the directives of one source and expands its macros.
 *
 * <p>It reads one list of tokens from front to back; what it hands to the parser has the places of the original text.
 */
public final class Preprocessor {
    /**
     * What is left of a source.
     *
     * @param tokens the last of them is {@code END}
     * @param beforeLibrary how many of them come before a header that declares metal; all if none is included
     */
    public record Result(List<Token> tokens, int beforeLibrary) {}

    private static final Set<String> COMPUTED = Set.of("__LINE__", "__FILE__", "__BASE_FILE__", "__COUNTER__");

    private final ParseOptions options;
    private final Diagnostics diagnostics;
    private final List<Token> source;
    private final MacroTable macros;
    private final MacroExpander expander;
    private final ConditionalGroups groups;
    private final ConditionReader conditions;
    private final Pragmas pragmas;
    private final TokenQueue queue = new TokenQueue(this::nextOfSource);
    private final List<Token> output = new ArrayList<>();
    private int at;
    private int beforeLibrary = Integer.MAX_VALUE;
    private String presumedFile;
    private int presumedLines;
    /** A pragma for the parser, on its way from its directive to the queue. */
    private Optional<Token> pragma = Optional.empty();

    private Preprocessor(String file, String text, ParseOptions options, Diagnostics diagnostics) {
        this.options = options;
        this.diagnostics = diagnostics;
        this.presumedFile = file;
        this.source = Lexer.tokens(file, text, diagnostics);
        this.macros = new MacroTable(diagnostics);
        this.expander = new MacroExpander(macros, diagnostics);
        this.groups = new ConditionalGroups(diagnostics);
        this.conditions = new ConditionReader(macros, expander, diagnostics);
        this.pragmas = new Pragmas(diagnostics);
    }

    /**
     * What is left of a source after preprocessing.
     *
     * @param file the name that positions carry
     */
    public static Result preprocess(String file, String text, ParseOptions options, Diagnostics diagnostics) {
        var preprocessor = new Preprocessor(file, text, options, diagnostics);
        preprocessor.predefine();
        preprocessor.run();
        return new Result(preprocessor.output, preprocessor.beforeLibrary);
    }

    private void predefine() {
        var nowhere = new SourcePosition("<built-in>", 1, 1);
        for (var name : COMPUTED) {
            macros.define(new Macro(name, nowhere, Macro.Shape.COMPUTED, List.of(), List.of(), true));
        }
        defineAll("<built-in>", PredefinedMacros.always(options.version()));
        for (var macro : options.macros().entrySet()) {
            defineAll("<command line>", macro.getKey() + " " + macro.getValue().replace('\n', ' '));
        }
    }

    /** Each line is what could follow {@code #define}. */
    private void defineAll(String file, String lines) {
        var tokens = Lexer.tokens(file, lines, diagnostics);
        for (int start = 0; !tokens.get(start).is(TokenKind.END); ) {
            int end = start + 1;
            while (!tokens.get(end).startsLine()) {
                end++;
            }
            macros.define(tokens.subList(start, end), tokens.get(start).position(), true);
            start = end;
        }
    }

    private void run() {
        while (true) {
            var token = expander.next(queue);
            switch (token.kind()) {
                case END -> {
                    output.add(token);
                    return;
                }
                case STRAY -> diagnostics.error(token.position(), strayMessage(token.text()));
                case IDENTIFIER -> {
                    if (token.text().equals("_Pragma")) {
                        pragmaOperator(token);
                    } else {
                        output.add(token.canonical());
                    }
                }
                default -> output.add(token);
            }
        }
    }

    private static String strayMessage(String text) {
        boolean unfinished = text.length() > 1 || text.equals("\"") || text.equals("'");
        if (!unfinished) {
            return "unexpected character '" + text + "'";
        }
        return "missing terminating '" + (text.indexOf('"') >= 0 ? '"' : '\'') + "' character";
    }

    /** The next token of the source that no directive takes, in a group that is not skipped. */
    private Token nextOfSource() {
        while (true) {
            var token = source.get(at);
            if (token.is(TokenKind.END)) {
                groups.end();
                return token;
            }
            if (token.startsLine() && token.is("#")) {
                at++;
                directive(presumed(token));
                if (pragma.isPresent()) {
                    var result = pragma.get();
                    pragma = Optional.empty();
                    return result;
                }
            } else if (groups.isActive()) {
                at++;
                return presumed(token);
            } else {
                skipLine();
            }
        }
    }

    private void skipLine() {
        at++;
        while (!source.get(at).startsLine()) {
            at++;
        }
    }

    private Token presumed(Token token) {
        var position = token.position();
        if (presumedLines == 0 && position.file().equals(presumedFile)) {
            return token;
        }
        // A marker may say 0, and be the last before a line.
        int line = Math.max(1, position.line() + presumedLines);
        return token.at(new SourcePosition(presumedFile, line, position.column()));
    }

    private void directive(Token hash) {
        var line = new ArrayList<Token>();
        while (!source.get(at).startsLine()) {
            line.add(presumed(source.get(at++)));
        }
        if (line.isEmpty()) {
            return;
        }
        var name = line.getFirst();
        var rest = line.subList(1, line.size());
        if (!conditional(name, rest) && groups.isActive()) {
            plain(name, rest, hash);
        }
    }

    private boolean conditional(Token name, List<Token> rest) {
        var position = name.position();
        switch (name.text()) {
            case "if" -> groups.open(position, () -> conditions.isTrue(rest, position));
            case "ifdef" -> groups.open(position, () -> isDefined(rest, position));
            case "ifndef" -> groups.open(position, () -> !isDefined(rest, position));
            case "elif" -> groups.elseIf(position, () -> conditions.isTrue(rest, position));
            case "else" -> groups.otherwise(position);
            case "endif" -> groups.close(position);
            default -> {
                return false;
            }
        }
        boolean mayHaveOperand = !name.text().equals("else") && !name.text().equals("endif");
        if (!mayHaveOperand && !rest.isEmpty() && groups.isActive()) {
            extraTokens(name.text(), rest.getFirst());
        }
        return true;
    }

    private void extraTokens(String directive, Token first) {
        diagnostics.warning(first.position(), "extra tokens at end of #" + directive + " directive");
    }

    private boolean isDefined(List<Token> rest, SourcePosition directive) {
        if (!macros.checkName(rest, directive)) {
            return false;
        }
        if (rest.size() > 1) {
            extraTokens("ifdef", rest.get(1));
        }
        return conditions.isDefined(rest.getFirst().text());
    }

    private void plain(Token name, List<Token> rest, Token hash) {
        var position = name.position();
        switch (name.text()) {
            case "define" -> macros.define(rest, position, false);
            case "undef" -> {
                if (macros.checkName(rest, position)) {
                    macros.undefine(rest.getFirst().text());
                }
            }
            case "include", "import" -> include(rest, position);
            case "pragma" -> pragma = pragmas.read(hash.position(), rest);
            case "error" -> diagnostics.error(position, spell(rest));
            case "warning" -> diagnostics.warning(position, spell(rest));
            case "line" -> line(rest, position);
            default -> {
                if (name.is(TokenKind.NUMBER)) {
                    var marker = new ArrayList<Token>();
                    marker.add(name);
                    marker.addAll(rest.subList(0, Math.min(1, rest.size())));
                    line(marker, position);
                } else {
                    diagnostics.error(position, "invalid preprocessing directive");
                }
            }
        }
    }

    private void include(List<Token> rest, SourcePosition directive) {
        boolean written =
                !rest.isEmpty() && (rest.getFirst().is("<") || rest.getFirst().is(TokenKind.STRING));
        var tokens = written ? rest : expander.expandAll(rest, directive);
        var header = HeaderName.read(tokens);
        if (header.isEmpty()) {
            diagnostics.error(
                    tokens.isEmpty() ? directive : tokens.getFirst().position(), "expected \"FILENAME\" or <FILENAME>");
        } else if (!Headers.isKnown(header.get().name())) {
            throw diagnostics.fatal(
                    tokens.getFirst().position(), Headers.missing(header.get().name()));
        } else if (beforeLibrary == Integer.MAX_VALUE
                && Headers.declaresLibrary(header.get().name())) {
            beforeLibrary = output.size();
            defineAll("<metal_stdlib>", PredefinedMacros.ofStandardLibrary(options.version()));
        }
    }

    private void line(List<Token> rest, SourcePosition directive) {
        var tokens = expander.expandAll(rest, directive);
        boolean valid = !tokens.isEmpty()
                && tokens.getFirst().text().matches("[0-9]{1,9}")
                && (tokens.size() == 1 || tokens.get(1).is(TokenKind.STRING));
        if (!valid) {
            var position = tokens.isEmpty() ? directive : tokens.getFirst().position();
            diagnostics.error(position, "#line directive requires a positive integer argument");
            return;
        }
        int nextLine = source.get(at - 1).position().line() + 1;
        presumedLines = Integer.parseInt(tokens.getFirst().text()) - nextLine;
        if (tokens.size() > 1) {
            presumedFile = QuotedText.parse(tokens.get(1).text()).value();
        }
    }

    private static String spell(List<Token> tokens) {
        var text = new StringBuilder();
        for (int i = 0; i < tokens.size(); i++) {
            text.append(i > 0 && tokens.get(i).spaceBefore() ? " " : "")
                    .append(tokens.get(i).text());
        }
        return text.toString();
    }

    /** {@code _Pragma("unroll")}. */
    private void pragmaOperator(Token operator) {
        var open = expander.next(queue);
        var string = open.is("(") ? expander.next(queue) : open;
        var close = string.is(TokenKind.STRING) ? expander.next(queue) : string;
        if (!close.is(")") || !string.is(TokenKind.STRING)) {
            diagnostics.error(operator.position(), "_Pragma takes a parenthesized string literal");
            queue.putBack(close);
            return;
        }
        var words = new ArrayList<Token>();
        var text = QuotedText.parse(string.text()).value();
        for (var token : Lexer.tokens(string.position().file(), text, diagnostics)) {
            if (!token.is(TokenKind.END)) {
                words.add(token.at(string.position()));
            }
        }
        pragmas.read(operator.position(), words).ifPresent(output::add);
    }
}
