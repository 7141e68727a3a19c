package io.ringkernel.metal.msl.syntax;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A type as written. Qualifiers that are written on a type are a {@link Qualified} around it, never a part of it. */
public sealed interface TypeSyntax extends Node {
    /**
     * A type of keywords, in canonical spelling: {@code void}, {@code bool}, {@code char}, {@code signed char},
     * {@code unsigned char}, {@code short}, {@code unsigned short}, {@code int}, {@code unsigned int}, {@code long},
     * {@code unsigned long}, {@code long long}, {@code unsigned long long}, {@code half}, {@code bfloat},
     * {@code float}, {@code double}, {@code long double}, {@code wchar_t}, {@code char16_t}, {@code char32_t}.
     */
    record Fundamental(SourcePosition position, String name) implements TypeSyntax {
        @Override
        public List<Object> parts() {
            return List.of(name);
        }
    }

    /**
     * A named type: a declared one, a template-id, a template parameter, or one of MSL's ({@code uint},
     * {@code float4}).
     *
     * @param typename whether {@code typename} stands in front
     */
    record Named(SourcePosition position, Name name, boolean typename) implements TypeSyntax {
        @Override
        public List<Object> parts() {
            return List.of(name, typename);
        }
    }

    /** {@code struct S}, {@code enum E}, without a body. */
    record Elaborated(SourcePosition position, String keyword, Name name) implements TypeSyntax {
        @Override
        public List<Object> parts() {
            return List.of(keyword, name);
        }
    }

    /** {@code auto}. */
    record Auto(SourcePosition position) implements TypeSyntax {
        @Override
        public List<Object> parts() {
            return List.of();
        }
    }

    /** {@code decltype(auto)}. */
    record DecltypeAuto(SourcePosition position) implements TypeSyntax {
        @Override
        public List<Object> parts() {
            return List.of();
        }
    }

    /** {@code decltype(x)}. */
    record Decltype(SourcePosition position, Expression expression) implements TypeSyntax {
        @Override
        public List<Object> parts() {
            return List.of(expression);
        }
    }

    /** {@code device const T}; the set is not empty. */
    record Qualified(SourcePosition position, TypeSyntax type, Set<Qualifier> qualifiers) implements TypeSyntax {
        @Override
        public List<Object> parts() {
            return List.of(type, qualifiers);
        }
    }

    /** {@code T*}. */
    record Pointer(SourcePosition position, TypeSyntax pointee) implements TypeSyntax {
        @Override
        public List<Object> parts() {
            return List.of(pointee);
        }
    }

    /** {@code T S::*}. */
    record MemberPointer(SourcePosition position, Name owner, TypeSyntax pointee) implements TypeSyntax {
        @Override
        public List<Object> parts() {
            return List.of(owner, pointee);
        }
    }

    /** {@code T&}, {@code T&&}. */
    record Reference(SourcePosition position, TypeSyntax referent, boolean rvalue) implements TypeSyntax {
        @Override
        public List<Object> parts() {
            return List.of(referent, rvalue);
        }
    }

    /** {@code T[n]}, {@code T[]}. */
    record Array(SourcePosition position, TypeSyntax element, Optional<Expression> size) implements TypeSyntax {
        @Override
        public List<Object> parts() {
            return List.of(element, size);
        }
    }

    /** {@code T(A, B)}. */
    record Function(SourcePosition position, Signature signature) implements TypeSyntax {
        @Override
        public List<Object> parts() {
            return List.of(signature);
        }
    }

    /** {@code Ts...}. */
    record PackExpansion(SourcePosition position, TypeSyntax pattern) implements TypeSyntax {
        @Override
        public List<Object> parts() {
            return List.of(pattern);
        }
    }
}
