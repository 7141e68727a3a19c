package io.ringkernel.metal.software.runtime;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Every live object of one provider, found by address in two array loads; addresses are never used twice. */
final class ObjectTable {
    private static final int CHUNK_BITS = 12;
    private static final int CHUNK_SIZE = 1 << CHUNK_BITS;
    private static final VarHandle SLOT = MethodHandles.arrayElementVarHandle(NSObject[].class);
    private static final VarHandle CHUNK = MethodHandles.arrayElementVarHandle(NSObject[][].class);

    private final int provider;
    private final NSObject[][] chunks = new NSObject[(Addresses.MAX_INDEX + 1) >> CHUNK_BITS][];
    // Guarded by this: indexes that died, the generation of each index, and the first index never used.
    private int[] free = new int[64];
    private int freeCount;
    private int[] generations = new int[64];
    private int unused = 1;

    ObjectTable(int provider) {
        this.provider = provider;
    }

    /** Gives an object its address. */
    synchronized long add(NSObject object) {
        int index = freeCount > 0 ? free[--freeCount] : unused++;
        if (index > Addresses.MAX_INDEX) {
            throw new IllegalStateException("more live objects than " + Addresses.MAX_INDEX);
        }
        if (index >= generations.length) {
            generations = Arrays.copyOf(generations, generations.length * 2);
        }
        var chunk = chunks[index >> CHUNK_BITS];
        if (chunk == null) {
            chunk = new NSObject[CHUNK_SIZE];
            CHUNK.setRelease(chunks, index >> CHUNK_BITS, chunk);
        }
        // ORDER: pairs with getAcquire in find; whoever sees the slot sees the object's fields.
        SLOT.setRelease(chunk, index & CHUNK_SIZE - 1, object);
        return Addresses.of(Addresses.OBJECT, provider, generations[index], index);
    }

    /** Makes an object's address mean nothing, for ever. */
    synchronized void remove(long address) {
        int index = Addresses.index(address);
        SLOT.setRelease(chunks[index >> CHUNK_BITS], index & CHUNK_SIZE - 1, null);
        if (generations[index] == Addresses.MAX_GENERATION) {
            return;
        }
        generations[index]++;
        if (freeCount == free.length) {
            free = Arrays.copyOf(free, freeCount * 2);
        }
        free[freeCount++] = index;
    }

    /** The live object at an address, or null. */
    NSObject find(long address) {
        int index = Addresses.index(address);
        var chunk = (NSObject[]) CHUNK.getAcquire(chunks, index >> CHUNK_BITS);
        if (chunk == null) {
            return null;
        }
        var object = (NSObject) SLOT.getAcquire(chunk, index & CHUNK_SIZE - 1);
        return object != null && object.address() == address ? object : null;
    }

    /** Whether an address was given to an object of this provider, dead or alive. */
    synchronized boolean wasIssued(long address) {
        return Addresses.tag(address) == Addresses.OBJECT
                && Addresses.provider(address) == (provider & Addresses.MAX_PROVIDER)
                && (address & 15) == 0
                && Addresses.index(address) < unused;
    }

    /** All live objects, oldest index first. */
    synchronized List<NSObject> live() {
        var live = new ArrayList<NSObject>();
        for (int index = 1; index < unused; index++) {
            var object = chunks[index >> CHUNK_BITS][index & CHUNK_SIZE - 1];
            if (object != null) {
                live.add(object);
            }
        }
        return live;
    }
}
