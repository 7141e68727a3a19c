package io.ringkernel.metal.msl.lower;

import io.ringkernel.metal.msl.builtin.AddressSpace;
import io.ringkernel.metal.msl.builtin.Type;
import io.ringkernel.metal.msl.check.Place;
import io.ringkernel.metal.msl.check.TypedExpression;
import io.ringkernel.metal.msl.check.TypedFunction;
import io.ringkernel.metal.msl.check.TypedStatement;
import io.ringkernel.metal.msl.check.TypedWalk;
import io.ringkernel.metal.msl.ir.Expr;
import io.ringkernel.metal.msl.ir.Stmt;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;

/** Lowers calls of the program's own functions: inlined, or as calls of a generated method. */
final class CallLowering {
    private final FunctionLowering function;

    CallLowering(FunctionLowering function) {
        this.function = function;
    }

    private Code code() {
        return function.code();
    }

    Value lower(TypedExpression.Call call) {
        var line = call.position().line();
        var callee = call.function();
        var facts = function.program().facts();
        if (facts.isRecursive(callee) && facts.needsKernel(callee)) {
            throw new UnsupportedCodeException(
                    call.position(),
                    "recursive function '" + callee.name()
                            + "' that synchronises threads or reads inputs of its kernel");
        }
        return facts.isInlined(callee) ? inline(call, line) : invoke(call, line);
    }

    private Value invoke(TypedExpression.Call call, int line) {
        var method = function.program().function(call.function());
        var arguments = new ArrayList<Expr>();
        var values = function.expressions().lowerAll(call.arguments());
        for (int i = 0; i < values.size(); i++) {
            arguments.addAll(argument(values.get(i), call.arguments().get(i).type(), line)
                    .parts());
        }
        var type = call.type();
        if (!Leaf.isFlat(type)) {
            var result = function.allocate(type, line);
            arguments.add(result.segment());
            arguments.add(result.offset());
            code().add(new Stmt.Invoke(method, arguments, List.of(), line));
            return new Value(List.of(result.segment(), result.offset()), true);
        }
        var results = method.results().stream().map(code()::temporary).toList();
        code().add(new Stmt.Invoke(method, arguments, results, line));
        return Value.of(results.stream().<Expr>map(Expr.Local::new).toList());
    }

    /** An object in memory is passed as a copy of its own. */
    private Value argument(Value value, Type type, int line) {
        if (!value.inMemory()) {
            return value;
        }
        var copy = function.allocate(type, line);
        function.places().store(copy, value, line);
        return new Value(List.of(copy.segment(), copy.offset()), true);
    }

    private Value inline(TypedExpression.Call call, int line) {
        var callee = call.function();
        function.variables().include(callee);
        bindArguments(call, line);
        var body = callee.body();
        var isVoid = ProgramLowering.isVoid(callee.returnType());
        if (returnsOnlyAtEnd(body, isVoid)) {
            return inlineStraight(body);
        }
        var destination = isVoid ? Optional.<Ref>empty() : Optional.of(destination(callee, line));
        var target = new Stmt.Target(callee.name());
        var statements = code().nested(() -> function.withReturns(
                new FunctionLowering.Returns.ToTarget(destination, target),
                () -> function.statements().isolated(() -> function.statements().lower(body))));
        code().add(new Stmt.Block(target, statements, line));
        return destination.map(ref -> function.places().load(ref, line)).orElse(Value.NOTHING);
    }

    private Ref destination(TypedFunction callee, int line) {
        var type = callee.returnType();
        if (!Leaf.isFlat(type)) {
            return function.allocate(type, line);
        }
        var registers = new Ref.Registers(function.registers("result", type), type);
        var zeros = Leaf.slots(type).stream().map(Expr::zero).toList();
        function.places().store(registers, Value.of(zeros), line);
        return registers;
    }

    private Value inlineStraight(TypedStatement.Block body) {
        var result = new Value[] {Value.NOTHING};
        function.statements().isolated(() -> {
            for (var statement : body.statements()) {
                if (statement instanceof TypedStatement.Return last) {
                    last.value()
                            .ifPresent(e -> result[0] = function.expressions().lower(e));
                } else {
                    function.statements().lower(statement);
                }
            }
        });
        return result[0];
    }

    /** Whether the only return is the last statement; a void function needs none. */
    private static boolean returnsOnlyAtEnd(TypedStatement.Block body, boolean isVoid) {
        var statements = body.statements();
        if (statements.isEmpty()) {
            return isVoid;
        }
        var count = new int[1];
        new TypedWalk() {
            @Override
            public void statement(TypedStatement statement) {
                if (statement instanceof TypedStatement.Return) {
                    count[0]++;
                }
                super.statement(statement);
            }
        }.statement(body);
        return count[0] == 0 && isVoid || count[0] == 1 && statements.getLast() instanceof TypedStatement.Return;
    }

    private void bindArguments(TypedExpression.Call call, int line) {
        var callee = call.function();
        var facts = function.program().facts();
        var aliases = new HashMap<Integer, Ref>();
        var ordinary = new ArrayList<Integer>();
        var expressions = new ArrayList<TypedExpression>();
        for (int i = 0; i < call.arguments().size(); i++) {
            var argument = call.arguments().get(i);
            var pointee = facts.isAlias(callee, i) ? pointee(argument, line) : Optional.<Ref>empty();
            if (pointee.isPresent()) {
                aliases.put(i, function.places().stable(pointee.get(), line));
            } else {
                ordinary.add(i);
                expressions.add(argument);
            }
        }
        var values = function.expressions().lowerAll(expressions);
        bindValues(callee, ordinary, values, line);
        aliases.forEach((i, ref) -> function.bind(callee.parameters().get(i), new Binding.Alias(ref)));
    }

    private void bindValues(TypedFunction callee, List<Integer> indices, List<Value> values, int line) {
        var bindings = new HashMap<Integer, Binding>();
        for (int k = 0; k < values.size(); k++) {
            var parameter = callee.parameters().get(indices.get(k));
            var value = values.get(k);
            var type = parameter.type();
            Binding binding;
            if (function.variables().isInMemory(parameter)) {
                var ref = function.allocate(type, line);
                function.places().store(ref, value, line);
                binding = new Binding.At(ref);
            } else if (function.variables().isWritten(parameter)) {
                var ref = new Ref.Registers(function.registers(parameter.name(), type), type);
                function.places().store(ref, value, line);
                binding = new Binding.At(ref);
            } else {
                binding = new Binding.At(new Ref.Fixed(code().captureAll(value.parts(), line), type));
            }
            bindings.put(indices.get(k), binding);
        }
        bindings.forEach((i, binding) -> function.bind(callee.parameters().get(i), binding));
    }

    /** The place that a reference argument names, if it is named and not computed. */
    private Optional<Ref> pointee(TypedExpression argument, int line) {
        if (argument instanceof TypedExpression.AddressOf address) {
            return Optional.of(function.places().lower(address.place(), line));
        }
        if (argument instanceof TypedExpression.Load load
                && load.place() instanceof Place.OfVariable variable
                && variable.variable().space() == AddressSpace.THREAD
                && function.binding(variable.variable()) instanceof Binding.Alias alias) {
            return Optional.of(alias.pointee());
        }
        return Optional.empty();
    }
}
