package io.ringkernel.metal.software.runtime;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * One Objective-C world: its objects, classes, selectors and pools, and what its client did wrong. Worlds share nothing
 * but the numbers of selectors; an address says which world it is from.
 */
public final class ObjectRuntime implements AutoCloseable {
    private static final AtomicReferenceArray<ObjectRuntime> OPEN =
            new AtomicReferenceArray<>(Addresses.MAX_PROVIDER + 1);
    private static int lastProvider;

    private final int provider;
    private final boolean notesCreation;
    // Not closed: a block in it may be called by a thread of the driver until the last command buffer is done.
    private final Arena arena = Arena.ofAuto();
    private final Violations violations = new Violations();
    private final ObjectTable objects;
    private final SelectorTable selectors;
    private final AutoreleasePools pools;
    private final ClassTable classes;

    /**
     * Opens a world; {@code notesCreation} makes each object remember where it was created, which costs a stack walk.
     */
    public ObjectRuntime(boolean notesCreation) {
        this.provider = claim(this);
        this.notesCreation = notesCreation;
        this.objects = new ObjectTable(provider);
        this.selectors = new SelectorTable(provider);
        this.pools = new AutoreleasePools(provider, violations);
        this.classes = new ClassTable(this);
    }

    /** Takes the next free number, so that a closed world's addresses stay unknown for as long as possible. */
    private static synchronized int claim(ObjectRuntime runtime) {
        for (int tries = 0; tries <= Addresses.MAX_PROVIDER; tries++) {
            lastProvider = lastProvider + 1 & Addresses.MAX_PROVIDER;
            if (OPEN.compareAndSet(lastProvider, null, runtime)) {
                return lastProvider;
            }
        }
        throw new IllegalStateException("more open providers than " + Addresses.MAX_PROVIDER);
    }

    /** The world of an address, or null if it is closed or the address has no world. */
    static ObjectRuntime of(long address) {
        return OPEN.get(Addresses.provider(address));
    }

    /** All worlds that are open, for a mistake that does not say whose it is. */
    static List<ObjectRuntime> open() {
        var open = new ArrayList<ObjectRuntime>();
        for (int i = 0; i < OPEN.length(); i++) {
            var runtime = OPEN.get(i);
            if (runtime != null) {
                open.add(runtime);
            }
        }
        return open;
    }

    /** Memory that a client may read as long as the provider is reachable. */
    public Arena arena() {
        return arena;
    }

    public Violations violations() {
        return violations;
    }

    public SelectorTable selectors() {
        return selectors;
    }

    public AutoreleasePools pools() {
        return pools;
    }

    public ClassTable classes() {
        return classes;
    }

    ObjectTable objects() {
        return objects;
    }

    /** All live objects that a client or the software Metal holds, classes included. */
    public List<NSObject> liveObjects() {
        return objects.live();
    }

    Throwable creationSite() {
        return notesCreation ? new Throwable("created here") : null;
    }

    /** Hands the creator's reference on a new object to the innermost pool, and returns the object. */
    public <T extends NSObject> T autorelease(T created) {
        pools.add(created);
        return created;
    }

    /**
     * The live object at an address.
     *
     * @throws MisuseException if it is nil, dead, unknown, or of another class
     */
    public static <T extends NSObject> T object(Class<T> type, long address) {
        if (address == 0) {
            throw new MisuseException(ViolationKind.NIL_ARGUMENT, "nil for a " + type.getSimpleName());
        }
        var object = find(address);
        if (!type.isInstance(object)) {
            throw new MisuseException(ViolationKind.WRONG_CLASS, "not a " + type.getSimpleName() + ": " + object);
        }
        return type.cast(object);
    }

    /** The objects of a C array; nil entries are null in the list. */
    public static <T extends NSObject> List<T> objects(Class<T> type, MemorySegment array, long count) {
        MisuseException.require(
                count == 0 || array.address() != 0, ViolationKind.NIL_ARGUMENT, "NULL for an array of %d", count);
        var objects = new ArrayList<T>();
        for (long i = 0; i < count; i++) {
            long address = array.get(ValueLayout.JAVA_LONG_UNALIGNED, i * Long.BYTES);
            objects.add(address == 0 ? null : object(type, address));
        }
        return objects;
    }

    static NSObject find(long address) {
        var runtime = Addresses.tag(address) == Addresses.OBJECT ? of(address) : null;
        if (runtime == null) {
            throw new MisuseException(
                    ViolationKind.UNKNOWN_OBJECT, "never was an object: 0x" + Long.toHexString(address));
        }
        var object = runtime.objects.find(address);
        return object != null ? object : runtime.findWrapped(address);
    }

    private NSObject findWrapped(long address) {
        long unwrapped = Addresses.unwrapped(address);
        var object = objects.find(unwrapped);
        if (object == null) {
            boolean died = objects.wasIssued(unwrapped);
            throw new MisuseException(
                    died ? ViolationKind.DEAD_OBJECT : ViolationKind.UNKNOWN_OBJECT,
                    (died ? "was deallocated: 0x" : "never was an object: 0x") + Long.toHexString(address));
        }
        return object;
    }

    /** Forgets every object; addresses of this world are unknown from now on. Idempotent. */
    @Override
    public void close() {
        OPEN.compareAndSet(provider, this, null);
    }
}
