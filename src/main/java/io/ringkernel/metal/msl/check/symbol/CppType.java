package io.ringkernel.metal.msl.check.symbol;

import io.ringkernel.metal.msl.builtin.ScalarType;
import java.util.List;
import java.util.stream.Collectors;

/** A type as C++ sees it, without the qualifiers around it; {@code toString} words it as clang does. */
public sealed interface CppType
        permits CppType.Scalar,
                CppType.Vector,
                CppType.Matrix,
                CppType.Array,
                CppType.Pointer,
                CppType.Reference,
                CppType.Function,
                CppType.Atomic,
                CppType.Opaque,
                CppType.NullPointer,
                CppType.Unique,
                ClassSymbol,
                EnumSymbol {

    record Scalar(ScalarType kind) implements CppType {
        @Override
        public String toString() {
            return kind.keyword();
        }
    }

    record Vector(ScalarType element, int count, boolean packed) implements CppType {
        @Override
        public String toString() {
            return (packed ? "packed_" : "") + element.keyword() + count;
        }
    }

    record Matrix(ScalarType element, int columns, int rows) implements CppType {
        @Override
        public String toString() {
            return element.keyword() + columns + "x" + rows;
        }
    }

    /** The element has neither const nor a space: those stand around the array. A length of -1 is unknown. */
    record Array(QualType element, int length) implements CppType {
        @Override
        public String toString() {
            return element + "[" + (length < 0 ? "" : length) + "]";
        }
    }

    record Pointer(QualType pointee) implements CppType {
        @Override
        public String toString() {
            return pointee.type() instanceof Function function
                    ? function.spell("(*)")
                    : pointee + (pointee.type() instanceof Pointer ? "*" : " *");
        }
    }

    record Reference(QualType referent, boolean rvalue) implements CppType {
        @Override
        public String toString() {
            var mark = rvalue ? "&&" : "&";
            return referent.type() instanceof Function function
                    ? function.spell("(" + mark + ")")
                    : referent + " " + mark;
        }
    }

    record Function(QualType result, List<QualType> parameters) implements CppType {
        public String spell(String middle) {
            return parameters.stream()
                    .map(QualType::toString)
                    .collect(Collectors.joining(", ", result + " " + middle + "(", ")"));
        }

        @Override
        public String toString() {
            return spell("");
        }
    }

    record Atomic(ScalarType value) implements CppType {
        @Override
        public String toString() {
            return "atomic_" + value.keyword();
        }
    }

    /** Known by name only: textures, samplers, SIMD-group matrices. */
    record Opaque(String name) implements CppType {
        @Override
        public String toString() {
            return name;
        }
    }

    record NullPointer() implements CppType {
        @Override
        public String toString() {
            return "nullptr_t";
        }
    }

    /** Stands for a template parameter when two templates are ordered; equal to itself alone. */
    final class Unique implements CppType {
        @Override
        public String toString() {
            return "auto";
        }
    }
}
