package io.ringkernel.metal.msl.lower;

import io.ringkernel.metal.msl.builtin.Type;
import io.ringkernel.metal.msl.check.FunctionConstant;
import io.ringkernel.metal.msl.check.Program;
import io.ringkernel.metal.msl.check.TypedExpression;
import io.ringkernel.metal.msl.check.TypedFunction;
import io.ringkernel.metal.msl.check.Variable;
import io.ringkernel.metal.msl.ir.CodeOptions;
import io.ringkernel.metal.msl.ir.Frame;
import io.ringkernel.metal.msl.ir.FunctionCode;
import io.ringkernel.metal.msl.ir.Instrument;
import io.ringkernel.metal.msl.ir.Slot;
import io.ringkernel.metal.msl.ir.Stmt;
import io.ringkernel.metal.msl.ir.Var;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the lowering of one kernel shares among its functions. */
final class ProgramLowering {
    private final Map<Integer, byte[]> constantValues;
    private final CodeOptions options;
    private final FunctionFacts facts = new FunctionFacts();
    private final Map<TypedFunction, FunctionCode> functions = new IdentityHashMap<>();
    private final List<FunctionCode> lowered = new ArrayList<>();
    private final Deque<Runnable> pending = new ArrayDeque<>();
    private final Map<Variable, Binding> constants = new IdentityHashMap<>();
    private final Map<Variable, TypedExpression> initializers = new IdentityHashMap<>();
    private final FunctionLowering constantsLowering;
    private final ConstantObjects constantObjects;
    private final LinkedHashMap<String, Integer> arrays = new LinkedHashMap<>();
    private final Instrument instrument;
    private boolean resolvesAddresses;

    ProgramLowering(Program program, Map<Integer, byte[]> constantValues, CodeOptions options) {
        this.constantValues = constantValues;
        this.options = options;
        instrument = new Instrument(options.instrumentation());
        constantsLowering = FunctionLowering.forConstants(this);
        constantObjects = new ConstantObjects(constantsLowering);
        program.constants().forEach(c -> initializers.put(c.variable(), c.initializer()));
    }

    CodeOptions options() {
        return options;
    }

    Instrument instrument() {
        return instrument;
    }

    FunctionFacts facts() {
        return facts;
    }

    /** The statements that fill the constants in memory. */
    List<Stmt> constantInitialization() {
        return constantsLowering.code().statements();
    }

    ConstantObjects constantObjects() {
        return constantObjects;
    }

    Frame constantsFrame() {
        return constantsLowering.frame();
    }

    /** What a program-scope constant is bound to; it is lowered when first asked for. */
    Binding constant(Variable variable) {
        var known = constants.get(variable);
        if (known == null) {
            known = constantsLowering.globalConstant(variable, initializers.get(variable));
            constants.put(variable, known);
        }
        return known;
    }

    /** The little-endian bytes that specialisation gives to a function constant. */
    Optional<byte[]> valueOf(FunctionConstant constant) {
        return Optional.ofNullable(constantValues.get(constant.index()));
    }

    /** The number of an array's description for messages. */
    int arrayNumber(String description) {
        return arrays.computeIfAbsent(description, _ -> arrays.size());
    }

    /** The descriptions by number. */
    List<String> arrays() {
        return List.copyOf(arrays.sequencedKeySet());
    }

    /** Notes that pointers are made from addresses, whose buffers may be of any size. */
    void resolveAddresses() {
        resolvesAddresses = true;
    }

    boolean resolvesAddresses() {
        return resolvesAddresses;
    }

    /** The static method for a function; its body is lowered later. */
    FunctionCode function(TypedFunction function) {
        var known = functions.get(function);
        if (known != null) {
            return known;
        }
        var parameters = new ArrayList<Var>();
        for (var parameter : function.parameters()) {
            for (var slot : Leaf.slots(parameter.type())) {
                parameters.add(new Var(parameter.name(), slot, true));
            }
        }
        if (!Leaf.isFlat(function.returnType())) {
            parameters.add(new Var("result", Slot.SEGMENT, false));
            parameters.add(new Var("resultOffset", Slot.LONG, false));
        }
        var results = Leaf.isFlat(function.returnType()) ? Leaf.slots(function.returnType()) : List.<Slot>of();
        var code = new FunctionCode(
                methodName(function), parameters, results, new Var("stack", Slot.LONG, false), new Frame());
        functions.put(function, code);
        lowered.add(code);
        pending.add(() -> FunctionLowering.ofFunction(this, function, code));
        return code;
    }

    private String methodName(TypedFunction function) {
        return FunctionCode.readable(function.name()) + "$" + functions.size();
    }

    /** Lowers the bodies of all functions that are called. */
    List<FunctionCode> finish() {
        while (!pending.isEmpty()) {
            pending.remove().run();
        }
        return lowered;
    }

    static boolean isVoid(Type type) {
        return type instanceof Type.Scalar && Leaf.count(type) == 0;
    }
}
