package io.ringkernel.metal.msl;

import io.ringkernel.metal.msl.builtin.Type;
import io.ringkernel.metal.msl.check.ConstantUses;
import io.ringkernel.metal.msl.check.FunctionConstant;
import io.ringkernel.metal.msl.check.Kernel;
import io.ringkernel.metal.msl.check.Program;
import io.ringkernel.metal.msl.jvm.JvmLibrary;
import io.ringkernel.metal.msl.lower.UnsupportedCode;
import io.ringkernel.metal.msl.syntax.Diagnostic;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** A checked program and the classes generated for it so far. */
final class CompiledLibrary implements MslLibrary {

    /** A kernel with its constants, as text so that equal bytes are equal. */
    private record Key(String kernel, Map<Integer, String> constants) {}

    private final Program program;
    private final Map<Key, CompiledKernel> kernels = new ConcurrentHashMap<>();
    private final ConstantUses uses;
    private final Map<String, Optional<String>> unsupported = new ConcurrentHashMap<>();
    private volatile JvmLibrary classes;

    CompiledLibrary(Program program, MslOptions options) {
        this.program = program;
        uses = new ConstantUses(program);
        classes = new JvmLibrary(program, options.checks(), options.fast(), options.instrumentation());
    }

    @Override
    public List<MslFunction> functions() {
        return program.functions().stream()
                .map(function -> new MslFunction(function.name(), function.type()))
                .toList();
    }

    @Override
    public List<MslFunctionConstant> functionConstants() {
        var constants = new ArrayList<MslFunctionConstant>();
        for (var constant : program.functionConstants()) {
            var required = program.kernels().stream().anyMatch(kernel -> uses.isRequired(kernel, constant));
            constants.add(new MslFunctionConstant(constant.name(), constant.index(), constant.type(), required));
        }
        return constants;
    }

    @Override
    public List<MslFunctionConstant> functionConstants(String functionName) {
        if (functions().stream().noneMatch(function -> function.name().equals(functionName))) {
            throw new IllegalArgumentException("no such function: " + functionName);
        }
        var kernel = program.kernels().stream()
                .filter(each -> each.name().equals(functionName))
                .findFirst();
        return kernel.map(this::constantsOf).orElseGet(this::functionConstants);
    }

    private List<MslFunctionConstant> constantsOf(Kernel kernel) {
        return program.functionConstants().stream()
                .filter(constant -> uses.isUsed(kernel, constant))
                .map(constant -> new MslFunctionConstant(
                        constant.name(), constant.index(), constant.type(), uses.isRequired(kernel, constant)))
                .toList();
    }

    @Override
    public List<Diagnostic> warnings() {
        return program.warnings();
    }

    @Override
    public Map<String, Type.Struct> structs() {
        var structs = new LinkedHashMap<String, Type.Struct>();
        program.structs().forEach(struct -> structs.put(struct.name(), struct));
        return structs;
    }

    @Override
    public MslKernel specialize(String kernelName, Map<Integer, byte[]> constants) {
        var generator = classes();
        var kernel = program.kernels().stream()
                .filter(k -> k.name().equals(kernelName))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no such kernel: " + kernelName));
        unsupported(kernel).ifPresent(construct -> {
            throw new UnsupportedOperationException(
                    "kernel '%s' uses %s, which is not supported by the software device yet"
                            .formatted(kernelName, construct));
        });
        var given = new TreeMap<Integer, byte[]>();
        for (var constant : program.functionConstants()) {
            var value = constants.get(constant.index());
            if (value != null && uses.isUsed(kernel, constant)) {
                given.put(constant.index(), requireSize(constant, value));
            } else if (value == null && uses.isRequired(kernel, constant)) {
                throw new IllegalArgumentException(
                        "function constant '%s' (index %d) has no value, and kernel '%s' needs it"
                                .formatted(constant.name(), constant.index(), kernelName));
            }
        }
        return kernels.computeIfAbsent(
                key(kernelName, given),
                _ -> CompilerDoor.pass(
                        "kernel '" + kernelName + "'",
                        kernel.function()::position,
                        () -> new CompiledKernel(generator, kernel, given)));
    }

    private Optional<String> unsupported(Kernel kernel) {
        return unsupported.computeIfAbsent(
                kernel.name(),
                _ -> CompilerDoor.pass(
                        "kernel '" + kernel.name() + "'",
                        kernel.function()::position,
                        () -> UnsupportedCode.reason(kernel)));
    }

    private static Key key(String kernel, Map<Integer, byte[]> constants) {
        var text = new TreeMap<Integer, String>();
        constants.forEach((index, bytes) -> text.put(index, HexFormat.of().formatHex(bytes)));
        return new Key(kernel, text);
    }

    private static byte[] requireSize(FunctionConstant constant, byte[] value) {
        if (value.length != constant.type().byteSize()) {
            throw new IllegalArgumentException("value of function constant '%s' (%s) has not %d bytes: %d"
                    .formatted(constant.name(), constant.type(), constant.type().byteSize(), value.length));
        }
        return value.clone();
    }

    private JvmLibrary classes() {
        var open = classes;
        if (open == null) {
            throw new IllegalStateException("library is closed");
        }
        return open;
    }

    @Override
    public void close() {
        classes = null;
        kernels.clear();
    }
}
