package io.ringkernel.metal.software;

import java.util.Optional;

/**
 * An object that is still alive.
 *
 * @param description its class, address and label
 * @param clientReferences the references that the client owns; 0 when only other objects hold it
 * @param creation where it was created, when the provider notes that
 */
public record LiveObject(String description, int clientReferences, Optional<Throwable> creation) {}
