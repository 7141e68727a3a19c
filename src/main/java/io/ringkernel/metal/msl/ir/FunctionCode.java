package io.ringkernel.metal.msl.ir;

import java.util.List;

/**
 * A function of the program that is a static method: parameters by slot, behind the worker and the stack offset. The
 * body is set after calls to it may exist (recursion).
 */
public final class FunctionCode {
    private static final int LONGEST_NAME = 200;

    private final String methodName;
    private final List<Var> parameters;
    private final List<Slot> results;
    private final Var stack;
    private final Frame frame;
    private List<Stmt> body;

    /** A name as Java's may be: of letters, digits and underscores, and not as long as MSL's may be. */
    public static String readable(String name) {
        return shortened(name).replaceAll("[^A-Za-z0-9_]", "_");
    }

    /** A text that a class file can hold. */
    public static String shortened(String text) {
        return text.substring(0, Math.min(text.length(), LONGEST_NAME));
    }

    public FunctionCode(String methodName, List<Var> parameters, List<Slot> results, Var stack, Frame frame) {
        this.methodName = methodName;
        this.parameters = List.copyOf(parameters);
        this.results = List.copyOf(results);
        this.stack = stack;
        this.frame = frame;
    }

    public String methodName() {
        return methodName;
    }

    public List<Var> parameters() {
        return parameters;
    }

    /** The first is the method's result, the others travel through the worker. */
    public List<Slot> results() {
        return results;
    }

    /** Holds the offset of the function's frame in the private stack. */
    public Var stack() {
        return stack;
    }

    /** Its private memory. */
    public Frame frame() {
        return frame;
    }

    public List<Stmt> body() {
        return body;
    }

    public void define(List<Stmt> statements) {
        body = List.copyOf(statements);
    }
}
