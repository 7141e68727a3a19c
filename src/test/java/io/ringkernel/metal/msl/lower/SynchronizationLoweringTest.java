package io.ringkernel.metal.msl.lower;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringkernel.metal.msl.check.semantics.Checker;
import io.ringkernel.metal.msl.ir.CodeOptions;
import io.ringkernel.metal.msl.ir.Expr;
import io.ringkernel.metal.msl.ir.IrWalk;
import io.ringkernel.metal.msl.ir.Stmt;
import io.ringkernel.metal.msl.run.Atomics;
import io.ringkernel.metal.msl.syntax.Diagnostics;
import io.ringkernel.metal.msl.syntax.LanguageVersion;
import io.ringkernel.metal.msl.syntax.ParseOptions;
import io.ringkernel.metal.msl.syntax.parse.MslParser;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What barriers and fences order is still known in the intermediate form. */
final class SynchronizationLoweringTest {

    private static KernelProgram lower(String statements) {
        var source = "#include <metal_stdlib>\nusing namespace metal;\nkernel void k(device int* o [[buffer(0)]]) {\n"
                + statements + "\n}";
        var version = LanguageVersion.METAL_4_0;
        var diagnostics = new Diagnostics();
        var unit = MslParser.parse("program_source", source, ParseOptions.of(version), diagnostics);
        var program = Checker.check(unit, version, diagnostics);
        assertThat(diagnostics.hasErrors())
                .as(diagnostics.messages().toString())
                .isFalse();
        var options = new CodeOptions(true, true, false, false);
        return new KernelProgram(program, program.kernels().getFirst(), Map.of(), options);
    }

    private static List<Integer> barrierFlags(String statements) {
        var flags = new ArrayList<Integer>();
        IrWalk.forEach(lower(statements).body(), statement -> {
            if (statement instanceof Stmt.Barrier barrier) {
                flags.add(barrier.flags());
            }
        });
        return flags;
    }

    @ParameterizedTest
    @CsvSource({
        "mem_flags::mem_none, 0",
        "mem_flags::mem_device, 1",
        "mem_flags::mem_threadgroup, 2",
        "mem_flags::mem_device | mem_flags::mem_threadgroup, 3",
        "mem_flags::mem_texture, 4"
    })
    void aBarrierKeepsItsFlags(String flags, int bits) {
        assertThat(barrierFlags("threadgroup_barrier(%1$s); o[0] = 1; simdgroup_barrier(%1$s);".formatted(flags)))
                .containsExactly(bits, bits);
    }

    @Test
    void aBarrierInAFunctionKeepsTheFlagsOfItsCaller() {
        var local = "auto sync = [](mem_flags f) { threadgroup_barrier(f); }; sync(mem_flags::mem_device);";
        assertThat(barrierFlags(local)).containsExactly(1);
    }

    @Test
    void aFenceKeepsFlagsOrderAndScope() {
        var calls = new ArrayList<List<Long>>();
        var body = lower("atomic_thread_fence(mem_flags::mem_device, memory_order_seq_cst);\n"
                        + "atomic_thread_fence(mem_flags::mem_threadgroup, memory_order_seq_cst,"
                        + " thread_scope_threadgroup);")
                .body();
        IrWalk.forEachExpression(body, expression -> {
            if (expression instanceof Expr.Call call && call.method().owner() == Atomics.class) {
                calls.add(call.operands().stream()
                        .map(operand -> ((Expr.Const) operand).bits())
                        .toList());
            }
        });
        assertThat(calls).containsExactly(List.of(1L, 5L, 2L), List.of(2L, 5L, 1L));
    }
}
