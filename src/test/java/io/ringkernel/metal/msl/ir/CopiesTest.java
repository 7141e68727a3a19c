package io.ringkernel.metal.msl.ir;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class CopiesTest {
    private static final Expr.Local INPUT = new Expr.Local(new Var("input", Slot.INT, false));
    private static final Expr.Local A = mutable("a");
    private static final Expr.Local B = mutable("b");
    private static final Expr.Local RESULT = mutable("result");
    private static final Expr.Const ZERO = Expr.constant(0);

    private static Expr.Local mutable(String name) {
        return new Expr.Local(new Var(name, Slot.INT, true));
    }

    private static Stmt set(Expr.Local variable, Expr value) {
        return new Stmt.Set(variable.var(), value, 0);
    }

    private static Expr next(Expr value) {
        return Ops.binary(Opcode.IADD, value, Expr.constant(1));
    }

    private static Stmt loop(Stmt... body) {
        return new Stmt.Loop(new Stmt.Target("loop"), List.of(), null, List.of(body), List.of(), false, 0);
    }

    private static void assertReplaced(List<Stmt> body, Stmt... expected) {
        assertThat(Copies.replace(body)).containsExactly(expected);
    }

    private static void assertKept(Stmt... body) {
        assertThat(Copies.replace(List.of(body))).containsExactly(body);
    }

    @Test
    void aMemberThatIsFilledBeforeALoopGoes() {
        var body = loop(set(RESULT, next(A)));
        assertReplaced(List.of(set(A, ZERO), set(A, INPUT), body), loopOf(body, set(RESULT, next(INPUT))));
    }

    private static Stmt loopOf(Stmt other, Stmt... body) {
        var loop = (Stmt.Loop) other;
        return new Stmt.Loop(loop.target(), List.of(), null, List.of(body), List.of(), false, 0);
    }

    @Test
    void aCopyOfACopyIsTheOriginal() {
        assertReplaced(List.of(set(A, INPUT), set(B, A), set(RESULT, next(B))), set(RESULT, next(INPUT)));
    }

    @Test
    void aCopyOfWhatIsComputedOnceIsThat() {
        assertReplaced(
                List.of(set(A, next(INPUT)), set(B, A), set(RESULT, next(B))),
                set(A, next(INPUT)),
                set(RESULT, next(A)));
    }

    @Test
    void whatALoopChangesStays() {
        assertKept(set(A, INPUT), loop(set(RESULT, next(A)), set(A, next(A))));
        assertKept(set(A, INPUT), loop(set(RESULT, next(A)), set(A, ZERO)));
    }

    @Test
    void aCopyOfWhatChangesLaterStays() {
        assertKept(set(A, next(INPUT)), set(B, A), set(A, next(A)), set(RESULT, next(B)));
        assertKept(set(A, next(INPUT)), set(B, A), loop(set(RESULT, next(B)), set(A, next(A))));
    }

    @Test
    void whatIsReadBeforeItIsSetAgainStays() {
        assertKept(set(A, ZERO), set(RESULT, next(A)), set(A, INPUT), set(B, next(A)));
    }

    @Test
    void whatABranchSetsStays() {
        var branch = new Stmt.If(INPUT, List.of(set(A, INPUT)), List.of(), 0);
        assertKept(set(A, ZERO), branch, set(RESULT, next(A)));
    }

    @Test
    void anEarlierValueIsStillComputedIfThatMayFail() {
        var load = new Expr.Load(Cell.I32, SpecialVars.STACK, Expr.constant(0L), 0);
        assertKept(set(A, load), set(A, INPUT), set(RESULT, next(A)));
    }

    @Test
    void whatLanesExchangeStays() {
        var exchange =
                new Stmt.Exchange(null, 32, List.of(new Stmt.Exchange.Operand(A, true)), List.of(RESULT.var()), 0);
        assertThat(Copies.replace(Stream.of(set(A, INPUT), exchange).toList())).hasSize(2);
    }
}
