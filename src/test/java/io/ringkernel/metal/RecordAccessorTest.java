package io.ringkernel.metal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * A record's component of the name of a default method replaces that method: whoever calls it through the interface
 * gets the component and not what the method computes.
 */
final class RecordAccessorTest {

    /** A default method, and a record that replaces it by a component. */
    private interface Computed {
        default boolean isKnown() {
            return false;
        }

        default boolean isKnown(int argument) {
            return argument > 0;
        }
    }

    private interface Derived extends Computed {}

    private record Replacing(int value, boolean isKnown) implements Derived {}

    private record Harmless(int value, boolean isNamed) implements Derived {}

    @Test
    void noComponentReplacesADefaultMethod() throws Exception {
        var records = records();
        assertThat(records).hasSizeGreaterThan(100);
        assertThat(records.stream().flatMap(type -> replaced(type).stream())).isEmpty();
    }

    @Test
    void aComponentThatReplacesAnInheritedDefaultMethodIsFound() {
        assertThat(replaced(Replacing.class)).singleElement().asString().contains("Computed.isKnown");
        assertThat(replaced(Harmless.class)).isEmpty();
    }

    private static List<Class<?>> records() throws IOException, URISyntaxException {
        var location = MetalDevice.class.getProtectionDomain().getCodeSource().getLocation();
        var root = Path.of(location.toURI());
        try (Stream<Path> files = Files.walk(root)) {
            return files.map(file -> root.relativize(file).toString())
                    .filter(file -> file.endsWith(".class") && !file.endsWith("-info.class"))
                    .<Class<?>>map(RecordAccessorTest::load)
                    .filter(Class::isRecord)
                    .toList();
        }
    }

    private static Class<?> load(String file) {
        var name = file.substring(0, file.length() - ".class".length()).replace(File.separatorChar, '.');
        try {
            return Class.forName(name, false, RecordAccessorTest.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<String> replaced(Class<?> type) {
        var found = new ArrayList<String>();
        var interfaces = new LinkedHashSet<Class<?>>();
        addInterfaces(type, interfaces);
        for (var component : type.getRecordComponents()) {
            interfaces.stream()
                    .filter(i -> hasDefault(i, component))
                    .forEach(i -> found.add(type.getName() + "." + component.getName() + " replaces "
                            + i.getSimpleName() + "." + component.getName()));
        }
        return found;
    }

    private static void addInterfaces(Class<?> type, Set<Class<?>> into) {
        for (var one : type.getInterfaces()) {
            into.add(one);
            addInterfaces(one, into);
        }
    }

    private static boolean hasDefault(Class<?> type, RecordComponent component) {
        return Stream.of(type.getDeclaredMethods())
                .anyMatch(method -> method.isDefault()
                        && method.getName().equals(component.getName())
                        && method.getParameterCount() == 0);
    }
}
