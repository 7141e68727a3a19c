package io.ringkernel.metal.msl.syntax.parse;

import io.ringkernel.metal.msl.syntax.Declaration;
import io.ringkernel.metal.msl.syntax.SourcePosition;
import io.ringkernel.metal.msl.syntax.preprocess.QuotedText;
import io.ringkernel.metal.msl.syntax.scope.Scope;
import io.ringkernel.metal.msl.syntax.scope.Symbol;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Parses namespaces, {@code using} and linkage specifications. */
final class NamespaceParser {
    private final Parser parser;
    private final Tokens tokens;

    NamespaceParser(Parser parser) {
        this.parser = parser;
        this.tokens = parser.tokens;
    }

    void namespace(List<Declaration> out) {
        var start = tokens.position();
        boolean isInline = tokens.acceptWord("inline");
        tokens.take();
        parser.attributes.parse();
        var names = new ArrayList<String>();
        var position = Keywords.isName(tokens.peek()) ? tokens.position() : start;
        if (Keywords.isName(tokens.peek())) {
            do {
                names.add(parser.names.identifier());
            } while (tokens.accept("::"));
        }
        parser.attributes.parse();
        if (names.size() == 1 && tokens.accept("=")) {
            alias(position, names.getFirst(), out);
            return;
        }
        if (names.size() > 1) {
            parser.extension(
                    position, "nested namespace definition is a C++17 extension; define each namespace separately");
        }
        int mark = parser.scopes.mark();
        enter(names, isInline);
        var members = block();
        parser.scopes.reset(mark);
        out.add(new Declaration.Namespace(position, List.copyOf(names), isInline, members));
    }

    private void enter(List<String> names, boolean isInline) {
        for (var name : names) {
            var scope = existing(name).orElseGet(() -> new Scope(Scope.Kind.NAMESPACE));
            parser.scopes.current().declare(name, new Symbol(Symbol.Kind.NAMESPACE, Optional.of(scope)));
            if (isInline) {
                parser.scopes.current().include(scope);
            }
            parser.scopes.push(scope);
        }
        if (names.isEmpty()) {
            var scope = new Scope(Scope.Kind.NAMESPACE);
            parser.scopes.current().include(scope);
            parser.scopes.push(scope);
        }
    }

    /** The scope of a namespace that is reopened, be it the library's. */
    private Optional<Scope> existing(String name) {
        var current = parser.scopes.current();
        var symbol = current == parser.scopes.global() ? parser.scopes.lookupGlobal(name) : current.find(name);
        boolean isNamespace = symbol != null && symbol.kind() == Symbol.Kind.NAMESPACE;
        return isNamespace ? symbol.members() : Optional.empty();
    }

    private List<Declaration> block() {
        var open = tokens.position();
        parser.expect("{");
        return parser.nested(() -> {
            var members = new ArrayList<Declaration>();
            while (!tokens.at("}") && !tokens.isAtEnd()) {
                parser.declarations.declarationOrRecover(members);
            }
            parser.expectClosing("}", "{", open);
            return List.copyOf(members);
        });
    }

    private void alias(SourcePosition position, String name, List<Declaration> out) {
        var target = parser.names.parse();
        parser.expectSemicolon("after namespace name");
        var members = target.symbol() == null
                ? Optional.<Scope>empty()
                : target.symbol().members();
        parser.scopes.declare(name, new Symbol(Symbol.Kind.NAMESPACE, members));
        out.add(new Declaration.NamespaceAlias(position, name, target.name()));
    }

    /** {@code extern "C" {…}}, {@code extern "C" void f();}. */
    void linkage(List<Declaration> out) {
        var position = tokens.take().position();
        var language = QuotedText.parse(tokens.take().text()).value();
        if (tokens.at("{")) {
            out.add(new Declaration.Linkage(position, language, block()));
            return;
        }
        var members = new ArrayList<Declaration>();
        parser.declarations.declaration(members);
        out.add(new Declaration.Linkage(position, language, List.copyOf(members)));
    }

    /** {@code using namespace n;}, {@code using n::x;}, {@code using T = float;}. */
    void using(List<Declaration> out) {
        var position = tokens.take().position();
        if (tokens.acceptWord("namespace")) {
            directive(position, out);
        } else if (Keywords.isName(tokens.peek()) && isAlias()) {
            typeAlias(out);
        } else {
            usingDeclaration(position, out);
        }
    }

    private boolean isAlias() {
        return tokens.peek(1).is("=")
                || tokens.peek(1).is("[")
                || tokens.peek(1).isWord("__attribute__");
    }

    private void directive(SourcePosition position, List<Declaration> out) {
        if (!Keywords.isName(tokens.peek()) && !tokens.at("::")) {
            throw parser.error("expected namespace name");
        }
        var target = parser.names.parse();
        if (target.symbol() != null) {
            target.symbol().members().ifPresent(parser.scopes.current()::include);
        }
        parser.expectSemicolon("after namespace name");
        out.add(new Declaration.UsingDirective(position, target.name()));
    }

    private void typeAlias(List<Declaration> out) {
        var position = tokens.position();
        var name = parser.names.identifier();
        var attributes = parser.attributes.parse();
        parser.expect("=");
        if (Keywords.STRUCT_KEYS.contains(tokens.peek().text()) || tokens.atWord("enum")) {
            definedAlias(position, name, out);
            return;
        }
        int mark = tokens.mark();
        var target = parser.names.atTypeName() ? parser.attempt(parser.names::parse) : null;
        boolean plain = target != null && tokens.at(";") && target.isType();
        tokens.reset(mark);
        var type = parser.types.typeId();
        var members = plain ? target.symbol().members() : Optional.<Scope>empty();
        parser.scopes.declare(name, new Symbol(Symbol.Kind.TYPE, members));
        parser.expectSemicolon("after alias declaration");
        out.add(new Declaration.TypeAlias(position, name, type, attributes));
    }

    /** {@code using U = union {…};}. */
    private void definedAlias(SourcePosition position, String name, List<Declaration> out) {
        var specifiers = new Specifiers(tokens.position());
        specifiers.usesType = true;
        parser.types.specifiers(TypeParser.Place.DECLARATION, specifiers);
        var declarator = parser.declarators.parse(DeclaratorParser.Mode.ABSTRACT);
        out.addAll(specifiers.defined);
        var members = specifiers.typeSymbol == null ? Optional.<Scope>empty() : specifiers.typeSymbol.members();
        parser.scopes.declare(name, new Symbol(Symbol.Kind.TYPE, members));
        if (!specifiers.semicolonMissing) {
            parser.expectSemicolon("after alias declaration");
        }
        var type = declarator.apply(specifiers.qualifiedType());
        out.add(new Declaration.TypeAlias(position, name, type, List.of()));
    }

    private void usingDeclaration(SourcePosition position, List<Declaration> out) {
        boolean typename = tokens.acceptWord("typename");
        var target = parser.names.parse();
        if (!target.name().isQualified()) {
            throw parser.error(target.name().position(), "using declaration requires a qualified name");
        }
        var symbol = target.symbol();
        if (symbol != null || typename) {
            // An unknown name stays unknown: it may be any function of the standard library.
            parser.scopes.current().declare(target.name().last().text(), symbol != null ? symbol : Symbol.TYPE);
        }
        parser.expectSemicolon("after using declaration");
        out.add(new Declaration.UsingDeclaration(position, target.name(), typename));
    }
}
