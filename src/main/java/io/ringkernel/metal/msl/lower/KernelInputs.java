package io.ringkernel.metal.msl.lower;

import io.ringkernel.metal.msl.builtin.AddressSpace;
import io.ringkernel.metal.msl.builtin.LibraryMethod;
import io.ringkernel.metal.msl.builtin.ScalarType;
import io.ringkernel.metal.msl.check.Kernel;
import io.ringkernel.metal.msl.check.KernelInput;
import io.ringkernel.metal.msl.check.KernelParameter;
import io.ringkernel.metal.msl.check.TypedExpression;
import io.ringkernel.metal.msl.check.Variable;
import io.ringkernel.metal.msl.ir.Cell;
import io.ringkernel.metal.msl.ir.CodeOptions;
import io.ringkernel.metal.msl.ir.Expr;
import io.ringkernel.metal.msl.ir.Methods;
import io.ringkernel.metal.msl.ir.Opcode;
import io.ringkernel.metal.msl.ir.Ops;
import io.ringkernel.metal.msl.ir.Slot;
import io.ringkernel.metal.msl.ir.SpecialVars;
import io.ringkernel.metal.msl.ir.Stmt;
import io.ringkernel.metal.msl.ir.Var;
import io.ringkernel.metal.msl.run.KernelPlan;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What a kernel gets from outside, as variables that emission sets before the body: buffers, positions, shared memory.
 */
public final class KernelInputs {

    /** One component of a built-in input; axis 0 for a scalar. */
    public record Position(KernelInput input, int axis) {
        /** Whether an input depends on the threadgroup that a thread is in. */
        public boolean needsGroup() {
            return switch (input) {
                case THREAD_POSITION_IN_GRID,
                        THREADS_PER_GRID,
                        GRID_SIZE,
                        GRID_ORIGIN,
                        THREADGROUPS_PER_GRID,
                        DISPATCH_THREADS_PER_THREADGROUP,
                        THREAD_EXECUTION_WIDTH,
                        THREADS_PER_SIMDGROUP,
                        DISPATCH_SIMDGROUPS_PER_THREADGROUP,
                        DISPATCH_QUADGROUPS_PER_THREADGROUP -> false;
                default -> true;
            };
        }
    }

    /** A buffer: {@code fixedBytes} from its start are known to be bound and not to change while the kernel runs. */
    public record Buffer(int index, Var segment, Var offset, int fixedBytes) {}

    /** Threadgroup memory. */
    public record Shared(KernelPlan.Shared memory, Var segment) {}

    private record Constant(Var segment, long offset, Cell cell) {}

    private final Kernel kernel;
    private final CodeOptions options;
    private final Map<Position, Var> positions = new LinkedHashMap<>();
    private final List<Buffer> buffers = new ArrayList<>();
    private final List<Shared> shared = new ArrayList<>();
    private final List<KernelParameter.Resource> resources = new ArrayList<>();
    private final Map<Constant, Stmt.Set> hoisted = new LinkedHashMap<>();

    public KernelInputs(Kernel kernel, CodeOptions options) {
        this.kernel = kernel;
        this.options = options;
    }

    public Kernel kernel() {
        return kernel;
    }

    public Map<Position, Var> positions() {
        return positions;
    }

    public List<Buffer> buffers() {
        return buffers;
    }

    public List<Shared> shared() {
        return shared;
    }

    /** Loads of constant arguments that are done once, before the body. */
    public List<Stmt.Set> hoisted() {
        return List.copyOf(hoisted.values());
    }

    /** Binds the kernel's parameters. */
    public void bind(FunctionLowering lowering) {
        var bound = new IdentityHashMap<Variable, List<Expr>>();
        for (var parameter : kernel.parameters()) {
            var parts = switch (parameter) {
                case KernelParameter.Buffer buffer -> buffer(lowering, buffer);
                case KernelParameter.FunctionTable table ->
                    buffer(table.variable().name(), table.index(), 0);
                case KernelParameter.Threadgroup group -> {
                    var memory = new KernelPlan.Shared(group.variable().name(), group.index(), 0);
                    yield List.of(share(memory), Expr.constant(0L));
                }
                case KernelParameter.Resource resource -> handles(lowering, resource);
                case KernelParameter.Input input -> input(input);
                case KernelParameter.Members struct ->
                    struct.members().stream()
                            .flatMap(member -> bound.get(member).stream())
                            .toList();
                case KernelParameter.Unsupported unsupported ->
                    throw new IllegalStateException("no pipeline is made of a kernel with " + unsupported.construct());
            };
            bound.put(parameter.variable(), parts);
            bindParameter(lowering, parameter.variable(), parts);
        }
    }

    private static void bindParameter(FunctionLowering lowering, Variable variable, List<Expr> parts) {
        var line = 0;
        if (!Leaf.isFlat(variable.type())) {
            bindArray(lowering, variable, parts);
        } else if (lowering.variables().isInMemory(variable)) {
            var ref = lowering.allocate(variable.type(), line);
            lowering.places().store(ref, Value.of(parts), line);
            lowering.bind(variable, new Binding.At(ref));
        } else if (lowering.variables().isWritten(variable)) {
            var ref = new Ref.Registers(lowering.registers(variable.name(), variable.type()), variable.type());
            lowering.places().store(ref, Value.of(parts), line);
            lowering.bind(variable, new Binding.At(ref));
        } else {
            lowering.bind(variable, new Binding.At(new Ref.Fixed(parts, variable.type())));
        }
    }

    /** Many handles, in memory. */
    private static void bindArray(FunctionLowering lowering, Variable variable, List<Expr> handles) {
        var ref = lowering.allocate(variable.type(), 0);
        for (int i = 0; i < handles.size(); i++) {
            var offset = Ops.add(ref.offset(), i * Long.BYTES);
            lowering.code().add(new Stmt.Store(Cell.of(ScalarType.ULONG), ref.segment(), offset, handles.get(i), 0));
        }
        lowering.bind(variable, new Binding.At(ref));
    }

    private List<Expr> buffer(FunctionLowering lowering, KernelParameter.Buffer parameter) {
        if (!isEnabled(lowering, parameter)) {
            return List.of(SpecialVars.NULL, Expr.constant(0L));
        }
        var name = parameter.variable().name();
        var pointer = parameter.pointer();
        var isFixed = parameter.isReference() && pointer.space() == AddressSpace.CONSTANT;
        return buffer(name, parameter.index(), isFixed ? pointer.pointee().byteSize() : 0);
    }

    private List<Expr> buffer(String name, int index, int fixedBytes) {
        var buffer = new Buffer(
                index, Var.provided(name, Slot.SEGMENT), Var.provided(name + "Offset", Slot.LONG), fixedBytes);
        buffers.add(buffer);
        return List.of(new Expr.Local(buffer.segment()), new Expr.Local(buffer.offset()));
    }

    /** The handles of textures or samplers, 0 for those that function constants leave out. */
    private List<Expr> handles(FunctionLowering lowering, KernelParameter.Resource parameter) {
        var enabled = isEnabled(lowering, parameter.enabledBy());
        if (enabled) {
            resources.add(parameter);
        }
        var method = parameter.use().isPresent() ? Methods.TEXTURE : Methods.SAMPLER;
        var handles = new ArrayList<Expr>();
        for (int i = 0; i < parameter.count(); i++) {
            var index = Expr.constant(parameter.index() + i);
            handles.add(enabled ? new Expr.Call(method, List.of(index), true, true, 0) : Expr.constant(0L));
        }
        return handles;
    }

    /** The textures or samplers whose handle a call of the worker gives. */
    Optional<Variable> resourceAt(LibraryMethod method, int index) {
        for (var resource : resources) {
            var own = resource.use().isPresent() ? Methods.TEXTURE : Methods.SAMPLER;
            boolean within = index >= resource.index() && index < resource.index() + resource.count();
            if (method.equals(own) && within) {
                return Optional.of(resource.variable());
            }
        }
        return Optional.empty();
    }

    /** The textures and samplers that function constants leave in place. */
    public List<KernelParameter.Resource> resources() {
        return resources;
    }

    /** Whether function constants leave the parameter in place. */
    public static boolean isEnabled(FunctionLowering lowering, KernelParameter.Buffer parameter) {
        return isEnabled(lowering, parameter.enabledBy());
    }

    private static boolean isEnabled(FunctionLowering lowering, Optional<TypedExpression> enabledBy) {
        return enabledBy
                .map(condition -> lowering.expressions().condition(condition) instanceof Expr.Const c && c.bits() != 0)
                .orElse(true);
    }

    private Expr share(KernelPlan.Shared memory) {
        var segment = Var.provided(memory.name(), Slot.SEGMENT);
        shared.add(new Shared(memory, segment));
        return new Expr.Local(segment);
    }

    /** The place of a threadgroup variable, of which there is one however often it is declared. */
    Ref.Memory shared(Variable variable) {
        var memory = new KernelPlan.Shared(variable.name(), -1, variable.type().byteSize());
        return new Ref.Memory(share(memory), Expr.constant(0L), variable.type());
    }

    private List<Expr> input(KernelParameter.Input parameter) {
        var type = parameter.variable().type();
        var element = ExpressionLowering.elementOf(type);
        var parts = new ArrayList<Expr>();
        for (int axis = 0; axis < Leaf.slotCount(type); axis++) {
            var value = position(parameter.input(), axis);
            parts.add(element == ScalarType.USHORT ? Ops.unary(Opcode.I2C, value) : value);
        }
        return parts;
    }

    /** The scalar input that a function of the library is named after. */
    Expr value(String function) {
        return position(KernelInput.valueOf(function.substring(2).toUpperCase(Locale.ROOT)), 0);
    }

    private Expr position(KernelInput input, int axis) {
        var position = new Position(input, axis);
        return new Expr.Local(
                positions.computeIfAbsent(position, p -> new Var(p.input().attribute() + p.axis(), Slot.INT, false)));
    }

    /** A load of a constant argument at a fixed offset, as a variable that holds it already. */
    public Optional<Expr> hoist(Expr.Load load) {
        if (!options.fast() || !(load.segment() instanceof Expr.Local segment)) {
            return Optional.empty();
        }
        for (var buffer : buffers) {
            if (buffer.segment() == segment.var()) {
                var offset = constantOffset(load.offset(), buffer.offset());
                var fits = offset >= 0 && offset + load.cell().byteSize() <= buffer.fixedBytes();
                return fits ? Optional.of(hoisted(segment.var(), offset, load)) : Optional.empty();
            }
        }
        return Optional.empty();
    }

    private Expr hoisted(Var segment, long offset, Expr.Load load) {
        var key = new Constant(segment, offset, load.cell());
        var set = hoisted.computeIfAbsent(key, k -> {
            var variable = new Var(segment.name() + k.offset(), load.slot(), false);
            return new Stmt.Set(variable, load, load.line());
        });
        return new Expr.Local(set.var());
    }

    private static long constantOffset(Expr offset, Var base) {
        if (offset instanceof Expr.Local local && local.var() == base) {
            return 0;
        }
        if (offset instanceof Expr.Op op
                && op.op() == Opcode.LADD
                && op.operands().get(0) instanceof Expr.Local local
                && local.var() == base
                && op.operands().get(1) instanceof Expr.Const constant) {
            return constant.bits();
        }
        return -1;
    }
}
