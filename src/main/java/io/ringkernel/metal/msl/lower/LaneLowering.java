package io.ringkernel.metal.msl.lower;

import io.ringkernel.metal.msl.builtin.Builtin;
import io.ringkernel.metal.msl.builtin.LibraryMethod;
import io.ringkernel.metal.msl.check.TypedExpression;
import io.ringkernel.metal.msl.ir.Expr;
import io.ringkernel.metal.msl.ir.Methods;
import io.ringkernel.metal.msl.ir.Opcode;
import io.ringkernel.metal.msl.ir.Ops;
import io.ringkernel.metal.msl.ir.Slot;
import io.ringkernel.metal.msl.ir.Stmt;
import io.ringkernel.metal.msl.ir.Var;
import io.ringkernel.metal.msl.run.LaneReductions;
import io.ringkernel.metal.msl.run.LaneShuffles;
import io.ringkernel.metal.msl.run.Lanes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/** Lowers the functions of SIMD-groups and quads to {@link Stmt.Exchange}s, one per component. */
final class LaneLowering {
    private static final Map<String, Integer> OPERATIONS = Map.of(
            "sum", LaneReductions.SUM,
            "product", LaneReductions.PRODUCT,
            "min", LaneReductions.MIN,
            "max", LaneReductions.MAX,
            "and", LaneReductions.AND,
            "or", LaneReductions.OR,
            "xor", LaneReductions.XOR);
    private static final Map<String, Integer> SHUFFLES = Map.of(
            "shuffle", LaneShuffles.INDEX,
            "broadcast", LaneShuffles.INDEX,
            "shuffle_up", LaneShuffles.UP,
            "shuffle_down", LaneShuffles.DOWN,
            "shuffle_xor", LaneShuffles.XOR,
            "shuffle_rotate_up", LaneShuffles.ROTATE_UP,
            "shuffle_rotate_down", LaneShuffles.ROTATE_DOWN);
    private static final Map<String, Integer> FILLS = Map.of(
            "shuffle_and_fill_up", LaneShuffles.UP,
            "shuffle_and_fill_down", LaneShuffles.DOWN);
    private static final String INCLUSIVE = "prefix_inclusive_";
    private static final String EXCLUSIVE = "prefix_exclusive_";

    private final FunctionLowering function;

    LaneLowering(FunctionLowering function) {
        this.function = function;
    }

    Value lower(TypedExpression.CallBuiltin call) {
        var line = call.position().line();
        var width = call.builtin().kind() == Builtin.Kind.SIMDGROUP ? Lanes.SIMD_WIDTH : Lanes.QUAD_WIDTH;
        var name = call.builtin().name().substring(call.builtin().name().indexOf('_') + 1);
        var arguments = function.expressions().lowerAll(call.arguments());
        if (OPERATIONS.containsKey(name)) {
            return reduce(OPERATIONS.get(name), width, call, arguments);
        }
        if (name.startsWith(INCLUSIVE)) {
            var codes = List.of(width, OPERATIONS.get(name.substring(INCLUSIVE.length())), code(call), 1);
            return combine("prefix", codes, call, arguments);
        }
        if (name.startsWith(EXCLUSIVE)) {
            var codes = List.of(width, OPERATIONS.get(name.substring(EXCLUSIVE.length())), code(call), 0);
            return combine("prefix", codes, call, arguments);
        }
        if (SHUFFLES.containsKey(name)) {
            var selector = arguments.get(1).single();
            return shuffle(SHUFFLES.get(name), width, call, arguments.getFirst(), selector);
        }
        if (FILLS.containsKey(name)) {
            return fill(FILLS.get(name), width, call, arguments);
        }
        return switch (name) {
            case "broadcast_first" -> shuffle(LaneShuffles.FIRST, width, call, arguments.getFirst(), Expr.constant(0));
            case "is_first" -> {
                var method = Methods.method(
                        Lanes.class, "isFirst", void.class, int[].class, int.class, int.class, int[].class);
                yield Value.of(exchange(method, List.of(width), null, List.of(), Slot.INT, line));
            }
            case "all" -> reduce(LaneReductions.AND, width, call, arguments);
            case "any" -> reduce(LaneReductions.OR, width, call, arguments);
            default ->
                throw new UnsupportedCodeException(
                        call.position(), "'" + call.builtin().name() + "'");
        };
    }

    private Value reduce(int operation, int width, TypedExpression.CallBuiltin call, List<Value> arguments) {
        return combine("reduce", List.of(width, operation, code(call)), call, arguments);
    }

    private Value combine(String method, List<Integer> codes, TypedExpression.CallBuiltin call, List<Value> arguments) {
        var results = new ArrayList<Expr>();
        for (var part : arguments.getFirst().parts()) {
            var array = array(part.slot());
            var target = method(LaneReductions.class, method, codes.size(), List.of(), List.of(array, array));
            results.add(exchange(
                    target,
                    codes,
                    null,
                    List.of(part),
                    part.slot(),
                    call.position().line()));
        }
        return Value.of(results);
    }

    private static int code(TypedExpression.CallBuiltin call) {
        return switch (ExpressionLowering.elementOf(call.type())) {
            case CHAR -> LaneReductions.SIGNED_BYTE;
            case UCHAR -> LaneReductions.UNSIGNED_BYTE;
            case SHORT -> LaneReductions.SIGNED_SHORT;
            case USHORT -> LaneReductions.UNSIGNED_SHORT;
            case UINT -> LaneReductions.UNSIGNED_INT;
            case HALF -> LaneReductions.HALF;
            case FLOAT -> LaneReductions.SINGLE;
            default -> LaneReductions.SIGNED_INT;
        };
    }

    private Value shuffle(int mode, int width, TypedExpression.CallBuiltin call, Value data, Expr selector) {
        var line = call.position().line();
        var shared = data.parts().size() > 1 ? function.code().capture(selector, line) : selector;
        var codes = List.of(width, mode);
        var results = new ArrayList<Expr>();
        for (var part : data.parts()) {
            var array = array(part.slot());
            var method = method(
                    LaneShuffles.class,
                    "shuffle",
                    codes.size(),
                    List.of(int[].class, int.class),
                    List.of(array, array));
            results.add(exchange(method, codes, shared, List.of(part), part.slot(), line));
        }
        return Value.of(results);
    }

    private Value fill(int mode, int width, TypedExpression.CallBuiltin call, List<Value> arguments) {
        var line = call.position().line();
        var modulo = arguments.size() > 3 ? arguments.get(3).single() : Expr.constant(width);
        var upper = Ops.binary(Opcode.ISHL, modulo, Expr.constant(Short.SIZE));
        var selector = Ops.binary(Opcode.IOR, arguments.get(2).single(), upper);
        var shared = function.code().capture(selector, line);
        var codes = List.of(width, mode);
        var results = new ArrayList<Expr>();
        for (int i = 0; i < arguments.get(0).parts().size(); i++) {
            var part = arguments.get(0).parts().get(i);
            var array = array(part.slot());
            var method = method(
                    LaneShuffles.class,
                    "shuffleAndFill",
                    codes.size(),
                    List.of(int[].class, int.class),
                    List.of(array, array, array));
            var data = List.of(part, arguments.get(1).parts().get(i));
            results.add(exchange(method, codes, shared, data, part.slot(), line));
        }
        return Value.of(results);
    }

    private static Class<?> array(Slot slot) {
        return slot == Slot.FLOAT ? float[].class : int[].class;
    }

    private static LibraryMethod method(
            Class<?> owner, String name, int codes, List<Class<?>> selector, List<Class<?>> arrays) {
        var parameters = new ArrayList<Class<?>>(List.of(int[].class, int.class));
        parameters.addAll(Collections.nCopies(codes, int.class));
        parameters.addAll(selector);
        parameters.addAll(arrays);
        return Methods.method(owner, name, void.class, parameters.toArray(Class<?>[]::new));
    }

    private Expr exchange(
            LibraryMethod method, List<Integer> codes, Expr selector, List<Expr> data, Slot slot, int line) {
        var result = new Var("lanes", slot, true);
        function.code().add(new Stmt.Exchange(method, codes, selector, data, result, line));
        return new Expr.Local(result);
    }
}
