package io.ringkernel.metal.objc;

import java.lang.foreign.FunctionDescriptor;

/**
 * The type of one Objective-C message: a generated class such as {@code MTLDevice_newBufferWithLength_options}.
 *
 * <p>The selector follows from the class's name: after the owner each {@code _} ends a keyword, and a message without
 * arguments has no colon. There is one instance per class. Making one does not initialise the generated class, so a
 * constant costs nothing until the message is first bound.
 */
public final class Message {
    private static final int RECEIVER_AND_SELECTOR = 2;

    private static final ClassValue<Message> INSTANCES = new ClassValue<>() {
        @Override
        protected Message computeValue(Class<?> type) {
            return new Message(type);
        }
    };

    private final NativeType type;
    private final String owner;
    private final String keywords;

    private Message(Class<?> generated) {
        var name = generated.getSimpleName();
        int end = name.indexOf('_');
        if (end <= 0 || end == name.length() - 1) {
            throw new IllegalArgumentException("not named Owner_selector: " + name);
        }
        this.type = new NativeType(generated);
        this.owner = name.substring(0, end);
        this.keywords = name.substring(end + 1);
    }

    /**
     * The message of a generated class.
     *
     * @throws IllegalArgumentException if the class's name has no owner and selector
     */
    public static Message of(Class<?> generated) {
        return INSTANCES.get(generated);
    }

    /** The class or protocol that declares the message, such as {@code MTLDevice}. */
    public String owner() {
        return owner;
    }

    /** The selector, such as {@code newBufferWithLength:options:}. */
    public String selector() {
        boolean hasArguments = descriptor().argumentLayouts().size() > RECEIVER_AND_SELECTOR;
        return hasArguments ? keywords.replace('_', ':') + ":" : keywords;
    }

    /** The C signature, receiver and selector included. */
    public FunctionDescriptor descriptor() {
        return type.descriptor();
    }

    /** Who holds the reference count of an object that this message returns. */
    public Ownership ownership() {
        return Ownership.ofSelector(keywords);
    }

    int index() {
        return type.index();
    }

    /** The message as Objective-C programmers write it: {@code [MTLDevice newBufferWithLength:options:]}. */
    @Override
    public String toString() {
        return "[" + owner + " " + selector() + "]";
    }
}
