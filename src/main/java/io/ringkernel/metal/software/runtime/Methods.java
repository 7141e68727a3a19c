package io.ringkernel.metal.software.runtime;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** Which Java method answers which message. */
final class Methods {
    private Methods() {}

    /** The method that a class declares or inherits for a selector. */
    static Optional<Method> answering(Class<?> type, String selector) {
        for (Class<?> each = type; each != Object.class; each = each.getSuperclass()) {
            for (var method : each.getDeclaredMethods()) {
                var annotation = method.getAnnotation(Selector.class);
                if (annotation != null && annotation.value().equals(selector)) {
                    return Optional.of(method);
                }
            }
        }
        return Optional.empty();
    }

    /** The method that implements a C function. */
    static Optional<Method> exported(Class<?> type, String symbol) {
        for (var method : type.getDeclaredMethods()) {
            var annotation = method.getAnnotation(Export.class);
            if (annotation != null && annotation.value().equals(symbol)) {
                return Optional.of(method);
            }
        }
        return Optional.empty();
    }

    /** Every selector that a class and its superclasses answer, as instances or as a class. */
    static Set<String> selectors(Class<?> type, boolean ofClass) {
        var selectors = new HashSet<String>();
        for (Class<?> each = type; each != Object.class; each = each.getSuperclass()) {
            for (var method : each.getDeclaredMethods()) {
                var annotation = method.getAnnotation(Selector.class);
                if (annotation != null && Modifier.isStatic(method.getModifiers()) == ofClass) {
                    selectors.add(annotation.value());
                }
            }
        }
        return Set.copyOf(selectors);
    }
}
