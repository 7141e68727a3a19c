package io.ringkernel.metal.msl.syntax;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Writes a tree as text without positions: {@code Binary(ADD, a, 1)}; what is absent, empty or false is left out. */
public final class TreeText {
    private TreeText() {}

    public static String of(Object tree) {
        return switch (tree) {
            case Name name -> (name.global() ? "::" : "") + joined(name.segments(), "::");
            case Name.Identifier identifier -> identifier.text();
            case Name.TemplateId id -> id.text() + "<" + joined(id.arguments(), ", ") + ">";
            case Name.Operator operator -> operator.text();
            case Argument.OfType argument -> of(argument.type());
            case Argument.OfExpression argument -> of(argument.expression());
            case Expression.NameUse use -> of(use.name());
            case Expression.IntegerLiteral literal ->
                Long.toUnsignedString(literal.value()) + (literal.unsigned() ? "u" : "") + "l".repeat(literal.longs());
            case TypeSyntax.Fundamental type -> type.name();
            case TypeSyntax.Named type -> (type.typename() ? "typename " : "") + of(type.name());
            case BigDecimal number -> number.stripTrailingZeros().toPlainString();
            case String text -> '"' + text + '"';
            case Collection<?> list -> "[" + joined(list, ", ") + "]";
            case Map<?, ?> map -> "[" + joined(map.keySet(), ", ") + "]";
            case Optional<?> optional -> optional.map(TreeText::of).orElse("");
            case Record node -> node.getClass().getSimpleName() + components(node);
            default -> tree.toString();
        };
    }

    private static String joined(Collection<?> parts, String separator) {
        return parts.stream().map(TreeText::of).collect(Collectors.joining(separator));
    }

    private static String components(Record node) {
        List<String> texts = new ArrayList<>();
        for (var component : node.getClass().getRecordComponents()) {
            var value = value(node, component);
            boolean absent = value instanceof SourcePosition
                    || value instanceof Optional<?> optional && optional.isEmpty()
                    || value instanceof Collection<?> list && list.isEmpty()
                    || value instanceof Map<?, ?> map && map.isEmpty()
                    || value.equals(Boolean.FALSE)
                    || value.equals(Modifiers.NONE)
                    || value == Signature.RefQualifier.NONE
                    || value instanceof Declaration.FunctionBody.None;
            if (!absent) {
                texts.add(value.equals(Boolean.TRUE) ? component.getName() : of(value));
            }
        }
        return "(" + String.join(", ", texts) + ")";
    }

    private static Object value(Record node, RecordComponent component) {
        try {
            var accessor = component.getAccessor();
            accessor.setAccessible(true);
            return accessor.invoke(node);
        } catch (IllegalAccessException | InvocationTargetException failure) {
            throw new IllegalStateException(Arrays.toString(node.getClass().getRecordComponents()), failure);
        }
    }
}
