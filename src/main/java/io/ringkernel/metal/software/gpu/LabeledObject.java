package io.ringkernel.metal.software.gpu;

import io.ringkernel.metal.software.foundation.NSString;
import io.ringkernel.metal.software.runtime.Nullable;
import io.ringkernel.metal.software.runtime.Selector;

/** An object of a device whose label a client may set. */
public abstract class LabeledObject extends DeviceObject {
    protected LabeledObject(Origin origin) {
        super(origin);
    }

    @Selector("setLabel:")
    void setLabel(@Nullable NSString text) {
        assignLabel(text == null ? null : text.text());
    }
}
