package io.ringkernel.metal.software.foundation;

import static io.ringkernel.metal.software.runtime.MisuseException.require;

import io.ringkernel.metal.software.runtime.NSObject;
import io.ringkernel.metal.software.runtime.ObjectClass;
import io.ringkernel.metal.software.runtime.ObjectRuntime;
import io.ringkernel.metal.software.runtime.Selector;
import io.ringkernel.metal.software.runtime.ViolationKind;
import java.lang.foreign.MemorySegment;
import java.util.List;

/** An immutable list that retains its elements. */
public final class NSArray extends NSObject {
    private final List<NSObject> elements;

    public NSArray(ObjectRuntime runtime, List<? extends NSObject> elements) {
        super(runtime);
        this.elements = List.copyOf(elements);
        this.elements.forEach(NSObject::retain);
    }

    public List<NSObject> elements() {
        return elements;
    }

    /** The elements, all of which must be of one class. */
    public <T extends NSObject> List<T> elements(Class<T> type) {
        for (var element : elements) {
            require(type.isInstance(element), ViolationKind.WRONG_CLASS, "not a %s: %s", type.getSimpleName(), element);
        }
        return elements.stream().map(type::cast).toList();
    }

    @Selector("array")
    static NSArray array(ObjectClass receiver) {
        return receiver.runtime().autorelease(new NSArray(receiver.runtime(), List.of()));
    }

    @Selector("arrayWithObjects:count:")
    static NSArray arrayWithObjects(ObjectClass receiver, MemorySegment objects, long count) {
        var elements = ObjectRuntime.objects(NSObject.class, objects, count);
        require(!elements.contains(null), ViolationKind.NIL_ARGUMENT, "nil in the objects of an array");
        return receiver.runtime().autorelease(new NSArray(receiver.runtime(), elements));
    }

    @Selector("count")
    long count() {
        return elements.size();
    }

    @Selector("objectAtIndex:")
    NSObject objectAtIndex(long index) {
        require(
                index >= 0 && index < elements.size(),
                ViolationKind.OUT_OF_RANGE,
                "index not in 0..%d: %d",
                elements.size() - 1,
                index);
        return elements.get((int) index);
    }

    @Selector("containsObject:")
    boolean containsObject(NSObject object) {
        return elements.stream().anyMatch(element -> NSString.areEqual(element, object));
    }

    @Override
    protected NSObject copy() {
        retainForClient();
        return this;
    }

    @Override
    protected String description() {
        return elements.toString();
    }

    @Override
    protected void dealloc() {
        elements.forEach(NSObject::release);
    }
}
