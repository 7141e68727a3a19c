package io.ringkernel.metal.msl.jvm;

import java.util.List;

/**
 * A function of the program that is a static method: parameters by slot, behind the worker and the stack offset. The body
 * is set after calls to it may exist (recursion).
 */
final class FunctionCode {
    private final String methodName;
    private final List<Var> parameters;
    private final List<Slot> results;
    private final Var stack;
    private final Frame frame;
    private List<Stmt> body;

    FunctionCode(String methodName, List<Var> parameters, List<Slot> results, Var stack, Frame frame) {
        this.methodName = methodName;
        this.parameters = List.copyOf(parameters);
        this.results = List.copyOf(results);
        this.stack = stack;
        this.frame = frame;
    }

    String methodName() {
        return methodName;
    }

    List<Var> parameters() {
        return parameters;
    }

    /** The first is the method's result, the others travel through the worker. */
    List<Slot> results() {
        return results;
    }

    /** Holds the offset of the function's frame in the private stack. */
    Var stack() {
        return stack;
    }

    /** Its private memory. */
    Frame frame() {
        return frame;
    }

    List<Stmt> body() {
        return body;
    }

    void define(List<Stmt> statements) {
        body = List.copyOf(statements);
    }
}
