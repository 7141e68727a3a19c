package io.ringkernel.metal.msl.syntax.preprocess;

import io.ringkernel.metal.msl.syntax.Diagnostics;
import io.ringkernel.metal.msl.syntax.SourcePosition;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Prepares an {@code #if} line for evaluation: answers {@code defined} and {@code __has_…}, then expands macros. */
final class ConditionReader {
    private static final Set<String> QUERIES = Set.of(
            "__has_include",
            "__has_attribute",
            "__has_cpp_attribute",
            "__has_feature",
            "__has_extension",
            "__has_builtin");

    private static final Set<String> ATTRIBUTES = Set.of(
            "always_inline",
            "noinline",
            "unused",
            "aligned",
            "deprecated",
            "annotate",
            "const",
            "pure",
            "packed",
            "fallthrough",
            "maybe_unused",
            "nodiscard",
            "noreturn",
            "kernel",
            "buffer",
            "host_name",
            "visible");

    private static final Set<String> FEATURES = Set.of(
            "cxx_alias_templates",
            "cxx_alignas",
            "cxx_attributes",
            "cxx_auto_type",
            "cxx_constexpr",
            "cxx_decltype",
            "cxx_default_function_template_args",
            "cxx_defaulted_functions",
            "cxx_delegating_constructors",
            "cxx_deleted_functions",
            "cxx_explicit_conversions",
            "cxx_generalized_initializers",
            "cxx_inline_namespaces",
            "cxx_nonstatic_member_init",
            "cxx_nullptr",
            "cxx_override_control",
            "cxx_range_for",
            "cxx_reference_qualified_functions",
            "cxx_relaxed_constexpr",
            "cxx_return_type_deduction",
            "cxx_rvalue_references",
            "cxx_static_assert",
            "cxx_strong_enums",
            "cxx_trailing_return",
            "cxx_unicode_literals",
            "cxx_unrestricted_unions",
            "cxx_user_literals",
            "cxx_variable_templates",
            "cxx_variadic_templates",
            "cxx_binary_literals",
            "cxx_aggregate_nsdmi");

    private final MacroTable macros;
    private final MacroExpander expander;
    private final Diagnostics diagnostics;

    ConditionReader(MacroTable macros, MacroExpander expander, Diagnostics diagnostics) {
        this.macros = macros;
        this.expander = expander;
        this.diagnostics = diagnostics;
    }

    boolean isDefined(String name) {
        return macros.isDefined(name) || QUERIES.contains(name);
    }

    boolean isTrue(List<Token> line, SourcePosition directive) {
        if (line.isEmpty()) {
            diagnostics.error(directive, "expected value in expression");
            return false;
        }
        var answered = new ArrayList<Token>();
        for (int i = 0; i < line.size(); ) {
            i = answer(line, i, answered);
            if (i < 0) {
                return false;
            }
        }
        var expanded = expander.expandAll(answered, directive);
        expanded.replaceAll(Token::canonical);
        return ConditionEvaluator.evaluate(expanded, line.getLast().position(), diagnostics);
    }

    /** Copies a token or answers a query; returns where to go on, or -1 after an error. */
    private int answer(List<Token> line, int at, List<Token> answered) {
        var token = line.get(at);
        boolean isDefined = token.isWord("defined");
        if (!isDefined && !(token.is(TokenKind.IDENTIFIER) && QUERIES.contains(token.text()))) {
            answered.add(token);
            return at + 1;
        }
        boolean open = at + 1 < line.size() && line.get(at + 1).is("(");
        int start = open ? at + 2 : at + 1;
        int end = open ? closing(line, start) : start + 1;
        boolean valid = start < end && end <= line.size() && !(open && end == line.size()) && (open || isDefined);
        if (!valid || isDefined && !line.get(start).is(TokenKind.IDENTIFIER)) {
            var unclosed = "missing '(' or ')' after '" + token.text() + "'";
            var message = isDefined ? "macro name must be an identifier" : unclosed;
            diagnostics.error(token.position(), message);
            return -1;
        }
        boolean yes = isDefined ? isDefined(line.get(start).text()) : query(token.text(), line.subList(start, end));
        answered.add(Token.of(TokenKind.NUMBER, yes ? "1" : "0", token.position()));
        return open ? end + 1 : end;
    }

    private static int closing(List<Token> line, int from) {
        int end = from;
        while (end < line.size() && !line.get(end).is(")")) {
            end++;
        }
        return end;
    }

    private static boolean query(String name, List<Token> operand) {
        var word = operand.getLast().text().replaceAll("^__|__$", "");
        return switch (name) {
            case "__has_include" ->
                HeaderName.read(operand).map(h -> Headers.isKnown(h.name())).orElse(false);
            case "__has_attribute", "__has_cpp_attribute" -> ATTRIBUTES.contains(word);
            case "__has_feature", "__has_extension" -> FEATURES.contains(word);
            default -> false;
        };
    }
}
