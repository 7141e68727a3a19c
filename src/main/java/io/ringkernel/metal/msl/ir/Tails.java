package io.ringkernel.metal.msl.ir;

import java.util.ArrayList;
import java.util.List;

/** Removes jumps to where the program goes anyway, and blocks that nothing jumps out of. */
public final class Tails {

    private Tails() {}

    /** The statements without jumps to {@code target} that stand at the end. */
    public static List<Stmt> strip(List<Stmt> statements, Stmt.Target target) {
        if (statements.isEmpty()) {
            return statements;
        }
        var last = statements.getLast();
        var stripped = switch (last) {
            case Stmt.Jump jump when jump.target() == target && !jump.isContinue() -> null;
            case Stmt.If branch ->
                new Stmt.If(
                        branch.condition(), strip(branch.then(), target), strip(branch.other(), target), branch.line());
            case Stmt.Block block -> new Stmt.Block(block.target(), strip(block.body(), target), block.line());
            default -> last;
        };
        var result = new ArrayList<>(statements.subList(0, statements.size() - 1));
        if (stripped != null) {
            result.add(stripped);
        }
        return result;
    }

    /** The statements with the content of blocks that are not left early in place of the blocks. */
    public static List<Stmt> flatten(List<Stmt> statements) {
        var result = new ArrayList<Stmt>();
        for (var statement : statements) {
            switch (statement) {
                case Stmt.Block block -> {
                    var body = flatten(strip(block.body(), block.target()));
                    if (jumpsTo(body, block.target())) {
                        result.add(new Stmt.Block(block.target(), body, block.line()));
                    } else {
                        result.addAll(body);
                    }
                }
                case Stmt.If s ->
                    result.add(new Stmt.If(s.condition(), flatten(s.then()), flatten(s.other()), s.line()));
                case Stmt.Loop s ->
                    result.add(new Stmt.Loop(
                            s.target(),
                            flatten(s.head()),
                            s.condition(),
                            flatten(s.body()),
                            flatten(s.step()),
                            s.testsAtEnd(),
                            s.line()));
                case Stmt.Switch s -> {
                    var cases = s.cases().stream()
                            .map(c -> new Stmt.Case(c.labels(), c.isDefault(), flatten(c.body())))
                            .toList();
                    result.add(new Stmt.Switch(s.target(), s.selector(), cases, s.line()));
                }
                default -> result.add(statement);
            }
        }
        return result;
    }

    /** Whether a jump inside the statements leaves to a target. */
    public static boolean jumpsTo(List<Stmt> statements, Stmt.Target target) {
        var found = new boolean[1];
        IrWalk.forEach(statements, s -> found[0] |= s instanceof Stmt.Jump jump && jump.target() == target);
        return found[0];
    }
}
