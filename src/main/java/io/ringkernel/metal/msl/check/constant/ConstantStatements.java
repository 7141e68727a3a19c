package io.ringkernel.metal.msl.check.constant;

import io.ringkernel.metal.msl.builtin.Type;
import io.ringkernel.metal.msl.check.TypedStatement;
import java.util.List;

/** Runs statements of constant functions. */
final class ConstantStatements {
    /** Where control goes after a statement. */
    enum Flow {
        NEXT,
        BREAK,
        CONTINUE,
        RETURN
    }

    private final ConstantEvaluator evaluator;

    ConstantStatements(ConstantEvaluator evaluator) {
        this.evaluator = evaluator;
    }

    Flow run(List<TypedStatement> statements, Frame frame) {
        for (var statement : statements) {
            var flow = run(statement, frame);
            if (flow != Flow.NEXT) {
                return flow;
            }
        }
        return Flow.NEXT;
    }

    private Flow run(TypedStatement statement, Frame frame) {
        return switch (statement) {
            case TypedStatement.Block block -> run(block.statements(), frame);
            case TypedStatement.Declare declare -> {
                var initial = declare.initializer().isPresent()
                        ? Values.copy(evaluator.value(declare.initializer().get(), frame))
                        : zero(declare.variable().type());
                frame.put(declare.variable(), initial);
                yield Flow.NEXT;
            }
            case TypedStatement.Evaluate evaluate -> {
                evaluator.value(evaluate.expression(), frame);
                yield Flow.NEXT;
            }
            case TypedStatement.If branch -> {
                if (evaluator.bits(branch.condition(), frame) != 0) {
                    yield run(branch.then(), frame);
                }
                yield branch.otherwise().isPresent() ? run(branch.otherwise().get(), frame) : Flow.NEXT;
            }
            case TypedStatement.Loop loop -> loop(loop, frame);
            case TypedStatement.Switch choice -> choose(choice, frame);
            case TypedStatement.Break _ -> Flow.BREAK;
            case TypedStatement.Continue _ -> Flow.CONTINUE;
            case TypedStatement.Return result -> {
                result.value().ifPresent(value -> frame.setReturned(Values.copy(evaluator.value(value, frame))));
                yield Flow.RETURN;
            }
        };
    }

    private Flow loop(TypedStatement.Loop loop, Frame frame) {
        var first = loop.testsAtEnd();
        while (true) {
            evaluator.step();
            if (!first
                    && loop.condition().isPresent()
                    && evaluator.bits(loop.condition().get(), frame) == 0) {
                return Flow.NEXT;
            }
            first = false;
            var flow = run(loop.body(), frame);
            if (flow == Flow.RETURN) {
                return flow;
            }
            if (flow == Flow.BREAK) {
                return Flow.NEXT;
            }
            loop.step().ifPresent(step -> evaluator.value(step, frame));
        }
    }

    private Flow choose(TypedStatement.Switch choice, Frame frame) {
        var selector = evaluator.bits(choice.selector(), frame);
        int start = -1;
        for (int i = 0; i < choice.cases().size(); i++) {
            if (choice.cases().get(i).labels().contains(selector)) {
                start = i;
                break;
            }
            if (choice.cases().get(i).isDefault()) {
                start = i;
            }
        }
        for (int i = start; i >= 0 && i < choice.cases().size(); i++) {
            var flow = run(choice.cases().get(i).statements(), frame);
            if (flow == Flow.BREAK) {
                return Flow.NEXT;
            }
            if (flow != Flow.NEXT) {
                return flow;
            }
        }
        return Flow.NEXT;
    }

    private Object zero(Type type) {
        evaluator.object(type);
        return Values.zero(type);
    }
}
