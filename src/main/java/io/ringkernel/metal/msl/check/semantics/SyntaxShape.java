package io.ringkernel.metal.msl.check.semantics;

import io.ringkernel.metal.msl.syntax.Declaration;
import io.ringkernel.metal.msl.syntax.SourcePosition;
import io.ringkernel.metal.msl.syntax.TemplateParameter;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** The signature of a template as text without positions, so that a definition is known to be that of a declaration. */
final class SyntaxShape {
    private SyntaxShape() {}

    static String of(List<TemplateParameter> parameters, Declaration.Function function) {
        var text = new StringBuilder();
        text.append(parameters.size()).append(';');
        function.signature().result().ifPresent(result -> append(result, text));
        for (var parameter : function.signature().parameters()) {
            append(parameter.type(), text);
            text.append(parameter.pack() ? "..." : "").append(',');
        }
        function.signature().qualifiers().stream().sorted().forEach(text::append);
        var shape = text.toString();
        for (int i = 0; i < parameters.size(); i++) {
            var name = parameters.get(i).name();
            if (name.isPresent()) {
                shape = shape.replaceAll("\\b" + name.get() + "\\b", "#" + i);
            }
        }
        return shape;
    }

    private static void append(Object part, StringBuilder text) {
        switch (part) {
            case SourcePosition _ -> {}
            case Collection<?> many ->
                many.stream()
                        .map(String::valueOf)
                        .sorted()
                        .findFirst()
                        .ifPresentOrElse(
                                _ -> many.forEach(one -> append(one, text.append(' '))), () -> text.append("[]"));
            case Optional<?> maybe -> maybe.ifPresent(one -> append(one, text));
            case Record node -> {
                text.append('(').append(node.getClass().getSimpleName());
                for (var component : node.getClass().getRecordComponents()) {
                    try {
                        text.append(' ');
                        append(component.getAccessor().invoke(node), text);
                    } catch (ReflectiveOperationException e) {
                        throw new IllegalStateException("unreadable syntax: " + component, e);
                    }
                }
                text.append(')');
            }
            case null, default -> text.append(part);
        }
    }
}
