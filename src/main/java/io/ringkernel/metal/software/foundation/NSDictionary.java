package io.ringkernel.metal.software.foundation;

import static io.ringkernel.metal.software.runtime.MisuseException.require;

import io.ringkernel.metal.software.runtime.NSObject;
import io.ringkernel.metal.software.runtime.ObjectClass;
import io.ringkernel.metal.software.runtime.ObjectRuntime;
import io.ringkernel.metal.software.runtime.Selector;
import io.ringkernel.metal.software.runtime.ViolationKind;
import java.lang.foreign.MemorySegment;
import java.util.List;

/** An immutable map that retains its keys and values; keys are compared with {@code isEqual:}. */
public final class NSDictionary extends NSObject {
    private final List<NSObject> keys;
    private final List<NSObject> values;

    public NSDictionary(ObjectRuntime runtime, List<? extends NSObject> keys, List<? extends NSObject> values) {
        super(runtime);
        this.keys = List.copyOf(keys);
        this.values = List.copyOf(values);
        this.keys.forEach(NSObject::retain);
        this.values.forEach(NSObject::retain);
    }

    public List<NSObject> keys() {
        return keys;
    }

    public List<NSObject> values() {
        return values;
    }

    /** The value of a key that is text, or null. */
    public NSObject get(String key) {
        for (int i = 0; i < keys.size(); i++) {
            if (keys.get(i) instanceof NSString string && string.text().equals(key)) {
                return values.get(i);
            }
        }
        return null;
    }

    @Selector("dictionary")
    static NSDictionary dictionary(ObjectClass receiver) {
        return receiver.runtime().autorelease(new NSDictionary(receiver.runtime(), List.of(), List.of()));
    }

    @Selector("dictionaryWithObjects:forKeys:count:")
    static NSDictionary dictionaryWithObjects(
            ObjectClass receiver, MemorySegment objects, MemorySegment keys, long count) {
        var keyList = ObjectRuntime.objects(NSObject.class, keys, count);
        var valueList = ObjectRuntime.objects(NSObject.class, objects, count);
        boolean complete = !keyList.contains(null) && !valueList.contains(null);
        require(complete, ViolationKind.NIL_ARGUMENT, "nil in the keys or objects of a dictionary");
        return receiver.runtime().autorelease(new NSDictionary(receiver.runtime(), keyList, valueList));
    }

    @Selector("count")
    long count() {
        return keys.size();
    }

    @Selector("objectForKey:")
    NSObject objectForKey(NSObject key) {
        for (int i = 0; i < keys.size(); i++) {
            if (NSString.areEqual(keys.get(i), key)) {
                return values.get(i);
            }
        }
        return null;
    }

    @Selector("allKeys")
    NSArray allKeys() {
        return runtime().autorelease(new NSArray(runtime(), keys));
    }

    @Selector("allValues")
    NSArray allValues() {
        return runtime().autorelease(new NSArray(runtime(), values));
    }

    @Override
    protected NSObject copy() {
        retainForClient();
        return this;
    }

    @Override
    protected void dealloc() {
        keys.forEach(NSObject::release);
        values.forEach(NSObject::release);
    }
}
