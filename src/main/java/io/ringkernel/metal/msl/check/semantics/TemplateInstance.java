package io.ringkernel.metal.msl.check.semantics;

import io.ringkernel.metal.msl.builtin.ScalarType;
import io.ringkernel.metal.msl.check.symbol.ClassSymbol;
import io.ringkernel.metal.msl.check.symbol.CppType;
import io.ringkernel.metal.msl.check.symbol.QualType;
import io.ringkernel.metal.msl.check.symbol.Symbol;
import io.ringkernel.metal.msl.check.symbol.TemplateArgument;
import java.util.List;

/** A type taken apart: the template that it is an instance of, and the arguments, packs flattened. */
record TemplateInstance(Symbol template, List<TemplateArgument> arguments) {

    /** Null for a type that is no instance of a template. */
    static TemplateInstance of(QualType type) {
        return switch (type.type()) {
            case ClassSymbol symbol ->
                symbol.origin() == null
                        ? null
                        : new TemplateInstance(symbol.origin(), Templates.flatten(symbol.arguments()));
            case CppType.Vector(var element, int count, boolean packed) ->
                builtIn(packed ? "packed_vec" : "vec", ofType(element), ofInt(count));
            case CppType.Matrix(var element, int columns, int rows) ->
                builtIn("matrix", ofType(element), ofInt(columns), ofInt(rows));
            case CppType.Atomic(var value) -> builtIn("atomic", ofType(value));
            default -> null;
        };
    }

    private static TemplateInstance builtIn(String name, TemplateArgument... arguments) {
        return new TemplateInstance(new Symbol.NativeTemplate(name), List.of(arguments));
    }

    private static TemplateArgument ofType(ScalarType kind) {
        return new TemplateArgument.OfType(QualType.of(kind));
    }

    private static TemplateArgument ofInt(int value) {
        return new TemplateArgument.OfValue(QualType.INT, value);
    }
}
