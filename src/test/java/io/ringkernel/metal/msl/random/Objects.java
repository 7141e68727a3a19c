package io.ringkernel.metal.msl.random;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.ToIntFunction;

/**
 * The objects of a program: scalars, arrays, structs, vectors, a matrix of ints, pointers, a thread's part of a buffer.
 * Each has its cells; those of block-scope variables come last.
 */
final class Objects {
    /** Cells of a struct S: x, y, z, e[4], p.xy. */
    static final int STRUCT_SIZE = 9;

    static final int X = 0;
    static final int Y = 1;
    static final int Z = 2;
    static final int E = 3;
    static final int P = 7;

    static final int INTS = 0;
    static final int UINTS = 3;
    static final int FLOATS = 5;
    static final int ARRAY = 7;
    static final int FLOAT_ARRAY = 15;
    static final int TABLE = 19;
    static final int METAL_ARRAY = 25;
    static final int STRUCTS = 29;
    static final int VECTOR = 47;
    static final int FLOAT_VECTOR = 51;
    static final int UINT_VECTOR = 54;
    static final int ENUM = 56;
    static final int OWN = 57;

    /** How many elements of a buffer belong to a thread. */
    static final int OWN_SIZE = 8;

    /** What is compared in the end: all before the pointers. */
    static final int COMPARED = OWN + OWN_SIZE;

    static final int POINTER = COMPARED;
    static final int STRUCT_POINTER = POINTER + 1;
    static final int DEVICE_POINTER = POINTER + 2;

    private final SplittableRandom random;
    private final List<Place> locals = new ArrayList<>();
    private final List<Kind> localKinds = new ArrayList<>();
    private int cellCount = DEVICE_POINTER + 1;

    Objects(SplittableRandom random) {
        this.random = random;
    }

    int cellCount() {
        return cellCount;
    }

    int allocate(int size) {
        var first = cellCount;
        cellCount += size;
        return first;
    }

    /** The number of block-scope variables in scope, to go back to. */
    int mark() {
        return locals.size();
    }

    void release(int mark) {
        locals.subList(mark, locals.size()).clear();
        localKinds.subList(mark, localKinds.size()).clear();
    }

    void declare(Place place, Kind kind) {
        locals.add(place);
        localKinds.add(kind);
    }

    /** Any place of a kind; subscripts come from {@code index}, and are ints. */
    Place any(Kind kind, ToIndex index) {
        if (!locals.isEmpty() && random.nextInt(4) == 0) {
            var choice = random.nextInt(locals.size());
            if (localKinds.get(choice) == kind) {
                return locals.get(choice);
            }
        }
        return switch (kind) {
            case INT -> anyInt(index);
            case UINT -> anyUint(index);
            case FLOAT -> anyFloat(index);
        };
    }

    private Place anyInt(ToIndex index) {
        return switch (random.nextInt(13)) {
            case 0, 1, 2, 3 -> number("i", INTS, 3);
            case 4, 5 -> element("a", ARRAY, 8, index, true);
            case 6 -> table(index);
            case 7 -> fixed("(*p)", s -> s.cells[POINTER]);
            case 8 -> element("own", OWN, OWN_SIZE, index, false);
            case 9 -> new Place("(*d)", s -> s.cells[DEVICE_POINTER], true, false);
            case 10 -> component("v", VECTOR, 4, index);
            default -> intMember(index);
        };
    }

    private Place intMember(ToIndex index) {
        var struct = struct();
        return switch (random.nextInt(4)) {
            case 0 -> fixed(struct.text() + "x", s -> struct.cellIn(s) + X);
            case 1 -> {
                var at = index.below(2);
                yield new Place(
                        struct.text() + "p[" + at.text() + "]", s -> struct.cellIn(s) + P + at.in(s), false, false);
            }
            case 2 -> new Place(struct.text() + "p.y", s -> struct.cellIn(s) + P + 1, true, false);
            default -> {
                var at = index.below(4);
                yield new Place(
                        struct.text() + "e[" + at.text() + "]", s -> struct.cellIn(s) + E + at.in(s), false, true);
            }
        };
    }

    private Place anyUint(ToIndex index) {
        return switch (random.nextInt(6)) {
            case 0 -> element("c", METAL_ARRAY, 4, index, true);
            case 1 -> component("q", UINT_VECTOR, 2, index);
            case 2 -> {
                var struct = struct();
                yield fixed(struct.text() + "y", s -> struct.cellIn(s) + Y);
            }
            default -> number("u", UINTS, 2);
        };
    }

    private Place anyFloat(ToIndex index) {
        return switch (random.nextInt(6)) {
            case 0 -> element("b", FLOAT_ARRAY, 4, index, true);
            case 1 -> component("w", FLOAT_VECTOR, 3, index);
            case 2 -> {
                var struct = struct();
                yield fixed(struct.text() + "z", s -> struct.cellIn(s) + Z);
            }
            default -> number("f", FLOATS, 2);
        };
    }

    /** Something that a pointer to int can point to. */
    Place addressable(ToIndex index) {
        while (true) {
            var place = anyInt(index);
            if (place.isAddressable()) {
                return place;
            }
        }
    }

    /** A struct with the operator that leads to its members: {@code s0.} or {@code ps->}. */
    Place struct() {
        return switch (random.nextInt(3)) {
            case 0 -> fixed("ps->", s -> s.cells[STRUCT_POINTER]);
            case 1 -> fixed("s0.", _ -> STRUCTS);
            default -> fixed("s1.", _ -> STRUCTS + STRUCT_SIZE);
        };
    }

    private Place number(String name, int first, int count) {
        var number = random.nextInt(count);
        return fixed(name + number, _ -> first + number);
    }

    private static Place fixed(String text, ToIntFunction<ThreadState> cell) {
        return new Place(text, cell, true, true);
    }

    private static Place element(String name, int first, int size, ToIndex index, boolean isAddressable) {
        var at = index.below(size);
        return new Place(name + "[" + at.text() + "]", s -> first + at.in(s), false, isAddressable);
    }

    private static Place table(ToIndex index) {
        var row = index.below(2);
        var column = index.below(3);
        return new Place(
                "m[" + row.text() + "][" + column.text() + "]",
                s -> {
                    var at = row.in(s);
                    return TABLE + at * 3 + column.in(s);
                },
                false,
                true);
    }

    private Place component(String name, int first, int size, ToIndex index) {
        if (random.nextBoolean()) {
            var number = random.nextInt(size);
            return new Place(name + "." + "xyzw".charAt(number), _ -> first + number, true, false);
        }
        return element(name, first, size, index, false);
    }

    /** Makes subscripts. */
    interface ToIndex {
        /** A term without effects that is at least 0 and below a bound. */
        Term below(int bound);
    }
}
