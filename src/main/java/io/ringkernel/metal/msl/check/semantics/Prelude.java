package io.ringkernel.metal.msl.check.semantics;

import io.ringkernel.metal.msl.builtin.Builtin;
import io.ringkernel.metal.msl.builtin.LibraryEnumerator;
import io.ringkernel.metal.msl.builtin.ScalarType;
import io.ringkernel.metal.msl.builtin.Type;
import io.ringkernel.metal.msl.check.TypedFunction;
import io.ringkernel.metal.msl.check.symbol.CppType;
import io.ringkernel.metal.msl.check.symbol.EnumSymbol;
import io.ringkernel.metal.msl.check.symbol.QualType;
import io.ringkernel.metal.msl.check.symbol.ResourceType;
import io.ringkernel.metal.msl.check.symbol.Scope;
import io.ringkernel.metal.msl.check.symbol.Symbol;
import io.ringkernel.metal.msl.syntax.Declaration;
import io.ringkernel.metal.msl.syntax.Diagnostics;
import io.ringkernel.metal.msl.syntax.LanguageVersion;
import io.ringkernel.metal.msl.syntax.ParseOptions;
import io.ringkernel.metal.msl.syntax.parse.MslParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What namespace metal declares: the library's enumerations, and type traits, limits and arrays, which are MSL source
 * themselves. The source is parsed once per language version.
 */
final class Prelude {
    /** The file of tables of functions. */
    static final String FUNCTIONS = "functions.metal";

    private static final List<String> FILES = List.of(
            "prelude.metal",
            ResourceType.FILE,
            "simdgroup.metal",
            "simdgroup_matrix.metal",
            "internals.metal",
            FUNCTIONS,
            "logging.metal",
            "commands.metal",
            TypedFunction.GRAPHICS);
    private static final List<String> NAMESPACES = List.of("metal", "simd");
    private static final Map<LanguageVersion, List<Declaration>> PARSED = new ConcurrentHashMap<>();

    private final Analysis analysis;
    private final Map<String, EnumSymbol> enumerations = new HashMap<>();

    Prelude(Analysis analysis) {
        this.analysis = analysis;
    }

    /** The enumeration that a built-in takes, known by the name of its opaque type. */
    QualType enumeration(String name) {
        var symbol = enumerations.get(name);
        return QualType.of(symbol == null ? new CppType.Opaque(name) : symbol);
    }

    /** The C++ types of a built-in's parameters; a second result goes through a reference. */
    List<QualType> parameters(Builtin builtin) {
        var byReference = builtin.kind() == Builtin.Kind.TWO_RESULTS;
        return builtin.parameters().stream()
                .map(this::lift)
                .map(type -> byReference && type.type() instanceof CppType.Pointer(var referent)
                        ? QualType.referenceTo(referent)
                        : type)
                .toList();
    }

    /** The C++ type of a built-in's parameter or result. */
    QualType lift(Type type) {
        return switch (type) {
            case Type.Scalar(var kind) -> QualType.of(kind);
            case Type.Vector(var element, int count, boolean packed) ->
                QualType.of(new CppType.Vector(element, count, packed));
            case Type.Matrix(var element, int columns, int rows) ->
                QualType.of(new CppType.Matrix(element, columns, rows));
            case Type.Array(var element, int length) -> QualType.of(new CppType.Array(lift(element), length));
            case Type.Pointer(var pointee, var space, boolean readOnly) ->
                QualType.pointerTo(new QualType(lift(pointee).type(), readOnly, space));
            case Type.Atomic(var value) -> QualType.of(new CppType.Atomic(value));
            case Type.Opaque(String name) -> enumeration(name);
            case Type.Struct struct -> throw new IllegalStateException("a built-in takes a struct: " + struct);
        };
    }

    /** Declares the library, without a name by which the source can reach it. */
    void declare() {
        var metal = analysis.metal.scope();
        for (var enumerator : LibraryEnumerator.all(analysis.version.macroValue())) {
            declare(enumerator, metal);
        }
        for (var name : new String[] {"fast", "precise"}) {
            metal.declare(name, Declarations.namespace(name, metal, name + "::"));
        }
        analysis.global.scope().declare("simd", analysis.metal);
        var all = PARSED.computeIfAbsent(
                analysis.version,
                version -> FILES.stream()
                        .flatMap(file -> parse(file, version).stream())
                        .toList());
        analysis.declarations.declareAll(all, analysis.global.scope());
        NAMESPACES.forEach(analysis.global.scope()::forget);
    }

    /** Gives the library its names, as the inclusion of a header does. */
    void show() {
        NAMESPACES.forEach(name -> analysis.global.scope().declare(name, analysis.metal));
    }

    /** Whether a name is that of a namespace which the library's headers declare. */
    static boolean isNamespace(String name) {
        return NAMESPACES.contains(name);
    }

    private void declare(LibraryEnumerator enumerator, Scope metal) {
        var scoped = enumerator.name().contains("::");
        var symbol = enumerations.computeIfAbsent(enumerator.type(), name -> {
            var made = EnumSymbol.fixed(name, scoped, ScalarType.INT, metal.block());
            metal.declare(name, made);
            return made;
        });
        var name = enumerator.name().substring(enumerator.name().lastIndexOf(':') + 1);
        var value = new Symbol.Enumerator(name, symbol, ScalarType.INT, enumerator.value());
        symbol.scope().declare(name, value);
        if (!scoped) {
            metal.declare(name, value);
        }
    }

    private static List<Declaration> parse(String file, LanguageVersion version) {
        try (var stream = Prelude.class.getResourceAsStream(file)) {
            var text = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
            var diagnostics = new Diagnostics();
            var unit = MslParser.parse(file, text, ParseOptions.of(version), diagnostics);
            if (diagnostics.hasErrors()) {
                throw new IllegalStateException(file + ": " + diagnostics.messages());
            }
            return unit.declarations();
        } catch (IOException e) {
            throw new UncheckedIOException("the library is unreadable: " + file, e);
        }
    }
}
