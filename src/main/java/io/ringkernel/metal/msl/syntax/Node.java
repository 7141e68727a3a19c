package io.ringkernel.metal.msl.syntax;

/** A piece of the syntax tree; its position is the token at which a diagnostic about it belongs. */
public sealed interface Node extends Syntax
        permits Argument,
                Attribute,
                Declaration,
                Expression,
                Initializer,
                LoopHint,
                Name,
                Name.Segment,
                Parameter,
                Statement,
                TemplateParameter,
                TypeSyntax {
    SourcePosition position();
}
