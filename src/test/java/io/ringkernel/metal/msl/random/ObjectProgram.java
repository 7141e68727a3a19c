package io.ringkernel.metal.msl.random;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A random kernel whose threads work on objects of all kinds through names, subscripts, pointers, references, methods
 * and functions, with an interpreter of the same tree. Nothing in it depends on an order that C++ leaves open, as long
 * as operands are evaluated from left to right.
 *
 * <p>Buffers: 0 the input, an int per thread; 1 {@link #PER_THREAD} ints per thread, written; 2 {@link #table()}; 3
 * {@link #parameters()}.
 */
public final class ObjectProgram {
    /** What a thread writes: its part of the buffer, and one number over all its objects. */
    public static final int PER_THREAD = Objects.OWN_SIZE + 1;

    private static final int LARGEST_GROUP = 64;

    private record Step(String text, Consumer<List<ThreadState>> action) {}

    private final SplittableRandom random;
    private final Objects objects;
    private final Expressions expressions;
    private final Statements statements;
    private final List<Step> steps = new ArrayList<>();

    private ObjectProgram(SplittableRandom random) {
        this.random = random;
        objects = new Objects(random);
        expressions = new Expressions(random, objects);
        statements = new Statements(random, objects, expressions);
    }

    /**
     * The program of a seed.
     *
     * @param statementCount how many statements stand in the kernel itself
     * @param isTogether whether threads of a group synchronise and exchange values
     */
    public static ObjectProgram of(long seed, int statementCount, boolean isTogether) {
        var program = new ObjectProgram(new SplittableRandom(seed));
        for (int i = 0; i < statementCount; i++) {
            program.steps.add(program.step(isTogether));
        }
        return program;
    }

    /** The content of buffer 2. */
    public static int[] table() {
        return Expressions.TABLE.stream().mapToInt(i -> i).toArray();
    }

    /** The content of buffer 3. */
    public static int[] parameters() {
        return new int[] {Expressions.PARAMETER, Expressions.MASK};
    }

    /** The program's text; the kernel's name is {@code k}. */
    public String source() {
        return "#include <metal_stdlib>\nusing namespace metal;\n" + Functions.source()
                + """
                kernel void k(device const int* in [[buffer(0)]], device int* all [[buffer(1)]],
                              constant int* table [[buffer(2)]], constant Parameters& params [[buffer(3)]],
                              uint gid [[thread_position_in_grid]], uint lid [[thread_index_in_threadgroup]],
                              uint width [[threads_per_threadgroup]]) {
                    threadgroup int shared[%d];
                    threadgroup atomic_int total;
                    device int* own = all + gid * %d;
                    int i0 = 1, i1 = in[gid], i2 = 7;
                    uint u0 = gid, u1 = 5u;
                    float f0 = 0.5f, f1 = float(lid);
                    int a[8] = {1, -2, 3, -4, 5, -6, 7, -8};
                    float b[4] = {0.5f, -1.5f, 2.5f, -3.5f};
                    int m[2][3] = {{1, 2, 3}, {-4, -5, -6}};
                    array<uint, 4> c = {1u, 2u, 3u, 4u};
                    S s0 = {1, 2u, 0.75f, {1, -1, 2, -2}, int2(3, -3)};
                    S s1 = s0;
                    s1.x = i1;
                    int4 v = int4(1, -2, 3, -4);
                    float3 w = float3(0.5f, -0.5f, 1.5f);
                    uint2 q = uint2(9u, 8u);
                    Kind k = KB;
                    thread int* p = &i2;
                    thread S* ps = &s1;
                    device int* d = own;
                %s    uint h = 17u;
                %s}
                """.formatted(
                        LARGEST_GROUP,
                        PER_THREAD,
                        steps.stream().map(step -> "    " + step.text + "\n").collect(Collectors.joining()),
                        checksum());
    }

    private static String checksum() {
        var names = new ArrayList<>(List.of("i0", "i1", "i2", "u0", "u1", "as_type<uint>(f0)", "as_type<uint>(f1)"));
        IntStream.range(0, 8).forEach(i -> names.add("a[" + i + "]"));
        IntStream.range(0, 4).forEach(i -> names.add("as_type<uint>(b[" + i + "])"));
        IntStream.range(0, 6).forEach(i -> names.add("m[" + i / 3 + "][" + i % 3 + "]"));
        IntStream.range(0, 4).forEach(i -> names.add("c[" + i + "]"));
        for (var struct : List.of("s0.", "s1.")) {
            names.addAll(List.of(struct + "x", struct + "y", "as_type<uint>(" + struct + "z)"));
            IntStream.range(0, 4).forEach(i -> names.add(struct + "e[" + i + "]"));
            names.addAll(List.of(struct + "p.x", struct + "p.y"));
        }
        IntStream.range(0, 4).forEach(i -> names.add("v[" + i + "]"));
        IntStream.range(0, 3).forEach(i -> names.add("as_type<uint>(w[" + i + "])"));
        names.addAll(List.of("q.x", "q.y", "int(k)"));
        return names.stream()
                        .map(name -> "    h = h * 31u + uint(" + name + ");\n")
                        .collect(Collectors.joining()) + "    own[" + Objects.OWN_SIZE + "] = int(h);\n";
    }

    /** What buffer 1 holds afterwards, if it was all zeros, in a grid of one dimension. */
    public int[] evaluate(int[] input, int threads, int threadsPerThreadgroup) {
        var result = new int[threads * PER_THREAD];
        for (int first = 0; first < threads; first += threadsPerThreadgroup) {
            var size = Math.min(threadsPerThreadgroup, threads - first);
            var group = new ArrayList<ThreadState>();
            for (int lane = 0; lane < size; lane++) {
                group.add(start(input, first + lane, lane, size));
            }
            steps.forEach(step -> step.action.accept(group));
            group.forEach(s -> {
                System.arraycopy(s.cells, Objects.OWN, result, s.thread * PER_THREAD, Objects.OWN_SIZE);
                result[s.thread * PER_THREAD + Objects.OWN_SIZE] = hash(s);
            });
        }
        return result;
    }

    private ThreadState start(int[] input, int thread, int lane, int groupSize) {
        var s = new ThreadState(objects.cellCount(), input, thread, lane, groupSize);
        var struct = new int[] {1, 2, Expressions.bits(0.75f), 1, -1, 2, -2, 3, -3};
        s.set(Objects.INTS, 1, input[thread], 7);
        s.set(Objects.UINTS, thread, 5);
        s.setFloats(Objects.FLOATS, 0.5f, lane);
        s.set(Objects.ARRAY, 1, -2, 3, -4, 5, -6, 7, -8);
        s.setFloats(Objects.FLOAT_ARRAY, 0.5f, -1.5f, 2.5f, -3.5f);
        s.set(Objects.TABLE, 1, 2, 3, -4, -5, -6);
        s.set(Objects.METAL_ARRAY, 1, 2, 3, 4);
        s.set(Objects.STRUCTS, struct);
        s.set(Objects.STRUCTS + Objects.STRUCT_SIZE, struct);
        s.set(Objects.STRUCTS + Objects.STRUCT_SIZE, input[thread]);
        s.set(Objects.VECTOR, 1, -2, 3, -4);
        s.setFloats(Objects.FLOAT_VECTOR, 0.5f, -0.5f, 1.5f);
        s.set(Objects.UINT_VECTOR, 9, 8);
        s.set(Objects.ENUM, Functions.enumerator("KB"));
        s.set(Objects.POINTER, Objects.INTS + 2, Objects.STRUCTS + Objects.STRUCT_SIZE, Objects.OWN);
        return s;
    }

    private static int hash(ThreadState s) {
        var hash = 17;
        for (int i = 0; i < Objects.OWN; i++) {
            hash = hash * 31 + s.cells[i];
        }
        return hash;
    }

    private Step step(boolean isTogether) {
        if (isTogether && random.nextInt(3) == 0) {
            return random.nextInt(3) == 0 ? loop() : random.nextBoolean() ? exchange() : total();
        }
        var statement = statements.statement(3, false);
        return new Step(statement.text(), group -> group.forEach(statement::run));
    }

    private Step loop() {
        var first = statements.statement(1, false);
        var second = random.nextBoolean() ? exchange() : total();
        var name = statements.name("g");
        return new Step(
                "for (uint %1$s = 0; %1$s < params.n; %1$s++) { %2$s %3$s }".formatted(name, first.text(), second.text),
                group -> {
                    for (int i = 0; i < Expressions.PARAMETER; i++) {
                        group.forEach(first::run);
                        second.action.accept(group);
                    }
                });
    }

    /** Each thread writes a value and reads another's. */
    private Step exchange() {
        var value = expressions.term(Kind.INT, 2, true);
        var place = objects.any(Kind.INT, expressions);
        var distance = random.nextInt(LARGEST_GROUP);
        var text = "shared[lid] = %s; threadgroup_barrier(mem_flags::mem_threadgroup); "
                + "%s = abs(shared[(lid + %du) %% width]); threadgroup_barrier(mem_flags::mem_threadgroup);";
        return new Step(text.formatted(value.text(), place.text(), distance), group -> {
            var values = group.stream().mapToInt(value::in).toArray();
            for (var s : group) {
                s.cells[place.cellIn(s)] = Math.abs(values[(s.lane + distance) % s.groupSize]);
            }
        });
    }

    /** Each thread adds a value and reads the sum. */
    private Step total() {
        var value = expressions.term(Kind.INT, 2, true);
        var place = objects.any(Kind.INT, expressions);
        var text = "if (lid == 0) { atomic_store_explicit(&total, 0, memory_order_relaxed); } %1$s "
                + "atomic_fetch_add_explicit(&total, %2$s, memory_order_relaxed); %1$s "
                + "%3$s = min(atomic_load_explicit(&total, memory_order_relaxed), 1000); %1$s";
        var barrier = "threadgroup_barrier(mem_flags::mem_threadgroup);";
        return new Step(text.formatted(barrier, value.text(), place.text()), group -> {
            var sum = group.stream().mapToInt(value::in).sum();
            group.forEach(s -> s.cells[place.cellIn(s)] = Math.min(sum, 1000));
        });
    }
}
