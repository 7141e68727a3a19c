package io.ringkernel.metal.msl.ir;

import io.ringkernel.metal.msl.builtin.LibraryMethod;
import io.ringkernel.metal.msl.builtin.ScalarType;
import io.ringkernel.metal.msl.run.Memory;
import io.ringkernel.metal.msl.run.Worker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodType;
import java.util.List;
import java.util.Set;

/** The Java methods that lowering calls by itself. */
public final class Methods {
    public static final LibraryMethod ADDRESS =
            method(Memory.class, "address", long.class, MemorySegment.class, long.class);
    public static final LibraryMethod OFFSET =
            method(Memory.class, "offset", long.class, MemorySegment.class, long.class);
    public static final LibraryMethod REQUIRE_ALIGNED =
            method(Memory.class, "requireAligned", void.class, MemorySegment.class, long.class, int.class);
    public static final LibraryMethod COPY = method(
            Memory.class,
            "copy",
            void.class,
            MemorySegment.class,
            long.class,
            MemorySegment.class,
            long.class,
            long.class);
    public static final LibraryMethod POISON =
            method(Memory.class, "poison", void.class, MemorySegment.class, long.class, long.class);
    public static final LibraryMethod CLEAR =
            method(Memory.class, "clear", void.class, MemorySegment.class, long.class, long.class);
    private static final LibraryMethod CHECK_INT =
            method(Memory.class, "checkIndex", int.class, int.class, int.class, int.class);
    private static final LibraryMethod CHECK_UINT =
            method(Memory.class, "checkIndexUnsigned", int.class, int.class, int.class, int.class);
    private static final LibraryMethod CHECK_LONG =
            method(Memory.class, "checkIndex", int.class, long.class, int.class, int.class);
    private static final LibraryMethod CHECK_ULONG =
            method(Memory.class, "checkIndexUnsigned", int.class, long.class, int.class, int.class);
    /** A method of {@link Worker}, called on it. */
    public static final LibraryMethod RESOLVE = method(Worker.class, "resolve", MemorySegment.class, long.class);

    /** The handle at an index, a method of {@link Worker}. */
    public static final LibraryMethod TEXTURE = method(Worker.class, "texture", long.class, int.class);

    public static final LibraryMethod SAMPLER = method(Worker.class, "sampler", long.class, int.class);

    /** The same: sends a message to whoever listens. */
    public static final LibraryMethod LOG =
            method(Worker.class, "log", void.class, MemorySegment.class, long.class, int.class);

    private static final Set<LibraryMethod> CHECKS =
            Set.of(REQUIRE_ALIGNED, CHECK_INT, CHECK_UINT, CHECK_LONG, CHECK_ULONG, RESOLVE);

    private Methods() {}

    public static LibraryMethod method(Class<?> owner, String name, Class<?> result, Class<?>... parameters) {
        return new LibraryMethod(owner, name, MethodType.methodType(result, parameters));
    }

    /** A call whose value depends on its operands alone. */
    public static Expr pure(LibraryMethod method, List<Expr> operands) {
        return new Expr.Call(method, operands, false, true, 0);
    }

    /** A call that may throw or depends on memory. */
    public static Expr impure(LibraryMethod method, List<Expr> operands, int line) {
        return new Expr.Call(method, operands, false, false, line);
    }

    /** Whether a method has no effect, and gives, or throws, the same for the same operands while a kernel runs. */
    public static boolean isCheck(LibraryMethod method) {
        return CHECKS.contains(method);
    }

    /**
     * A subscript as an int; it throws unless that is at least 0 and below {@code length}.
     *
     * @param array the number of the array's description for messages
     */
    public static Expr checkIndex(ScalarType type, Expr index, int length, int array, int line) {
        var method = switch (type) {
            case LONG -> CHECK_LONG;
            case ULONG -> CHECK_ULONG;
            case UINT -> CHECK_UINT;
            default -> CHECK_INT;
        };
        return impure(method, List.of(index, Expr.constant(length), Expr.constant(array)), line);
    }

    /** The address of a pointer. */
    public static Expr address(Expr segment, Expr offset) {
        return pure(ADDRESS, List.of(segment, offset));
    }

    public static Expr resolve(Expr address, int line) {
        return new Expr.Call(RESOLVE, List.of(address), true, false, line);
    }
}
