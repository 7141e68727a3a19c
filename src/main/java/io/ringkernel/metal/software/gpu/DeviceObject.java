package io.ringkernel.metal.software.gpu;

import io.ringkernel.metal.software.runtime.MisuseException;
import io.ringkernel.metal.software.runtime.NSObject;
import io.ringkernel.metal.software.runtime.ObjectRuntime;
import io.ringkernel.metal.software.runtime.Selector;
import io.ringkernel.metal.software.runtime.Strong;
import io.ringkernel.metal.software.runtime.ViolationKind;

/** An object that a device made: it keeps the device alive, and has a label. */
public abstract class DeviceObject extends NSObject {
    /** What an object needs to know of the device that makes it. */
    public record Origin(ObjectRuntime runtime, Gpu gpu, NSObject device) {}

    private final Origin origin;
    private final Strong<NSObject> device;
    private volatile String label;

    protected DeviceObject(Origin origin) {
        super(origin.runtime());
        this.origin = origin;
        this.device = new Strong<>(origin.device());
    }

    public final Gpu gpu() {
        return origin.gpu();
    }

    /** What this object's own creations are made with. */
    public final Origin origin() {
        return origin;
    }

    @Selector("device")
    public final NSObject device() {
        return device.get();
    }

    @Selector("label")
    public final String label() {
        return label;
    }

    protected final void assignLabel(String text) {
        label = text;
    }

    /** Refuses an object of another device. */
    protected final void requireSameDevice(DeviceObject other) {
        // Not through require: its arguments would be an array for each message.
        if (other.gpu() != gpu()) {
            throw new MisuseException(ViolationKind.OTHER_DEVICE, other + " belongs to another device than " + this);
        }
    }

    @Override
    protected void dealloc() {
        device.clear();
    }

    @Override
    public String toString() {
        var text = super.toString();
        return label == null ? text : text.substring(0, text.length() - 1) + " label=\"" + label + "\">";
    }
}
