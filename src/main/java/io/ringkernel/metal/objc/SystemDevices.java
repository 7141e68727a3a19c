package io.ringkernel.metal.objc;

import io.ringkernel.metal.bindings.MTLCopyAllDevices;
import io.ringkernel.metal.bindings.MTLCreateSystemDefaultDevice;
import java.util.List;
import java.util.Optional;

/** The Metal devices of a provider, as objects that the caller owns. */
public final class SystemDevices {
    private static final CFunction CREATE_DEFAULT = CFunction.of(MTLCreateSystemDefaultDevice.class);
    private static final CFunction COPY_ALL = CFunction.of(MTLCopyAllDevices.class);

    private SystemDevices() {}

    /**
     * The default device, or the first of all devices if there is no default: a process without a window server, such
     * as one started through ssh, may have devices but no default.
     */
    public static Optional<Retained> systemDefault(ObjectiveC objc) {
        try (var _ = AutoreleasePool.push(objc)) {
            var device = MTLCreateSystemDefaultDevice.invoke(objc.address(CREATE_DEFAULT));
            if (!ObjectiveC.isNil(device)) {
                return Optional.of(Retained.of(objc, CREATE_DEFAULT, device));
            }
        }
        var all = all(objc);
        all.stream().skip(1).forEach(Retained::close);
        return all.stream().findFirst();
    }

    /** All devices, in the system's order. */
    public static List<Retained> all(ObjectiveC objc) {
        try (var _ = AutoreleasePool.push(objc)) {
            var array = MTLCopyAllDevices.invoke(objc.address(COPY_ALL));
            if (ObjectiveC.isNil(array)) {
                return List.of();
            }
            try (var owned = Retained.of(objc, COPY_ALL, array)) {
                return NSArray.map(objc, owned.id(), device -> Retained.borrowed(objc, device));
            }
        }
    }
}
