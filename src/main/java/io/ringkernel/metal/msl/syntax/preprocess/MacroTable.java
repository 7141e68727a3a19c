package io.ringkernel.metal.msl.syntax.preprocess;

import io.ringkernel.metal.msl.syntax.Diagnostics;
import io.ringkernel.metal.msl.syntax.SourcePosition;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The macros defined at one point of the source; reads definitions and judges redefinitions. */
final class MacroTable {
    private static final String VA_ARGS = "__VA_ARGS__";

    private final Map<String, Macro> macros = new HashMap<>();
    private final Diagnostics diagnostics;

    MacroTable(Diagnostics diagnostics) {
        this.diagnostics = diagnostics;
    }

    /** The macro of this name, or null. */
    Macro find(String name) {
        return macros.get(name);
    }

    boolean isDefined(String name) {
        return macros.containsKey(name);
    }

    void define(Macro macro) {
        var previous = macros.put(macro.name(), macro);
        if (previous == null || previous.sameAs(macro) || macro.builtIn()) {
            return;
        }
        if (previous.shape() == Macro.Shape.COMPUTED) {
            diagnostics.warning(macro.position(), "redefining builtin macro");
        } else {
            diagnostics.warning(macro.position(), "'" + macro.name() + "' macro redefined");
            if (!previous.builtIn()) {
                diagnostics.note(previous.position(), "previous definition is here");
            }
        }
    }

    void undefine(String name) {
        macros.remove(name);
    }

    /** Whether a token can name a macro; says so if not. */
    boolean checkName(List<Token> line, SourcePosition directive) {
        if (line.isEmpty()) {
            diagnostics.error(directive, "macro name missing");
            return false;
        }
        var name = line.getFirst();
        if (!name.is(TokenKind.IDENTIFIER)) {
            diagnostics.error(name.position(), "macro name must be an identifier");
            return false;
        }
        var operator = Lexer.alternative(name.text());
        if (operator != null) {
            var message = "C++ operator '" + name.text() + "' (aka '" + operator + "') used as a macro name";
            diagnostics.error(name.position(), message);
            return false;
        }
        if (name.text().equals("defined")) {
            diagnostics.error(name.position(), "'defined' cannot be used as a macro name");
            return false;
        }
        return true;
    }

    /** Reads what follows {@code #define}. */
    void define(List<Token> line, SourcePosition directive, boolean builtIn) {
        if (!checkName(line, directive)) {
            return;
        }
        var name = line.getFirst();
        boolean functionLike =
                line.size() > 1 && line.get(1).is("(") && !line.get(1).spaceBefore();
        if (!functionLike) {
            var body = List.copyOf(line.subList(1, line.size()));
            if (!body.isEmpty() && !body.getFirst().spaceBefore()) {
                diagnostics.warning(body.getFirst().position(), "whitespace required after macro name");
            }
            if (checkPasting(body)) {
                define(new Macro(name.text(), name.position(), Macro.Shape.OBJECT, List.of(), body, builtIn));
            }
            return;
        }
        readParameters(line).ifPresent(head -> {
            var body = List.copyOf(line.subList(head.end, line.size()));
            var macro = new Macro(name.text(), name.position(), head.shape, head.names, body, builtIn);
            if (checkPasting(body) && checkBody(macro)) {
                define(macro);
            }
        });
    }

    private record ParameterList(Macro.Shape shape, List<String> names, int end) {}

    private Optional<ParameterList> readParameters(List<Token> line) {
        var names = new ArrayList<String>();
        for (int i = 2; i < line.size(); i++) {
            var token = line.get(i);
            if (token.is(")") && names.isEmpty()) {
                return Optional.of(new ParameterList(Macro.Shape.FUNCTION, names, i + 1));
            }
            boolean dots = token.is("...");
            if (!dots && !token.is(TokenKind.IDENTIFIER)) {
                return invalidParameters(token.position(), "invalid token in macro parameter list");
            }
            var name = dots ? VA_ARGS : token.text();
            if (names.contains(name)) {
                return invalidParameters(token.position(), "duplicate macro parameter name '" + name + "'");
            }
            names.add(name);
            boolean namedDots = !dots && i + 1 < line.size() && line.get(i + 1).is("...");
            i += namedDots ? 2 : 1;
            if (i < line.size() && line.get(i).is(")")) {
                var shape = dots || namedDots ? Macro.Shape.VARIADIC : Macro.Shape.FUNCTION;
                return Optional.of(new ParameterList(shape, names, i + 1));
            }
            if (dots || namedDots || i >= line.size() || !line.get(i).is(",")) {
                var at = i < line.size() ? line.get(i) : line.getLast();
                return invalidParameters(at.position(), "expected comma in macro parameter list");
            }
        }
        return invalidParameters(line.getLast().position(), "missing ')' in macro parameter list");
    }

    private Optional<ParameterList> invalidParameters(SourcePosition position, String message) {
        diagnostics.error(position, message);
        return Optional.empty();
    }

    private boolean checkPasting(List<Token> body) {
        if (body.isEmpty()) {
            return true;
        }
        if (body.getFirst().is("##")) {
            diagnostics.error(body.getFirst().position(), "'##' cannot appear at start of macro expansion");
            return false;
        }
        if (body.getLast().is("##")) {
            diagnostics.error(body.getLast().position(), "'##' cannot appear at end of macro expansion");
            return false;
        }
        return true;
    }

    private boolean checkBody(Macro macro) {
        var body = macro.body();
        for (int i = 0; i < body.size(); i++) {
            var token = body.get(i);
            boolean lastToken = i + 1 == body.size();
            if (token.is("#") && (lastToken || macro.parameterIndex(body.get(i + 1)) < 0)) {
                diagnostics.error(token.position(), "'#' is not followed by a macro parameter");
                return false;
            }
            if (token.isWord(VA_ARGS) && macro.parameterIndex(token) < 0) {
                diagnostics.warning(
                        token.position(), "__VA_ARGS__ can only appear in the expansion of a C99 variadic macro");
            }
        }
        return true;
    }
}
