package io.ringkernel.metal.software.library;

import io.ringkernel.metal.bindings.Mtl;
import io.ringkernel.metal.msl.MslCompilationException;
import io.ringkernel.metal.msl.MslFunction;
import io.ringkernel.metal.msl.MslFunctionConstant;
import io.ringkernel.metal.msl.MslKernel;
import io.ringkernel.metal.msl.syntax.FunctionType;
import io.ringkernel.metal.software.foundation.NSDictionary;
import io.ringkernel.metal.software.foundation.NSString;
import io.ringkernel.metal.software.gpu.LabeledObject;
import io.ringkernel.metal.software.reflection.DataTypes;
import io.ringkernel.metal.software.runtime.NSObject;
import io.ringkernel.metal.software.runtime.Selector;
import io.ringkernel.metal.software.runtime.Strong;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A function of a library, with the values that its function constants were given. */
public final class MTLFunction extends LabeledObject {
    private static final Map<FunctionType, Long> TYPES = Map.of(
            FunctionType.VERTEX, Mtl.MTLFunctionTypeVertex(),
            FunctionType.FRAGMENT, Mtl.MTLFunctionTypeFragment(),
            FunctionType.KERNEL, Mtl.MTLFunctionTypeKernel(),
            FunctionType.VISIBLE, Mtl.MTLFunctionTypeVisible(),
            FunctionType.INTERSECTION, Mtl.MTLFunctionTypeIntersection(),
            FunctionType.MESH, Mtl.MTLFunctionTypeMesh(),
            FunctionType.OBJECT, Mtl.MTLFunctionTypeObject());

    private final Strong<MTLLibrary> library;
    private final MslFunction function;
    private final String name;
    private final Strong<MTLFunctionConstantValues> values;
    private MslKernel kernel;

    /** {@code values} may be null; they are copied. */
    MTLFunction(MTLLibrary library, MslFunction function, String name, MTLFunctionConstantValues values) {
        super(library.origin());
        this.library = new Strong<>(library);
        this.function = function;
        this.name = name;
        this.values = values == null ? new Strong<>() : Strong.owning((MTLFunctionConstantValues) values.copy());
    }

    MTLLibrary library() {
        return library.get();
    }

    /** The specialised kernel, compiled when it is first asked for; throws {@link LibraryError}. */
    synchronized MslKernel kernel() {
        if (kernel == null) {
            kernel = specialize();
        }
        return kernel;
    }

    /** Which of its library's visible functions it is, from 1; 0 for a function of another type. */
    int visibleNumber() {
        var visible = library.get().compiled().functions().stream()
                .filter(each -> each.type() == FunctionType.VISIBLE)
                .toList();
        return visible.indexOf(function) + 1;
    }

    /** Refuses a function that the kernel of a pipeline cannot call; throws {@link LibraryError}. */
    void requireCallableFrom(MTLFunction kernel) {
        if (visibleNumber() == 0) {
            throw new LibraryError(
                    Mtl.MTLLibraryErrorUnsupported(),
                    "a linked function is of type MTLFunctionTypeVisible, and " + name + " has MTLFunctionType"
                            + metalWord(function.type()));
        }
        if (library.get() != kernel.library()) {
            throw new LibraryError(
                    Mtl.MTLLibraryErrorUnsupported(),
                    "the software Metal links no function of another library into a pipeline: " + name);
        }
        if (values.get() != null && !archiveConstants().equals(kernel.archiveConstants())) {
            throw new LibraryError(
                    Mtl.MTLLibraryErrorUnsupported(),
                    "the software Metal links no function with other function constants than its kernel's: " + name);
        }
    }

    private MslKernel specialize() {
        if (function.type() != FunctionType.KERNEL) {
            throw new LibraryError(
                    Mtl.MTLLibraryErrorUnsupported(),
                    "a compute pipeline takes a function of type MTLFunctionTypeKernel, and " + name
                            + " has MTLFunctionType" + metalWord(function.type()));
        }
        try {
            return library.get().compiled().specialize(function.name(), constants());
        } catch (IllegalArgumentException | MslCompilationException e) {
            throw new LibraryError(Mtl.MTLLibraryErrorCompileFailure(), e.getMessage());
        } catch (UnsupportedOperationException e) {
            throw new LibraryError(Mtl.MTLLibraryErrorUnsupported(), e.getMessage());
        }
    }

    private static String metalWord(FunctionType type) {
        return type.name().charAt(0) + type.keyword().substring(1);
    }

    private Map<Integer, byte[]> constants() {
        var bytes = new TreeMap<Integer, byte[]>();
        var given = values.get();
        for (var constant : library.get().compiled().functionConstants()) {
            var value = given == null ? null : given.valueFor(constant.name(), constant.index());
            if (value != null) {
                requireType(constant, value);
                bytes.put(constant.index(), value.bytes());
            }
        }
        return bytes;
    }

    private static void requireType(MslFunctionConstant constant, MTLFunctionConstantValues.Value value) {
        if (DataTypes.of(constant.type()) != value.dataType()) {
            throw new LibraryError(
                    Mtl.MTLLibraryErrorCompileFailure(),
                    "function constant '" + constant.name() + "' is " + constant.type() + ", its value is "
                            + DataTypes.nameOf(value.dataType()));
        }
    }

    /** Identifies the function with its constants in a binary archive. */
    String archiveKey() {
        return library.get().sourceKey() + ' ' + function.name() + archiveConstants();
    }

    private String archiveConstants() {
        var key = new StringBuilder();
        constants()
                .forEach((index, bytes) ->
                        key.append(' ').append(index).append('=').append(Arrays.toString(bytes)));
        return key.toString();
    }

    @Selector("name")
    String name() {
        return name;
    }

    @Selector("functionType")
    long functionType() {
        return TYPES.get(function.type());
    }

    @Selector("options")
    long options() {
        return Mtl.MTLFunctionOptionNone();
    }

    @Selector("functionConstantsDictionary")
    NSDictionary functionConstantsDictionary() {
        var constants = unspecializedConstants();
        var keys = constants.stream()
                .map(each -> new NSString(runtime(), each.name()))
                .toList();
        var objects = constants.stream()
                .map(each -> new MTLFunctionConstant(runtime(), each))
                .toList();
        var dictionary = runtime().autorelease(new NSDictionary(runtime(), keys, objects));
        keys.forEach(NSObject::releaseForClient);
        objects.forEach(NSObject::releaseForClient);
        return dictionary;
    }

    /** The constants of a function that was taken without values for them; a specialised one has none left. */
    private List<MslFunctionConstant> unspecializedConstants() {
        return values.get() == null ? library.get().compiled().functionConstants(function.name()) : List.of();
    }

    /** Refuses a function that may only be asked for its constants; throws {@link LibraryError}. */
    void requireSpecialized() {
        var constants = unspecializedConstants();
        if (!constants.isEmpty()) {
            throw new LibraryError(
                    Mtl.MTLLibraryErrorCompileFailure(),
                    "function '" + name + "' has function constants, '"
                            + constants.getFirst().name()
                            + "' among them: a pipeline takes newFunctionWithName:constantValues:error:");
        }
    }

    @Override
    protected void dealloc() {
        values.clear();
        library.clear();
        super.dealloc();
    }
}
