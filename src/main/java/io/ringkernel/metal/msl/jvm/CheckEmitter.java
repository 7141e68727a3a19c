package io.ringkernel.metal.msl.jvm;

import io.ringkernel.metal.msl.ir.Stmt;
import io.ringkernel.metal.msl.run.check.AccessCheck;
import io.ringkernel.metal.msl.run.check.ExchangeShape;
import io.ringkernel.metal.msl.run.lane.LaneShuffles;
import java.lang.classfile.CodeBuilder;
import java.lang.invoke.MethodType;
import java.util.function.Consumer;

/** Writes what instrumented code does where a threadgroup acts as one. */
final class CheckEmitter {
    private final CodeBuilder code;
    private final GroupFrame frame;

    CheckEmitter(CodeBuilder code, GroupFrame frame) {
        this.code = code;
        this.frame = frame;
    }

    /** {@code waiting} is the local with the lanes' state, or -1 if all run. */
    void barrier(Stmt.Barrier barrier, int waiting) {
        check();
        if (isOfSimdgroup(barrier)) {
            lanes(waiting);
            code.loadConstant(barrier.flags()).loadConstant(barrier.line());
            call("simdBarrier", int[].class, int.class, int.class, int.class);
        } else {
            code.loadConstant(barrier.flags()).loadConstant(barrier.line());
            call("barrier", int.class, int.class);
        }
    }

    private static boolean isOfSimdgroup(Stmt.Barrier barrier) {
        return barrier.check().name().equals("requireWholeSimdgroups");
    }

    /** Only of those that take a value from one lane; {@code operand} pushes an array of selectors and a selector. */
    void exchange(Stmt.Exchange exchange, int waiting, Consumer<Stmt.Exchange.Operand> operand) {
        var shape = ExchangeShape.ofMethod(exchange.method().name());
        if (exchange.method().owner() != LaneShuffles.class || shape.isEmpty()) {
            return;
        }
        check();
        lanes(waiting);
        code.loadConstant(exchange.width());
        operand.accept(exchange.operands().getLast());
        code.loadConstant(shape.get().ordinal()).loadConstant(exchange.line());
        call("exchange", int[].class, int.class, int.class, int[].class, int.class, int.class, int.class);
    }

    private void check() {
        frame.homes().worker(code);
        Jvm.partOfWorker(code, AccessCheck.class);
    }

    private void lanes(int waiting) {
        if (waiting < 0) {
            code.aconst_null();
        } else {
            code.aload(waiting);
        }
        code.iload(frame.count());
    }

    private void call(String name, Class<?>... parameters) {
        code.invokevirtual(
                Jvm.describe(AccessCheck.class), name, Jvm.describe(MethodType.methodType(void.class, parameters)));
    }
}
