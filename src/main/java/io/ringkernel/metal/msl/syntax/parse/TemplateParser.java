package io.ringkernel.metal.msl.syntax.parse;

import io.ringkernel.metal.msl.syntax.Declaration;
import io.ringkernel.metal.msl.syntax.Name;
import io.ringkernel.metal.msl.syntax.SourcePosition;
import io.ringkernel.metal.msl.syntax.TemplateParameter;
import io.ringkernel.metal.msl.syntax.TypeSyntax;
import io.ringkernel.metal.msl.syntax.scope.Scope;
import io.ringkernel.metal.msl.syntax.scope.Symbol;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Parses templates, their specialisations and their instantiations. */
final class TemplateParser {
    private final Parser parser;
    private final Tokens tokens;

    TemplateParser(Parser parser) {
        this.parser = parser;
        this.tokens = parser.tokens;
    }

    /**
     * Adds what begins with {@code template}.
     *
     * @param inner parses the declaration behind the parameters: one of a namespace or one of a class
     */
    void declaration(List<Declaration> out, Consumer<List<Declaration>> inner) {
        boolean isExtern = tokens.acceptWord("extern");
        var position = tokens.take().position();
        var declared = new ArrayList<Declaration>();
        if (!tokens.at("<")) {
            inner.accept(declared);
            for (var declaration : declared) {
                out.add(new Declaration.ExplicitInstantiation(position, isExtern, declaration));
            }
            return;
        }
        boolean specialization = tokens.peek(1).is(">");
        if (specialization) {
            tokens.skip(2);
            parser.nested(() -> accept(inner, declared));
            declared.forEach(declaration -> out.add(new Declaration.ExplicitSpecialization(position, declaration)));
            return;
        }
        parser.scopes.push(new Scope(Scope.Kind.TEMPLATE_PARAMETERS));
        var parameters = parameters();
        if (tokens.atWord("requires")) {
            throw parser.error("concepts are not supported in Metal");
        }
        parser.nested(() -> accept(inner, declared));
        parser.scopes.pop();
        declared.forEach(declaration -> out.add(new Declaration.Template(position, parameters, declaration)));
    }

    private static List<Declaration> accept(Consumer<List<Declaration>> inner, List<Declaration> declared) {
        inner.accept(declared);
        return declared;
    }

    /** {@code <typename T, int N = 4>}. */
    private List<TemplateParameter> parameters() {
        tokens.take();
        var result = new ArrayList<TemplateParameter>();
        while (!tokens.at(">")) {
            result.add(parser.nested(this::parameter));
            if (!tokens.accept(",")) {
                break;
            }
        }
        if (!tokens.accept(">")) {
            throw parser.error("expected ',' or '>' in template-parameter-list");
        }
        return List.copyOf(result);
    }

    private TemplateParameter parameter() {
        var position = tokens.position();
        if (tokens.atWord("template")) {
            return templateParameter(position);
        }
        boolean isType = (tokens.atWord("typename") || tokens.atWord("class")) && namesTypeParameter();
        if (isType) {
            tokens.take();
            return typeParameter(position);
        }
        return new TemplateParameter.OfValue(position, parser.functions.parameter(true));
    }

    /** Whether {@code typename} introduces a parameter; in {@code typename T::type n} it does not. */
    private boolean namesTypeParameter() {
        int ahead = 1;
        if (tokens.peek(ahead).is("...")) {
            return true;
        }
        if (Keywords.isName(tokens.peek(ahead))) {
            ahead++;
        }
        var next = tokens.peek(ahead);
        return next.is(",") || next.is(">") || next.is("=");
    }

    private TemplateParameter typeParameter(SourcePosition position) {
        boolean pack = tokens.accept("...");
        var name = parameterName(Symbol.TYPE);
        Optional<TypeSyntax> defaultType = Optional.empty();
        if (tokens.accept("=")) {
            defaultType = Optional.of(parser.types.typeId());
        }
        return new TemplateParameter.OfType(position, name, pack, defaultType);
    }

    private TemplateParameter templateParameter(SourcePosition position) {
        tokens.take();
        if (!tokens.at("<")) {
            throw parser.error("expected '<' after 'template'");
        }
        parser.scopes.push(new Scope(Scope.Kind.TEMPLATE_PARAMETERS));
        var parameters = parameters();
        parser.scopes.pop();
        if (!tokens.acceptWord("class") && !tokens.acceptWord("typename")) {
            throw parser.error("template template parameter requires 'class' after the parameter list");
        }
        boolean pack = tokens.accept("...");
        var name = parameterName(new Symbol(Symbol.Kind.CLASS_TEMPLATE));
        Optional<Name> defaultTemplate = Optional.empty();
        if (tokens.accept("=")) {
            defaultTemplate = Optional.of(parser.names.parse().name());
        }
        return new TemplateParameter.OfTemplate(position, parameters, name, pack, defaultTemplate);
    }

    private Optional<String> parameterName(Symbol symbol) {
        if (!Keywords.isName(tokens.peek())) {
            return Optional.empty();
        }
        var name = parser.names.identifier();
        parser.scopes.declareParameter(name, symbol);
        return Optional.of(name);
    }
}
