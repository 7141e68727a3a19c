package io.ringkernel.metal.msl.syntax.parse;

import io.ringkernel.metal.msl.syntax.preprocess.TokenKind;
import io.ringkernel.metal.msl.syntax.scope.Scope;
import io.ringkernel.metal.msl.syntax.scope.Symbol;
import io.ringkernel.metal.msl.syntax.scope.Symbol.Kind;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Finds the types and templates that a class declares, before its members are parsed: a body may use what is declared
 * below it.
 *
 * <p>A name must mean the same in the whole class (C++ [basic.scope.class]), so declaring them early changes nothing.
 */
final class MemberNames {
    private final Tokens tokens;
    private final Scope scope;
    private final Consumer<String> memberTemplates;
    private final int end;
    private int at;

    private MemberNames(Tokens tokens, int open, Scope scope, Consumer<String> memberTemplates) {
        this.tokens = tokens;
        this.scope = scope;
        this.memberTemplates = memberTemplates;
        this.at = open + 1;
        this.end = tokens.closerOf(open);
    }

    /** Declares them in the class's scope; the opening brace is next, and stays. */
    static void declare(Tokens tokens, Scope scope, Consumer<String> memberTemplates) {
        new MemberNames(tokens, tokens.mark(), scope, memberTemplates).all();
    }

    private void all() {
        while (at < end) {
            member();
        }
    }

    private boolean is(int index, String text) {
        return index < end && tokens.get(index).text().equals(text);
    }

    private boolean isName(int index) {
        return index < end && Keywords.isName(tokens.get(index));
    }

    private void member() {
        boolean template = is(at, "template") && is(at + 1, "<");
        if (template) {
            skipAngles();
        }
        if (is(at, "using") && isName(at + 1) && is(at + 2, "=")) {
            declare(at + 1, template ? Kind.CLASS_TEMPLATE : Kind.TYPE);
        } else if (isTypeKey()) {
            type(template);
        } else if (is(at, "typedef")) {
            typedef();
        } else if (template) {
            function();
        }
        skipMember();
    }

    private boolean isTypeKey() {
        return at < end && (Keywords.STRUCT_KEYS.contains(tokens.get(at).text()) || is(at, "enum"));
    }

    private void type(boolean template) {
        int name = is(at, "enum") && (is(at + 1, "class") || is(at + 1, "struct")) ? at + 2 : at + 1;
        boolean defines = is(name + 1, "{") || is(name + 1, ":");
        if (!isName(name) || !defines && !is(name + 1, ";")) {
            return;
        }
        var text = tokens.get(name).text();
        Optional<Scope> members = Optional.empty();
        if (defines && !is(at, "enum")) {
            int open = name + 1;
            while (open < end && !is(open, "{")) {
                open++;
            }
            var nested = new Scope(Scope.Kind.CLASS, text);
            new MemberNames(tokens, open, nested, memberTemplates).all();
            members = Optional.of(nested);
        }
        scope.declare(text, new Symbol(template ? Kind.CLASS_TEMPLATE : Kind.TYPE, members));
    }

    /** The name is the last one before the semicolon. */
    private void typedef() {
        int last = at;
        while (last < end && !is(last, ";")) {
            last = tokens.closerOf(last) > 0 ? tokens.closerOf(last) + 1 : last + 1;
        }
        if (isName(last - 1)) {
            declare(last - 1, Kind.TYPE);
        }
    }

    /** The name of a function template stands before its parameters. */
    private void function() {
        for (int i = at; i < end && !is(i, ";") && !is(i, "{") && !is(i, "="); i++) {
            if (is(i + 1, "(") && isName(i)) {
                if (!is(i, scope.name())) {
                    declare(i, Kind.VALUE_TEMPLATE);
                    memberTemplates.accept(tokens.get(i).text());
                }
                return;
            }
            i = tokens.closerOf(i) > 0 ? tokens.closerOf(i) : i;
        }
    }

    private void declare(int index, Kind kind) {
        scope.declare(tokens.get(index).text(), new Symbol(kind));
    }

    private void skipAngles() {
        int depth = 0;
        for (at++; at < end; at++) {
            if (tokens.closerOf(at) > 0) {
                at = tokens.closerOf(at);
            } else if (is(at, "<")) {
                depth++;
            } else if (is(at, ">") && --depth == 0) {
                at++;
                return;
            }
        }
    }

    /** Behind the semicolon, or behind the braces that no semicolon follows. */
    private void skipMember() {
        boolean isTypedef = is(at, "typedef") || isTypeKey();
        while (at < end) {
            boolean block = is(at, "{");
            boolean done = is(at, ";") && tokens.get(at).is(TokenKind.PUNCTUATOR);
            at = tokens.closerOf(at) > 0 ? tokens.closerOf(at) + 1 : at + 1;
            if (done || block && !isTypedef && !is(at, ";") && !is(at, ",")) {
                return;
            }
        }
    }
}
