package io.ringkernel.metal.msl.ir;

import io.ringkernel.metal.msl.builtin.LibraryMethod;
import io.ringkernel.metal.msl.run.Memory;
import io.ringkernel.metal.msl.run.Worker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodType;
import java.util.List;
import java.util.Objects;
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
    public static final LibraryMethod CLEAR =
            method(Memory.class, "clear", void.class, MemorySegment.class, long.class, long.class);
    public static final LibraryMethod CHECK_INDEX =
            method(Objects.class, "checkIndex", int.class, int.class, int.class);
    /** A method of {@link Worker}, called on it. */
    public static final LibraryMethod RESOLVE = method(Worker.class, "resolve", MemorySegment.class, long.class);

    private static final Set<LibraryMethod> CHECKS = Set.of(REQUIRE_ALIGNED, CHECK_INDEX, RESOLVE);

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

    /** The address of a pointer. */
    public static Expr address(Expr segment, Expr offset) {
        return pure(ADDRESS, List.of(segment, offset));
    }

    public static Expr resolve(Expr address, int line) {
        return new Expr.Call(RESOLVE, List.of(address), true, false, line);
    }
}
