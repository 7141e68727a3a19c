package io.ringkernel.metal.msl.syntax;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A name, qualified or not: {@code x}, {@code metal::vec<float, 4>}, {@code ::f}, {@code S::operator()}.
 *
 * @param global whether it starts with {@code ::}
 * @param segments at least one; the parts between {@code ::}
 */
public record Name(SourcePosition position, boolean global, List<Segment> segments) implements Node {
    @Override
    public List<Object> parts() {
        return List.of(global, segments);
    }

    /** One part of a name. */
    public sealed interface Segment extends Node {
        /** The part as written, without template arguments: {@code vec}, {@code operator+}. */
        String text();
    }

    public record Identifier(SourcePosition position, String text) implements Segment {
        @Override
        public List<Object> parts() {
            return List.of(text);
        }
    }

    /** {@code vec<float, 4>}; the template may be an operator ({@code operator+ <float>}). */
    public record TemplateId(SourcePosition position, String text, List<Argument> arguments) implements Segment {
        @Override
        public List<Object> parts() {
            return List.of(text, arguments);
        }
    }

    /** {@code operator+}; the symbol is {@code +}, {@code ()}, {@code []}, {@code new} … */
    public record Operator(SourcePosition position, String symbol) implements Segment {
        @Override
        public List<Object> parts() {
            return List.of(symbol);
        }

        @Override
        public String text() {
            return Character.isLetter(symbol.charAt(0)) ? "operator " + symbol : "operator" + symbol;
        }
    }

    /** {@code operator float()}. */
    public record Conversion(SourcePosition position, TypeSyntax target) implements Segment {
        @Override
        public List<Object> parts() {
            return List.of(target);
        }

        @Override
        public String text() {
            return "operator";
        }
    }

    /** {@code ~S}. */
    public record Destructor(SourcePosition position, String typeName) implements Segment {
        @Override
        public List<Object> parts() {
            return List.of(typeName);
        }

        @Override
        public String text() {
            return "~" + typeName;
        }
    }

    /** {@code decltype(x)} in front of {@code ::}. */
    public record DecltypeScope(SourcePosition position, Expression expression) implements Segment {
        @Override
        public List<Object> parts() {
            return List.of(expression);
        }

        @Override
        public String text() {
            return "decltype";
        }
    }

    public static Name of(SourcePosition position, String identifier) {
        return new Name(position, false, List.of(new Identifier(position, identifier)));
    }

    public Segment last() {
        return segments.getLast();
    }

    /** The parts in front of the last one. */
    public List<Segment> qualifiers() {
        return segments.subList(0, segments.size() - 1);
    }

    public boolean isQualified() {
        return global || segments.size() > 1;
    }

    /** Whether it is one plain identifier. */
    public boolean isSimple() {
        return !isQualified() && last() instanceof Identifier;
    }

    /** As written, without template arguments. */
    public String text() {
        var joined = segments.stream().map(Segment::text).collect(Collectors.joining("::"));
        return global ? "::" + joined : joined;
    }

    /** The same without the template arguments of its last part. */
    public Name withoutArguments() {
        var plain = new ArrayList<>(segments);
        plain.set(plain.size() - 1, new Identifier(last().position(), last().text()));
        return new Name(position, global, plain);
    }
}
