package io.ringkernel.metal.objc;

import io.ringkernel.metal.bindings.MTLCopyAllDevices;
import io.ringkernel.metal.bindings.MTLCreateSystemDefaultDevice;
import io.ringkernel.metal.bindings.NSArray_arrayWithObjects_count;
import io.ringkernel.metal.bindings.NSArray_count;
import io.ringkernel.metal.bindings.NSArray_objectAtIndex;
import io.ringkernel.metal.bindings.NSData_bytes;
import io.ringkernel.metal.bindings.NSData_length;
import io.ringkernel.metal.bindings.NSDictionary_allKeys;
import io.ringkernel.metal.bindings.NSDictionary_dictionaryWithObjects_forKeys_count;
import io.ringkernel.metal.bindings.NSDictionary_objectForKey;
import io.ringkernel.metal.bindings.NSError_code;
import io.ringkernel.metal.bindings.NSError_domain;
import io.ringkernel.metal.bindings.NSError_localizedDescription;
import io.ringkernel.metal.bindings.NSError_underlyingErrors;
import io.ringkernel.metal.bindings.NSNumber_boolValue;
import io.ringkernel.metal.bindings.NSNumber_doubleValue;
import io.ringkernel.metal.bindings.NSNumber_longLongValue;
import io.ringkernel.metal.bindings.NSNumber_numberWithBool;
import io.ringkernel.metal.bindings.NSNumber_numberWithDouble;
import io.ringkernel.metal.bindings.NSNumber_numberWithLongLong;
import io.ringkernel.metal.bindings.NSObject_alloc;
import io.ringkernel.metal.bindings.NSObject_description;
import io.ringkernel.metal.bindings.NSObject_init;
import io.ringkernel.metal.bindings.NSObject_respondsToSelector;
import io.ringkernel.metal.bindings.NSString_UTF8String;
import io.ringkernel.metal.bindings.NSString_initWithBytes_length_encoding;
import io.ringkernel.metal.bindings.NSString_lengthOfBytesUsingEncoding;
import io.ringkernel.metal.bindings.NSURL_fileURLWithPath;
import io.ringkernel.metal.bindings.NSURL_path;
import io.ringkernel.metal.bindings.dispatch_data_create;
import io.ringkernel.metal.bindings.getpagesize;
import io.ringkernel.metal.bindings.objc_autorelease;
import io.ringkernel.metal.bindings.objc_autoreleasePoolPop;
import io.ringkernel.metal.bindings.objc_autoreleasePoolPush;
import io.ringkernel.metal.bindings.objc_release;
import io.ringkernel.metal.bindings.objc_retain;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import java.util.stream.LongStream;

/**
 * A provider made of upcall stubs, with the few Foundation classes that the package converts. It is what any provider
 * is: messages reach it through real downcalls. It remembers what went wrong.
 */
final class StubObjectiveC extends ObjectiveC implements AutoCloseable {
    final List<Throwable> failures = new CopyOnWriteArrayList<>();
    MemorySegment defaultDevice = MemorySegment.NULL;
    List<MemorySegment> devices = List.of();

    private final Arena arena = Arena.ofShared();
    private final StubObjects objects = new StubObjects(arena);
    private final Map<String, MemorySegment> names = new ConcurrentHashMap<>();
    private final Map<Message, Supplier<MemorySegment>> messages = new HashMap<>();
    private final Map<String, Supplier<MemorySegment>> functions = new HashMap<>();

    /** What an {@code NSError} object of this provider says. */
    record ErrorValue(String domain, long code, String description, List<MemorySegment> underlying) {}

    StubObjectiveC() {
        functions.put("_NSConcreteStackBlock", () -> named("_NSConcreteStackBlock"));
        function(objc_retain.class, () -> objc_retain.allocate(id -> guard(() -> objects.retained(id)), arena));
        function(objc_release.class, () -> objc_release.allocate(id -> guard(() -> objects.released(id)), arena));
        function(
                objc_autorelease.class,
                () -> objc_autorelease.allocate(id -> guard(() -> objects.autoreleased(id)), arena));
        function(
                objc_autoreleasePoolPush.class,
                () -> objc_autoreleasePoolPush.allocate(() -> guard(objects::push), arena));
        function(
                objc_autoreleasePoolPop.class,
                () -> objc_autoreleasePoolPop.allocate(token -> guard(() -> objects.popped(token)), arena));
        function(getpagesize.class, () -> getpagesize.allocate(() -> 16_384, arena));
        function(
                dispatch_data_create.class,
                () -> dispatch_data_create.allocate(
                        (bytes, size, queue, destructor) -> guard(() -> object(copy(bytes, size))), arena));
        function(
                MTLCreateSystemDefaultDevice.class,
                () -> MTLCreateSystemDefaultDevice.allocate(() -> guard(() -> retainedOrNil(defaultDevice)), arena));
        function(
                MTLCopyAllDevices.class,
                () -> MTLCopyAllDevices.allocate(() -> guard(() -> objects.array(devices)), arena));
        message(NSObject_alloc.class, () -> NSObject_alloc.allocate((self, cmd) -> guard(() -> object("raw")), arena));
        message(NSObject_init.class, () -> NSObject_init.allocate((self, cmd) -> self, arena));
        message(
                NSObject_description.class,
                () -> NSObject_description.allocate(
                        (self, cmd) -> guard(() -> lent("<" + objects.value(self) + ">")), arena));
        message(
                NSObject_respondsToSelector.class,
                () -> NSObject_respondsToSelector.allocate(
                        (self, cmd, selector) -> objects.value(self) instanceof ErrorValue, arena));
        strings();
        collections();
        numbersAndData();
        errors();
    }

    private void strings() {
        message(
                NSString_initWithBytes_length_encoding.class,
                () -> NSString_initWithBytes_length_encoding.allocate(
                        (self, cmd, bytes, length, encoding) -> guard(() -> {
                            objects.setValue(self, new String(copy(bytes, length), StandardCharsets.UTF_8));
                            return self;
                        }),
                        arena));
        message(
                NSString_lengthOfBytesUsingEncoding.class,
                () -> NSString_lengthOfBytesUsingEncoding.allocate((self, cmd, encoding) -> utf8(self).length, arena));
        message(
                NSString_UTF8String.class,
                () -> NSString_UTF8String.allocate(
                        (self, cmd) -> guard(() -> arena.allocateFrom(ValueLayout.JAVA_BYTE, padded(utf8(self)))),
                        arena));
        message(
                NSURL_fileURLWithPath.class,
                () -> NSURL_fileURLWithPath.allocate(
                        (self, cmd, path) -> guard(() -> lent(objects.value(path))), arena));
        message(
                NSURL_path.class,
                () -> NSURL_path.allocate((self, cmd) -> guard(() -> lent(objects.value(self))), arena));
    }

    private void collections() {
        message(
                NSArray_arrayWithObjects_count.class,
                () -> NSArray_arrayWithObjects_count.allocate(
                        (self, cmd, pointers, count) ->
                                guard(() -> objects.autoreleased(objects.array(read(pointers, count)))),
                        arena));
        message(
                NSArray_count.class,
                () -> NSArray_count.allocate((self, cmd) -> elements(self).size(), arena));
        message(
                NSArray_objectAtIndex.class,
                () -> NSArray_objectAtIndex.allocate(
                        (self, cmd, index) -> guard(() -> elements(self).get((int) index)), arena));
        message(
                NSDictionary_dictionaryWithObjects_forKeys_count.class,
                () -> NSDictionary_dictionaryWithObjects_forKeys_count.allocate(
                        (self, cmd, pointers, keys, count) -> guard(() -> {
                            var map = new LinkedHashMap<Object, MemorySegment>();
                            for (int i = 0; i < count; i++) {
                                map.put(
                                        objects.value(read(keys, count).get(i)),
                                        objects.retained(read(pointers, count).get(i)));
                            }
                            return lent(map);
                        }),
                        arena));
        message(
                NSDictionary_allKeys.class,
                () -> NSDictionary_allKeys.allocate(
                        (self, cmd) -> guard(() -> objects.autoreleased(objects.array(
                                map(self).keySet().stream().map(this::lent).toList()))),
                        arena));
        message(
                NSDictionary_objectForKey.class,
                () -> NSDictionary_objectForKey.allocate(
                        (self, cmd, key) -> guard(() -> map(self).getOrDefault(objects.value(key), MemorySegment.NULL)),
                        arena));
    }

    private void numbersAndData() {
        message(
                NSNumber_numberWithLongLong.class,
                () -> NSNumber_numberWithLongLong.allocate((self, cmd, number) -> guard(() -> lent(number)), arena));
        message(
                NSNumber_longLongValue.class,
                () -> NSNumber_longLongValue.allocate((self, cmd) -> (Long) objects.value(self), arena));
        message(
                NSNumber_numberWithDouble.class,
                () -> NSNumber_numberWithDouble.allocate((self, cmd, number) -> guard(() -> lent(number)), arena));
        message(
                NSNumber_doubleValue.class,
                () -> NSNumber_doubleValue.allocate((self, cmd) -> (Double) objects.value(self), arena));
        message(
                NSNumber_numberWithBool.class,
                () -> NSNumber_numberWithBool.allocate((self, cmd, number) -> guard(() -> lent(number)), arena));
        message(
                NSNumber_boolValue.class,
                () -> NSNumber_boolValue.allocate((self, cmd) -> (Boolean) objects.value(self), arena));
        message(
                NSData_length.class,
                () -> NSData_length.allocate((self, cmd) -> ((byte[]) objects.value(self)).length, arena));
        message(
                NSData_bytes.class,
                () -> NSData_bytes.allocate(
                        (self, cmd) ->
                                guard(() -> arena.allocateFrom(ValueLayout.JAVA_BYTE, (byte[]) objects.value(self))),
                        arena));
    }

    private void errors() {
        message(
                NSError_domain.class,
                () -> NSError_domain.allocate(
                        (self, cmd) -> guard(() -> lent(error(self).domain())), arena));
        message(
                NSError_code.class,
                () -> NSError_code.allocate((self, cmd) -> error(self).code(), arena));
        message(
                NSError_localizedDescription.class,
                () -> NSError_localizedDescription.allocate(
                        (self, cmd) -> guard(() -> lent(error(self).description())), arena));
        message(
                NSError_underlyingErrors.class,
                () -> NSError_underlyingErrors.allocate(
                        (self, cmd) -> guard(() ->
                                objects.autoreleased(objects.array(error(self).underlying()))),
                        arena));
    }

    /** A new object with this value and one reference. */
    MemorySegment object(Object value) {
        return objects.object(value);
    }

    /** The number of references to an object; 0 once it died. */
    int count(MemorySegment object) {
        return objects.count(object);
    }

    /** The number of objects that are alive. */
    int aliveCount() {
        return objects.aliveCount();
    }

    @Override
    protected MemorySegment lookUpClass(String name) {
        return name.startsWith("NS") ? named(name) : MemorySegment.NULL;
    }

    @Override
    protected MemorySegment registerSelector(String name) {
        return named("@selector(" + name + ")");
    }

    @Override
    protected MemorySegment functionFor(MemorySegment receiver, String selector, FunctionDescriptor type) {
        throw new UnsupportedOperationException("no method for " + selector);
    }

    @Override
    protected MemorySegment functionFor(Message message) {
        var stub = messages.get(message);
        if (stub == null) {
            throw new UnsupportedOperationException("no method for " + message);
        }
        return stub.get();
    }

    @Override
    protected MemorySegment lookUpSymbol(String name) {
        var stub = functions.get(name);
        return stub == null ? MemorySegment.NULL : stub.get();
    }

    @Override
    public Arena arena() {
        return arena;
    }

    @Override
    public void close() {
        arena.close();
    }

    private void message(Class<?> type, Supplier<MemorySegment> stub) {
        messages.put(Message.of(type), stub);
    }

    private void function(Class<?> type, Supplier<MemorySegment> stub) {
        functions.put(type.getSimpleName(), stub);
    }

    private MemorySegment named(String name) {
        return names.computeIfAbsent(name, key -> arena.allocate(1));
    }

    private MemorySegment guard(Supplier<MemorySegment> body) {
        try {
            return body.get();
        } catch (Throwable e) {
            failures.add(e);
            return MemorySegment.NULL;
        }
    }

    private MemorySegment lent(Object value) {
        return objects.autoreleased(object(value));
    }

    private MemorySegment retainedOrNil(MemorySegment object) {
        return isNil(object) ? object : objects.retained(object);
    }

    private byte[] utf8(MemorySegment string) {
        return ((String) objects.value(string)).getBytes(StandardCharsets.UTF_8);
    }

    private ErrorValue error(MemorySegment error) {
        return (ErrorValue) objects.value(error);
    }

    @SuppressWarnings("unchecked")
    private List<MemorySegment> elements(MemorySegment array) {
        return (List<MemorySegment>) objects.value(array);
    }

    @SuppressWarnings("unchecked")
    private Map<Object, MemorySegment> map(MemorySegment dictionary) {
        return (Map<Object, MemorySegment>) objects.value(dictionary);
    }

    private static byte[] copy(MemorySegment bytes, long size) {
        return bytes.asSlice(0, size).toArray(ValueLayout.JAVA_BYTE);
    }

    private static byte[] padded(byte[] bytes) {
        return Arrays.copyOf(bytes, bytes.length + 1);
    }

    private static List<MemorySegment> read(MemorySegment pointers, long count) {
        return LongStream.range(0, count)
                .mapToObj(index -> pointers.getAtIndex(ValueLayout.ADDRESS, index))
                .toList();
    }
}
