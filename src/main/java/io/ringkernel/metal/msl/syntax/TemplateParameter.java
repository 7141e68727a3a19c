package io.ringkernel.metal.msl.syntax;

import java.util.List;
import java.util.Optional;

/** A parameter of a template. */
public sealed interface TemplateParameter extends Node {
    Optional<String> name();

    boolean pack();

    /** {@code typename T = float}. */
    record OfType(SourcePosition position, Optional<String> name, boolean pack, Optional<TypeSyntax> defaultType)
            implements TemplateParameter {
        @Override
        public List<Object> parts() {
            return List.of(name, pack, defaultType);
        }
    }

    /** {@code int N = 4}. */
    record OfValue(SourcePosition position, Parameter parameter) implements TemplateParameter {
        @Override
        public List<Object> parts() {
            return List.of(parameter);
        }

        @Override
        public Optional<String> name() {
            return parameter.name();
        }

        @Override
        public boolean pack() {
            return parameter.pack();
        }
    }

    /** {@code template <typename> class C = vec2}. */
    record OfTemplate(
            SourcePosition position,
            List<TemplateParameter> parameters,
            Optional<String> name,
            boolean pack,
            Optional<Name> defaultTemplate)
            implements TemplateParameter {
        @Override
        public List<Object> parts() {
            return List.of(parameters, name, pack, defaultTemplate);
        }
    }
}
