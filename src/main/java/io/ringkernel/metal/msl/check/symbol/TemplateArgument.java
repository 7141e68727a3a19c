package io.ringkernel.metal.msl.check.symbol;

import io.ringkernel.metal.msl.builtin.ScalarType;
import java.util.List;
import java.util.stream.Collectors;

/** What a template parameter stands for in one instance; equal arguments make the same instance. */
public sealed interface TemplateArgument {
    record OfType(QualType type) implements TemplateArgument {
        @Override
        public String toString() {
            return type.toString();
        }
    }

    /**
     * A scalar or enumeration value; bits as {@link io.ringkernel.metal.msl.check.TypedExpression.Constant} has them.
     */
    record OfValue(QualType type, long bits) implements TemplateArgument {
        @Override
        public String toString() {
            if (type.scalar() == ScalarType.BOOL) {
                return bits != 0 ? "true" : "false";
            }
            return Long.toString(bits);
        }
    }

    record OfFunction(Symbol.Function function) implements TemplateArgument {
        @Override
        public String toString() {
            return "&" + function.name();
        }
    }

    record OfTemplate(Symbol template) implements TemplateArgument {
        @Override
        public String toString() {
            return template.name();
        }
    }

    record Pack(List<TemplateArgument> elements) implements TemplateArgument {
        public Pack {
            elements = List.copyOf(elements);
        }

        @Override
        public String toString() {
            return elements.stream().map(Object::toString).collect(Collectors.joining(", "));
        }
    }
}
