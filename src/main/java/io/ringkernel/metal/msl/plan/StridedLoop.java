package io.ringkernel.metal.msl.plan;

import io.ringkernel.metal.msl.ir.Cell;
import io.ringkernel.metal.msl.ir.CodeOptions;
import io.ringkernel.metal.msl.ir.Expr;
import io.ringkernel.metal.msl.ir.IrRewrite;
import io.ringkernel.metal.msl.ir.IrWalk;
import io.ringkernel.metal.msl.ir.Opcode;
import io.ringkernel.metal.msl.ir.Ops;
import io.ringkernel.metal.msl.ir.Slot;
import io.ringkernel.metal.msl.ir.Stmt;
import io.ringkernel.metal.msl.ir.Var;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * A loop {@code for (i = lane + start; i < bound; i += step)} in which a lane does nothing but compute from {@code i}
 * and from what is the same for the row, and access memory at places that are a sum and {@code i} times a factor. If
 * the lanes take turns, each with its next iteration, then {@code i} runs through neighbouring numbers, and no lane
 * does anything in another order than by itself.
 *
 * @param checks statements before it that fail for all lanes or none
 * @param start the counter's first value in lane 0
 * @param accesses all that the body loads and stores
 * @param copy what it does, if it copies neighbouring elements to neighbouring places and nothing else
 */
public record StridedLoop(
        List<Stmt> checks,
        Var counter,
        Expr start,
        Expr bound,
        Expr step,
        Stmt.Loop loop,
        List<Access> accesses,
        Optional<Copy> copy) {

    /** A cell at the sum of some terms, each with its factor, and {@code factor * counter}. */
    public record Access(Cell cell, Expr segment, Map<Expr, Long> terms, Expr factor) {
        private static final Expr ONE = Expr.constant(1L);

        public Expr base() {
            return LinearTerms.sum(terms, _ -> true);
        }

        /** Where it is for a value of the counter. */
        public Expr offset(Expr counter) {
            return Ops.binary(Opcode.LADD, base(), Ops.binary(Opcode.LMUL, Ops.unary(Opcode.I2L, counter), factor));
        }

        private boolean isAt(Access first, long distance) {
            return segment.equals(first.segment)
                    && cell == first.cell
                    && factor.equals(first.factor)
                    && terms.getOrDefault(ONE, 0L) - first.terms.getOrDefault(ONE, 0L) == distance
                    && variable().equals(first.variable());
        }

        private Map<Expr, Long> variable() {
            var variable = new LinkedHashMap<>(terms);
            variable.remove(ONE);
            return variable;
        }
    }

    /** The first cells of an element that is copied, and its size. */
    public record Copy(Access from, Access to, int byteSize) {}

    /** Whether a loop looks like one: it tests a counter that nothing but its step changes. */
    static boolean isCandidate(Stmt.Loop loop) {
        return counterOf(loop).isPresent();
    }

    private static Optional<Var> counterOf(Stmt.Loop loop) {
        if (loop.testsAtEnd()
                || !loop.head().isEmpty()
                || !(loop.condition() instanceof Expr.Op test)
                || test.op() != Opcode.ULT && test.op() != Opcode.ILT
                || !(test.operands().getFirst() instanceof Expr.Local counter)
                || stepOf(loop, counter).isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(counter.var());
    }

    private static Optional<Expr> stepOf(Stmt.Loop loop, Expr.Local counter) {
        return loop.step().size() == 1
                        && loop.step().getFirst() instanceof Stmt.Set set
                        && set.var() == counter.var()
                        && set.value() instanceof Expr.Op sum
                        && sum.op() == Opcode.IADD
                        && sum.operands().getFirst().equals(counter)
                ? Optional.of(sum.operands().getLast())
                : Optional.empty();
    }

    /**
     * The loop that ends some statements of a lane, if all before it only leads to it.
     *
     * @param laneForms variables that are the sum of something uniform, given here, and the lane
     * @param isUniform whether an expression is the same for all lanes
     */
    static Optional<StridedLoop> of(
            List<Stmt> statements, Map<Var, Expr> laneForms, CodeOptions options, Predicate<Expr> isUniform) {
        if (!(statements.getLast() instanceof Stmt.Loop loop) || !isCandidate(loop)) {
            return Optional.empty();
        }
        return new Finder(loop, laneForms, options, isUniform).find(statements.subList(0, statements.size() - 1));
    }

    /** Looks at one loop. */
    private static final class Finder {
        /** Cells that a load and a store leave as they are, whatever their bits. */
        private static final Set<Cell> COPIED =
                EnumSet.of(Cell.I8, Cell.U8, Cell.I16, Cell.U16, Cell.I32, Cell.I64, Cell.F32);

        private static final int LARGEST_DEFINITION = 200;

        private final Stmt.Loop loop;
        private final Expr.Local counter;
        private final Map<Var, Expr> forms;
        private final Predicate<Expr> isUniform;
        private final LinearTerms linear;
        private final Set<Var> set = new LinkedHashSet<>();
        private final List<Access> accesses = new ArrayList<>();
        private final Map<Var, Expr> definitions = new LinkedHashMap<>();
        private boolean isPossible = true;

        Finder(Stmt.Loop loop, Map<Var, Expr> laneForms, CodeOptions options, Predicate<Expr> isUniform) {
            this.loop = loop;
            this.isUniform = isUniform;
            counter = new Expr.Local(counterOf(loop).orElseThrow());
            forms = new LinkedHashMap<>(laneForms);
            linear = new LinearTerms(Map.of(counter.var(), Expr.constant(0)), options);
            IrWalk.forEachSet(List.of(loop), set::add);
        }

        Optional<StridedLoop> find(List<Stmt> before) {
            var checks = new ArrayList<Stmt>();
            for (var statement : before) {
                if (Uniformity.isCheck(statement, isUniform)) {
                    checks.add(statement);
                } else if (statement instanceof Stmt.Set value && value.value().isPure()) {
                    form(value.value())
                            .ifPresentOrElse(form -> forms.put(value.var(), form), () -> forms.remove(value.var()));
                } else {
                    return Optional.empty();
                }
            }
            var start = forms.get(counter.var());
            var bound = ((Expr.Op) loop.condition()).operands().getLast();
            var step = stepOf(loop, counter).orElseThrow();
            if (start == null || !isFixed(bound) || !isFixed(step)) {
                return Optional.empty();
            }
            body(loop.body(), new LinkedHashSet<>());
            return isPossible
                    ? Optional.of(new StridedLoop(checks, counter.var(), start, bound, step, loop, accesses, copy()))
                    : Optional.empty();
        }

        /** What an expression is in lane 0, if it is that and the lane. */
        private Optional<Expr> form(Expr expression) {
            return switch (expression) {
                case Expr.Local local -> Optional.ofNullable(forms.get(local.var()));
                case Expr.Op op
                when op.op() == Opcode.IADD && isFixed(op.operands().getLast()) ->
                    form(op.operands().getFirst())
                            .map(form ->
                                    Ops.binary(Opcode.IADD, form, op.operands().getLast()));
                case Expr.Op op
                when op.op() == Opcode.IADD && isFixed(op.operands().getFirst()) ->
                    form(op.operands().getLast())
                            .map(form -> Ops.binary(Opcode.IADD, op.operands().getFirst(), form));
                default -> Optional.empty();
            };
        }

        /** Whether it has the same value for all lanes in all iterations. */
        private boolean isFixed(Expr expression) {
            return isUniform.test(expression) && !IrWalk.reads(expression, set);
        }

        /** {@code own} are the variables that the iteration has set. */
        private void body(List<Stmt> statements, Set<Var> own) {
            for (var statement : statements) {
                IrWalk.expressions(statement).forEach(expression -> expression(expression, own));
                switch (statement) {
                    case Stmt.Set value -> {
                        isPossible &= value.var() != counter.var();
                        own.add(value.var());
                        if (!value.var().isMutable() && value.value().isPure() && !readsChanging(value.value())) {
                            linear.define(value.var(), value.value());
                            define(value.var(), expanded(value.value()));
                        }
                    }
                    case Stmt.Store store -> add(access(store.cell(), store.segment(), store.offset()));
                    case Stmt.If branch -> {
                        body(branch.then(), new LinkedHashSet<>(own));
                        body(branch.other(), new LinkedHashSet<>(own));
                    }
                    default -> isPossible = false;
                }
            }
        }

        private boolean readsChanging(Expr expression) {
            var changing = new boolean[1];
            IrWalk.forEachRead(expression, var -> changing[0] |= var != counter.var() && var.isMutable());
            return changing[0];
        }

        private void expression(Expr expression, Set<Var> own) {
            switch (expression) {
                case Expr.Local local ->
                    isPossible &= local.equals(counter)
                            || own.contains(local.var())
                            || !set.contains(local.var()) && isUniform.test(local);
                case Expr.Load load -> add(access(load));
                case Expr.Call call -> isPossible &= call.isMethodPure();
                default -> {
                    // Its operands say.
                }
            }
            expression.operands().forEach(operand -> expression(operand, own));
        }

        /** Sums of sums of variables could grow without end. */
        private void define(Var var, Expr value) {
            if (CodeSize.of(value) <= LARGEST_DEFINITION) {
                definitions.put(var, value);
            }
        }

        /** With offsets that were computed before in place of their variables. */
        private Expr expanded(Expr expression) {
            return new IrRewrite(e -> e instanceof Expr.Local local && local.slot() == Slot.LONG
                            ? definitions.getOrDefault(local.var(), e)
                            : e)
                    .expression(expression);
        }

        private void add(Access access) {
            isPossible &= isFixed(access.segment())
                    && access.terms().keySet().stream().allMatch(this::isFixed);
            accesses.add(access);
        }

        private Access access(Cell cell, Expr segment, Expr offset) {
            var terms = linear.termsOf(expanded(offset));
            var step = terms.remove(LinearTerms.LANE);
            Expr factor = Expr.constant(step == null ? 0L : step);
            for (var term : List.copyOf(terms.keySet())) {
                var times = timesCounter(term);
                if (times.isPresent()) {
                    factor = Ops.binary(Opcode.LADD, factor, Ops.scale(times.get(), terms.remove(term)));
                }
            }
            return new Access(cell, segment, terms, factor);
        }

        /** What the counter is multiplied with in a product. */
        private Optional<Expr> timesCounter(Expr term) {
            var wide = Ops.unary(Opcode.I2L, counter);
            if (!(term instanceof Expr.Op op) || op.op() != Opcode.LMUL) {
                return Optional.empty();
            }
            var left = op.operands().getFirst();
            var right = op.operands().getLast();
            if (left.equals(wide) && isFixed(right)) {
                return Optional.of(right);
            }
            return right.equals(wide) && isFixed(left) ? Optional.of(left) : Optional.empty();
        }

        private Access access(Expr.Load load) {
            return access(load.cell(), load.segment(), load.offset());
        }

        private Optional<Copy> copy() {
            var loaded = new LinkedHashMap<Expr, Access>();
            var from = new ArrayList<Access>();
            var to = new ArrayList<Access>();
            for (var statement : loop.body()) {
                switch (statement) {
                    case Stmt.Set set
                    when set.value() instanceof Expr.Load load && !set.var().isMutable() ->
                        loaded.put(new Expr.Local(set.var()), access(load));
                    case Stmt.Set set when set.value().isPure() -> {
                        // Leads to an address, if to anything.
                    }
                    case Stmt.Store store -> {
                        from.add(store.value() instanceof Expr.Load load ? access(load) : loaded.get(store.value()));
                        to.add(access(store.cell(), store.segment(), store.offset()));
                    }
                    default -> {
                        return Optional.empty();
                    }
                }
            }
            if (to.isEmpty() || from.contains(null) || !COPIED.containsAll(List.of(cell(from), cell(to)))) {
                return Optional.empty();
            }
            return cell(from) == cell(to) && isElement(from) && isElement(to)
                    ? Optional.of(new Copy(from.getFirst(), to.getFirst(), size(to)))
                    : Optional.empty();
        }

        private static Cell cell(List<Access> element) {
            return element.getFirst().cell();
        }

        private static int size(List<Access> element) {
            return cell(element).byteSize() * element.size();
        }

        /** Whether cells lie one behind the other, and elements too. */
        private static boolean isElement(List<Access> cells) {
            var first = cells.getFirst();
            return first.factor().equals(Expr.constant((long) size(cells)))
                    && IntStream.range(0, cells.size())
                            .allMatch(i -> cells.get(i)
                                    .isAt(first, (long) i * first.cell().byteSize()));
        }
    }
}
