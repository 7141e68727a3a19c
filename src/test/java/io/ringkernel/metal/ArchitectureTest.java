package io.ringkernel.metal;

import static java.util.stream.Collectors.flatMapping;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.attribute.ModuleAttribute;
import java.lang.classfile.attribute.RecordComponentInfo;
import java.lang.classfile.attribute.SignatureAttribute;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.constantpool.MethodTypeEntry;
import java.lang.classfile.constantpool.NameAndTypeEntry;
import java.lang.classfile.constantpool.Utf8Entry;
import java.lang.reflect.AccessFlag;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Who may use whom, read from the compiled classes. */
final class ArchitectureTest {

    private static final Path CLASSES = Path.of("target", "classes");
    private static final String BASE = "io.ringkernel.metal";
    private static final String ROOT = "";

    /**
     * Package → the packages that its classes may name, besides their own. Package names are relative to {@link #BASE}.
     */
    private static final Map<String, Set<String>> MAY_USE = Map.ofEntries(
            Map.entry("bindings", Set.of()),
            Map.entry("objc", Set.of("bindings")),
            Map.entry(ROOT, Set.of("objc", "bindings", "software")),
            Map.entry("interop", Set.of(ROOT, "objc", "bindings")),
            Map.entry(
                    "software",
                    Set.of("objc", "bindings", "msl", "msl.run", "msl.builtin", "msl.syntax", "msl.texture")),
            Map.entry(
                    "msl",
                    Set.of(
                            "msl.jvm",
                            "msl.lower",
                            "msl.check.semantics",
                            "msl.check",
                            "msl.syntax",
                            "msl.run",
                            "msl.builtin",
                            "msl.texture")),
            Map.entry(
                    "msl.jvm",
                    Set.of(
                            "msl.plan",
                            "msl.lower",
                            "msl.ir",
                            "msl.check",
                            "msl.syntax",
                            "msl.run",
                            "msl.builtin",
                            "msl.texture")),
            Map.entry("msl.plan", Set.of("msl.lower", "msl.ir", "msl.check", "msl.run", "msl.builtin")),
            Map.entry(
                    "msl.lower", Set.of("msl.ir", "msl.check", "msl.syntax", "msl.run", "msl.builtin", "msl.texture")),
            Map.entry("msl.ir", Set.of("msl.run", "msl.builtin")),
            Map.entry(
                    "msl.check.semantics",
                    Set.of("msl.check.symbol", "msl.check", "msl.syntax", "msl.builtin", "msl.texture")),
            Map.entry("msl.check.symbol", Set.of("msl.check", "msl.syntax", "msl.builtin", "msl.texture")),
            Map.entry("msl.check", Set.of("msl.syntax", "msl.builtin", "msl.texture")),
            Map.entry("msl.syntax", Set.of()),
            Map.entry("msl.run", Set.of("msl.texture")),
            Map.entry("msl.texture", Set.of()),
            Map.entry("msl.builtin", Set.of("msl.run", "msl.texture")),
            Map.entry("hlc", Set.of()),
            Map.entry("wire", Set.of("hlc")),
            Map.entry("k2k", Set.of("wire", "hlc")),
            Map.entry("runtime", Set.of(ROOT, "runtime.engine", "k2k", "wire", "hlc")),
            Map.entry("runtime.engine", Set.of(ROOT, "runtime", "k2k", "wire", "hlc")),
            Map.entry("halo", Set.of(ROOT, "k2k", "wire")));

    private static final Set<String> EXPORTED = Set.of(ROOT, "interop", "hlc", "wire", "k2k", "runtime", "halo");

    private static final Pattern DESCRIPTOR_CLASS = Pattern.compile("L([\\w/$]+)[;<]");

    private static List<CompiledClass> classes;
    private static ModuleAttribute module;

    @BeforeAll
    static void readClasses() throws IOException {
        try (Stream<Path> files = Files.walk(CLASSES)) {
            List<ClassModel> models = files.filter(file -> file.toString().endsWith(".class"))
                    .map(ArchitectureTest::parse)
                    .toList();
            classes = models.stream()
                    .filter(model -> !model.isModuleInfo())
                    .map(CompiledClass::of)
                    .toList();
            module = models.stream()
                    .filter(ClassModel::isModuleInfo)
                    .map(model -> model.findAttribute(Attributes.module()).orElseThrow())
                    .findFirst()
                    .orElseThrow();
        }
    }

    @Test
    void everyPackageIsInTheTable() {
        assertThat(classes).allSatisfy(type -> assertThat(type.component()).isIn(MAY_USE.keySet()));
    }

    @Test
    void packagesUseOnlyWhatTheTableAllows() {
        Set<String> violations = new TreeSet<>();
        for (CompiledClass user : classes) {
            user.projectReferences()
                    .filter(used -> !componentOf(used).equals(user.component()))
                    .filter(used -> !MAY_USE.get(user.component()).contains(componentOf(used)))
                    .forEach(used -> violations.add(user.name() + " names " + used));
        }
        assertThat(violations).isEmpty();
    }

    @Test
    void onlyMetalDeviceNamesTheProviders() {
        Predicate<String> provider = name -> name.startsWith(BASE + ".software.")
                || name.equals(BASE + ".objc.AppleObjectiveC")
                || name.startsWith(BASE + ".objc.AppleObjectiveC$");
        assertThat(usersOf(provider, user -> user.component().equals(ROOT)))
                .allMatch(name -> topLevel(name).equals(BASE + ".MetalDevice"), "is MetalDevice");
    }

    /** The engine deals in the values that users see, and so may name them; they do not know it. */
    @Test
    void noCycleOfClassesLeadsThroughTheRuntimeAndItsEngine() {
        var cycles = Cycles.of(classes.stream()
                .filter(type -> Set.of("runtime", "runtime.engine").contains(type.component()))
                .collect(groupingBy(
                        type -> topLevel(type.name()),
                        flatMapping(type -> type.projectReferences().map(ArchitectureTest::topLevel), toSet()))));
        assertThat(cycles)
                .allMatch(cycle -> cycle.size() <= 4, "is small, such as that of a sealed type and its cases")
                .allMatch(cycle -> cycle.stream()
                                .map(ArchitectureTest::componentOf)
                                .distinct()
                                .count()
                        == 1);
    }

    @Test
    void linkerAndSymbolLookupAreNamedOnlyInBindingsAndObjc() {
        Predicate<String> linker = name -> Set.of("java.lang.foreign.Linker", "java.lang.foreign.SymbolLookup")
                .contains(topLevel(name));
        assertThat(usersOf(linker, user -> !Set.of("bindings", "objc").contains(user.component())))
                .isEmpty();
    }

    @Test
    void theClassFileApiIsNamedOnlyInMslJvm() {
        Predicate<String> classFileApi = name -> name.startsWith("java.lang.classfile.");
        assertThat(usersOf(classFileApi, user -> !user.component().equals("msl.jvm")))
                .isEmpty();
    }

    @Test
    void theModuleExportsThePublicPackagesToEveryoneAndNothingElse() {
        Set<String> withTypes = classes.stream()
                .filter(type -> !type.simpleName().equals("package-info"))
                .map(CompiledClass::packageName)
                .filter(EXPORTED::contains)
                .collect(toSet());
        assertThat(module.exports())
                .allSatisfy(export -> assertThat(export.exportsTo()).isEmpty())
                .extracting(export ->
                        relative(export.exportedPackage().name().stringValue().replace('/', '.')))
                .containsExactlyInAnyOrderElementsOf(withTypes);
        assertThat(module.opens()).isEmpty();
    }

    @Test
    void theModuleRequiresTheFlightRecorderAndSlf4jAndNothingElse() {
        assertThat(module.requires())
                .extracting(required -> required.requires().name().stringValue())
                .containsExactlyInAnyOrder("java.base", "jdk.jfr", "org.slf4j");
    }

    @Test
    void classesUseNoLibraryButSlf4j() {
        Predicate<String> foreign =
                name -> Stream.of("java.", "jdk.jfr.", BASE + ".", "org.slf4j.").noneMatch(name::startsWith);
        assertThat(usersOf(foreign, _ -> true)).isEmpty();
    }

    @Test
    void publicClassesAreFinalOrSealed() {
        assertThat(classes)
                .filteredOn(type -> EXPORTED.contains(type.packageName()))
                .filteredOn(type -> type.has(AccessFlag.PUBLIC) && !type.has(AccessFlag.INTERFACE))
                .filteredOn(type -> !type.has(AccessFlag.FINAL) && !type.isSealed())
                .extracting(CompiledClass::name)
                .isEmpty();
    }

    @Test
    void publicMethodsShowNoArenaMethodHandleOrInternalType() {
        Set<String> violations = new TreeSet<>();
        for (CompiledClass type : classes) {
            if (EXPORTED.contains(type.packageName()) && type.isVisible()) {
                type.publicSignatureTypes()
                        .filter(ArchitectureTest::mayNotBePublished)
                        .forEach(shown -> violations.add(type.name() + " shows " + shown));
            }
        }
        assertThat(violations).isEmpty();
    }

    private static boolean mayNotBePublished(String name) {
        return name.equals("java.lang.foreign.Arena")
                || name.startsWith("java.lang.invoke.")
                || (isOurs(name) && !EXPORTED.contains(packageOf(name)));
    }

    private static Set<String> usersOf(Predicate<String> used, Predicate<CompiledClass> user) {
        return classes.stream()
                .filter(user)
                .filter(type -> type.references().stream().anyMatch(used))
                .map(CompiledClass::name)
                .collect(toSet());
    }

    private static boolean isOurs(String name) {
        return name.startsWith(BASE + ".");
    }

    private static String packageOf(String name) {
        return relative(name.substring(0, name.lastIndexOf('.')));
    }

    /** The listed package that a class belongs to, or its own package if none is above it. */
    private static String componentOf(String name) {
        String packageName = packageOf(name);
        String component = packageName;
        while (!MAY_USE.containsKey(component) && component.contains(".")) {
            component = component.substring(0, component.lastIndexOf('.'));
        }
        return MAY_USE.containsKey(component) ? component : packageName;
    }

    private static String relative(String packageName) {
        return packageName.equals(BASE) ? ROOT : packageName.substring(BASE.length() + 1);
    }

    private static String topLevel(String name) {
        int nested = name.indexOf('$');
        return nested < 0 ? name : name.substring(0, nested);
    }

    private static ClassModel parse(Path file) {
        try {
            return ClassFile.of().parse(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A class of ours, with the binary names of all classes that its code, fields, methods and signatures name. */
    private record CompiledClass(String name, Set<String> references, ClassModel model) {

        static CompiledClass of(ClassModel model) {
            Set<String> references = new TreeSet<>();
            for (var entry : model.constantPool()) {
                switch (entry) {
                    case ClassEntry type
                    when type.asInternalName().startsWith("[") -> addDescriptor(type.name(), references);
                    case ClassEntry type -> references.add(type.asInternalName().replace('/', '.'));
                    case NameAndTypeEntry member -> addDescriptor(member.type(), references);
                    case MethodTypeEntry type -> addDescriptor(type.descriptor(), references);
                    default -> {}
                }
            }
            model.fields().forEach(field -> addDescriptor(field.fieldType(), references));
            model.methods().forEach(method -> addDescriptor(method.methodType(), references));
            signatures(model).forEach(signature -> addDescriptor(signature.signature(), references));
            return new CompiledClass(model.thisClass().asInternalName().replace('/', '.'), references, model);
        }

        private static Stream<SignatureAttribute> signatures(ClassModel model) {
            Stream<Optional<SignatureAttribute>> found = Stream.of(
                            Stream.of(model.findAttribute(Attributes.signature())),
                            model.fields().stream().map(field -> field.findAttribute(Attributes.signature())),
                            model.methods().stream().map(method -> method.findAttribute(Attributes.signature())),
                            recordComponents(model).map(component -> component.findAttribute(Attributes.signature())))
                    .flatMap(stream -> stream);
            return found.flatMap(Optional::stream);
        }

        private static Stream<RecordComponentInfo> recordComponents(ClassModel model) {
            return model.findAttribute(Attributes.record()).stream()
                    .flatMap(attribute -> attribute.components().stream());
        }

        private static void addDescriptor(Utf8Entry descriptor, Set<String> references) {
            DESCRIPTOR_CLASS
                    .matcher(descriptor.stringValue())
                    .results()
                    .forEach(match -> references.add(match.group(1).replace('/', '.')));
        }

        String packageName() {
            return packageOf(name);
        }

        String component() {
            return componentOf(name);
        }

        String simpleName() {
            return name.substring(name.lastIndexOf('.') + 1);
        }

        Stream<String> projectReferences() {
            return references.stream().filter(ArchitectureTest::isOurs);
        }

        boolean has(AccessFlag flag) {
            return model.flags().has(flag);
        }

        boolean isSealed() {
            return model.findAttribute(Attributes.permittedSubclasses()).isPresent();
        }

        /** Public, and nested in public classes only. */
        boolean isVisible() {
            return has(AccessFlag.PUBLIC)
                    && model.findAttribute(Attributes.innerClasses()).stream()
                            .flatMap(attribute -> attribute.classes().stream())
                            .filter(nested -> name.startsWith(
                                    nested.innerClass().asInternalName().replace('/', '.')))
                            .allMatch(nested -> nested.has(AccessFlag.PUBLIC));
        }

        Stream<String> publicSignatureTypes() {
            Set<String> shown = new TreeSet<>();
            model.methods().stream().filter(CompiledClass::isPublished).forEach(method -> {
                addDescriptor(method.methodType(), shown);
                method.findAttribute(Attributes.signature())
                        .ifPresent(signature -> addDescriptor(signature.signature(), shown));
            });
            return shown.stream();
        }

        private static boolean isPublished(MethodModel method) {
            return (method.flags().has(AccessFlag.PUBLIC) || method.flags().has(AccessFlag.PROTECTED))
                    && !method.flags().has(AccessFlag.SYNTHETIC);
        }
    }
}
