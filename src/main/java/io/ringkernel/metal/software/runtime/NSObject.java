package io.ringkernel.metal.software.runtime;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * An Objective-C object: an address, and two reference counts. One counts the client's references, made by messages
 * that return an owned object, {@code objc_retain}, and autorelease pools; the other counts those of the software Metal
 * itself. The object dies when both are zero. A client that releases more than it owns is caught at once, whoever else
 * holds the object.
 *
 * <p>A new object belongs to the client that the message returns it to; whoever creates one for the software Metal's
 * own use calls {@link #makeInternal()}.
 */
public abstract class NSObject {
    private static final long INTERNAL = 1L;
    private static final long CLIENT = 1L << 32;
    private static final VarHandle REFERENCES;

    static {
        try {
            REFERENCES = MethodHandles.lookup().findVarHandle(NSObject.class, "references", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final ObjectRuntime runtime;
    private final Throwable creation;
    private volatile long references = CLIENT;
    private final long address;

    protected NSObject(ObjectRuntime runtime) {
        this.runtime = runtime;
        this.creation = runtime.creationSite();
        this.address = runtime.objects().add(this);
    }

    /** The provider that this object belongs to. */
    public final ObjectRuntime runtime() {
        return runtime;
    }

    /** What the client sees as {@code id}. */
    public final long address() {
        return address;
    }

    /** Another address, by which the client can send it every message: what a layer that wraps objects hands out. */
    public final long wrappedAddress() {
        return Addresses.wrapped(address);
    }

    /** Where it was created, if the runtime notes that; else null. */
    public final Throwable creation() {
        return creation;
    }

    /** The references that a client holds. */
    public final int clientReferences() {
        return (int) (references >>> 32);
    }

    final int internalReferences() {
        return (int) references;
    }

    /** Whether it lives as long as its provider, whatever a client releases. */
    public boolean isImmortal() {
        return false;
    }

    /** Releases what the object holds; called once, by whoever released it last. */
    protected void dealloc() {}

    /** Adds a reference of the software Metal's own. */
    public final void retain() {
        add(INTERNAL);
    }

    /** Takes back what {@link #retain()} added. */
    public final void release() {
        subtract(INTERNAL);
    }

    /** Turns the creator's reference into one of the software Metal's own. */
    public final void makeInternal() {
        REFERENCES.getAndAdd(this, INTERNAL - CLIENT);
    }

    /** Adds a reference of the client's. */
    public final void retainForClient() {
        add(CLIENT);
    }

    /** Takes back a reference of the client's. */
    public final void releaseForClient() {
        if (isImmortal()) {
            return;
        }
        if (clientReferences() == 0) {
            throw new MisuseException(ViolationKind.OVER_RELEASE, "released more often than retained: " + this);
        }
        subtract(CLIENT);
    }

    private void add(long unit) {
        if (!tryAdd(unit)) {
            throw new MisuseException(ViolationKind.DEAD_OBJECT, "retained after it was deallocated: " + this);
        }
    }

    /** Adds a reference of the software Metal's own, unless the object is dead. */
    public final boolean tryRetain() {
        return tryAdd(INTERNAL);
    }

    private boolean tryAdd(long unit) {
        if (isImmortal()) {
            return true;
        }
        long seen = references;
        while (seen != 0) {
            long witness = (long) REFERENCES.compareAndExchange(this, seen, seen + unit);
            if (witness == seen) {
                return true;
            }
            seen = witness;
        }
        return false;
    }

    private void subtract(long unit) {
        if (isImmortal()) {
            return;
        }
        long left = (long) REFERENCES.getAndAdd(this, -unit) - unit;
        if (left == 0) {
            runtime.objects().remove(address);
            dealloc();
        }
    }

    @Selector("alloc")
    static NSObject alloc(ObjectClass receiver) {
        return receiver.allocate();
    }

    @Selector("new")
    static NSObject newObject(ObjectClass receiver) {
        return receiver.allocate().init();
    }

    @Selector("instancesRespondToSelector:")
    static boolean instancesRespondToSelector(ObjectClass receiver, MemorySegment selector) {
        return receiver.instancesRespondTo(receiver.runtime().selectors().name(selector.address()));
    }

    @Selector("init")
    NSObject init() {
        return this;
    }

    @Selector("copy")
    protected NSObject copy() {
        throw new MisuseException(ViolationKind.UNRECOGNIZED_SELECTOR, "not copyable: " + this);
    }

    @Selector("class")
    public final ObjectClass objectClass() {
        return runtime.classes().of(getClass());
    }

    @Selector("superclass")
    ObjectClass superclass() {
        return objectClass().parent();
    }

    @Selector("hash")
    protected long objectHash() {
        return address >>> 4;
    }

    @Selector("isEqual:")
    protected boolean isEqual(@Nullable NSObject other) {
        return this == other;
    }

    @Selector("isKindOfClass:")
    boolean isKindOfClass(ObjectClass type) {
        return type.javaType().isInstance(this);
    }

    /** What Metal declares as a protocol is a class here, and its objects adopt every one that they derive from. */
    @Selector("conformsToProtocol:")
    boolean conformsToProtocol(ObjectClass protocol) {
        return protocol.javaType().isInstance(this);
    }

    @Selector("respondsToSelector:")
    boolean respondsToSelector(MemorySegment selector) {
        return objectClass().instancesRespondTo(runtime.selectors().name(selector.address()));
    }

    @Selector("description")
    protected String description() {
        return toString();
    }

    @Selector("debugDescription")
    String debugDescription() {
        return description();
    }

    @Selector("retainCount")
    long retainCount() {
        return (long) clientReferences() + internalReferences();
    }

    /** As Foundation describes objects: {@code <MTLBuffer: 0x1001000000000010>}. */
    @Override
    public String toString() {
        return "<" + getClass().getSimpleName() + ": 0x" + Long.toHexString(address) + ">";
    }
}
