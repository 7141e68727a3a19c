package io.ringkernel.metal.msl.check;

import io.ringkernel.metal.msl.builtin.Type;
import io.ringkernel.metal.msl.syntax.SourcePosition;
import java.util.List;

/**
 * A function (or method, or instance of a template) with its body, which is set once, after the calls to it may exist.
 */
public final class TypedFunction {
    /** The file of the library's functions that only graphics functions can run. */
    public static final String GRAPHICS = "graphics.metal";

    private final String name;
    private final List<Variable> parameters;
    private final Type returnType;
    private final SourcePosition position;
    private TypedStatement.Block body;

    /** {@code name} is for people ("ns::Matrix<float>::at"), not unique. */
    public TypedFunction(String name, List<Variable> parameters, Type returnType, SourcePosition position) {
        this.name = name;
        this.parameters = List.copyOf(parameters);
        this.returnType = returnType;
        this.position = position;
    }

    public String name() {
        return name;
    }

    public List<Variable> parameters() {
        return parameters;
    }

    public Type returnType() {
        return returnType;
    }

    public SourcePosition position() {
        return position;
    }

    /** Whether it is one of the library's functions that no kernel can run here. */
    public boolean isGraphicsOnly() {
        return position.file().equals(GRAPHICS);
    }

    /** Whether it has its body. */
    public boolean isDefined() {
        return body != null;
    }

    /** The body. A path that ends without {@code Return} in a non-void function yields zero bits. */
    public TypedStatement.Block body() {
        if (body == null) {
            throw new IllegalStateException("function has no body yet: " + name);
        }
        return body;
    }

    /** Sets the body, once. */
    public void define(TypedStatement.Block definition) {
        if (body != null) {
            throw new IllegalStateException("function is defined already: " + name);
        }
        body = definition;
    }

    @Override
    public String toString() {
        return name;
    }
}
