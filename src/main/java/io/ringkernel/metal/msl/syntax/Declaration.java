package io.ringkernel.metal.msl.syntax;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A declaration; its position is that of the declared name if there is one, else where it begins. */
public sealed interface Declaration extends Node {
    /** {@code a::b} has two names; an unnamed namespace has none. */
    record Namespace(SourcePosition position, List<String> names, boolean inline, List<Declaration> members)
            implements Declaration {
        @Override
        public List<Object> parts() {
            return List.of(names, inline, members);
        }
    }

    record NamespaceAlias(SourcePosition position, String name, Name target) implements Declaration {
        @Override
        public List<Object> parts() {
            return List.of(name, target);
        }
    }

    /** {@code using namespace metal;}. */
    record UsingDirective(SourcePosition position, Name namespace) implements Declaration {
        @Override
        public List<Object> parts() {
            return List.of(namespace);
        }
    }

    /** {@code using metal::min;}, {@code using Base::Base;}. */
    record UsingDeclaration(SourcePosition position, Name target, boolean typename) implements Declaration {
        @Override
        public List<Object> parts() {
            return List.of(target, typename);
        }
    }

    /** {@code typedef} or {@code using}. */
    record TypeAlias(SourcePosition position, String name, TypeSyntax type, List<Attribute> attributes)
            implements Declaration {
        @Override
        public List<Object> parts() {
            return List.of(name, type, attributes);
        }
    }

    record StaticAssert(SourcePosition position, Expression condition, Optional<String> message)
            implements Declaration {
        @Override
        public List<Object> parts() {
            return List.of(condition, message);
        }
    }

    /** {@code extern "C" {…}}. */
    record Linkage(SourcePosition position, String language, List<Declaration> members) implements Declaration {
        @Override
        public List<Object> parts() {
            return List.of(language, members);
        }
    }

    /**
     * {@code struct}, {@code class} or {@code union}.
     *
     * @param name qualified for {@code struct A::B {}}, a template-id in a specialisation; absent for an anonymous
     *     struct or union whose members belong to what surrounds it; an unnamed type that a declarator or alias uses
     *     has the name {@code (unnamed struct at file:line:column)}
     * @param definition absent for a declaration without body
     */
    record Struct(
            SourcePosition position,
            StructKey key,
            Optional<Name> name,
            List<Attribute> attributes,
            Optional<StructBody> definition)
            implements Declaration {
        @Override
        public List<Object> parts() {
            return List.of(key, name, attributes, definition);
        }
    }

    enum StructKey {
        STRUCT,
        CLASS,
        UNION;

        public String spelling() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Bases and members in the order written. */
    record StructBody(List<BaseSpecifier> bases, List<Member> members, boolean isFinal) implements Syntax {
        @Override
        public List<Object> parts() {
            return List.of(bases, members, isFinal);
        }
    }

    record BaseSpecifier(SourcePosition position, Access access, boolean isVirtual, TypeSyntax type, boolean pack)
            implements Syntax {
        @Override
        public List<Object> parts() {
            return List.of(access, isVirtual, type, pack);
        }
    }

    record Member(Access access, Declaration declaration) implements Syntax {
        @Override
        public List<Object> parts() {
            return List.of(access, declaration);
        }
    }

    enum Access {
        PUBLIC,
        PROTECTED,
        PRIVATE
    }

    /** A name is given to unnamed enums as to structs, unless nothing uses them; then it is absent. */
    record Enum(
            SourcePosition position,
            Optional<Name> name,
            boolean scoped,
            Optional<TypeSyntax> underlying,
            List<Attribute> attributes,
            Optional<List<Enumerator>> enumerators)
            implements Declaration {
        @Override
        public List<Object> parts() {
            return List.of(name, scoped, underlying, attributes, enumerators);
        }
    }

    record Enumerator(SourcePosition position, String name, List<Attribute> attributes, Optional<Expression> value)
            implements Syntax {
        @Override
        public List<Object> parts() {
            return List.of(name, attributes, value);
        }
    }

    /** A non-static data member; a name is absent for an unnamed bit-field only. */
    record Field(
            SourcePosition position,
            Optional<String> name,
            TypeSyntax type,
            Modifiers modifiers,
            Optional<Expression> bitWidth,
            Optional<Initializer> initializer)
            implements Declaration {
        @Override
        public List<Object> parts() {
            return List.of(name, type, modifiers, bitWidth, initializer);
        }
    }

    /** A variable, or a static data member; the name is qualified when the member is defined outside its class. */
    record Variable(
            SourcePosition position, Name name, TypeSyntax type, Modifiers modifiers, Optional<Initializer> initializer)
            implements Declaration {
        @Override
        public List<Object> parts() {
            return List.of(name, type, modifiers, initializer);
        }
    }

    /** {@code auto [a, b] = x;}; the type is {@code auto} with qualifiers and reference. */
    record StructuredBinding(
            SourcePosition position,
            List<Name.Identifier> names,
            TypeSyntax type,
            Modifiers modifiers,
            Optional<Initializer> initializer)
            implements Declaration {
        @Override
        public List<Object> parts() {
            return List.of(names, type, modifiers, initializer);
        }
    }

    /** A function, method, constructor, destructor, conversion or operator, declared or defined. */
    record Function(
            SourcePosition position,
            FunctionKind kind,
            Name name,
            Signature signature,
            Modifiers modifiers,
            FunctionBody body)
            implements Declaration {
        @Override
        public List<Object> parts() {
            return List.of(kind, name, signature, modifiers, body);
        }
    }

    enum FunctionKind {
        ORDINARY,
        CONSTRUCTOR,
        DESTRUCTOR,
        CONVERSION
    }

    /** What follows a function's declarator. */
    sealed interface FunctionBody extends Syntax {
        /** {@code ;}. */
        record None() implements FunctionBody {
            @Override
            public List<Object> parts() {
                return List.of();
            }
        }

        /** {@code = delete}. */
        record Deleted() implements FunctionBody {
            @Override
            public List<Object> parts() {
                return List.of();
            }
        }

        /** {@code = default}. */
        record Defaulted() implements FunctionBody {
            @Override
            public List<Object> parts() {
                return List.of();
            }
        }

        /** {@code = 0}. */
        record Pure() implements FunctionBody {
            @Override
            public List<Object> parts() {
                return List.of();
            }
        }

        /** The initializers of a constructor, and the body. */
        record Defined(List<MemberInitializer> initializers, Statement.Compound statements) implements FunctionBody {
            @Override
            public List<Object> parts() {
                return List.of(initializers, statements);
            }
        }
    }

    /** {@code member(a, b)}, {@code Base{a}}, {@code Bases(xs)...} after the colon of a constructor. */
    record MemberInitializer(SourcePosition position, Name target, Initializer initializer, boolean pack)
            implements Syntax {
        @Override
        public List<Object> parts() {
            return List.of(target, initializer, pack);
        }
    }

    /** {@code template <…> declaration}; templates nest for members of templates defined outside. */
    record Template(SourcePosition position, List<TemplateParameter> parameters, Declaration declaration)
            implements Declaration {
        @Override
        public List<Object> parts() {
            return List.of(parameters, declaration);
        }
    }

    /**
     * {@code template <> declaration}; a partial specialisation is a {@code Template} whose declared name is a
     * template-id.
     */
    record ExplicitSpecialization(SourcePosition position, Declaration declaration) implements Declaration {
        @Override
        public List<Object> parts() {
            return List.of(declaration);
        }
    }

    /**
     * {@code template declaration}. In the form {@code template [[host_name("x")]] kernel decltype(k<A>) k<A>;} the
     * declaration is a {@code Variable} whose type is {@code decltype}. Attributes after {@code template} are the
     * declaration's.
     */
    record ExplicitInstantiation(SourcePosition position, boolean isExtern, Declaration declaration)
            implements Declaration {
        @Override
        public List<Object> parts() {
            return List.of(isExtern, declaration);
        }
    }

    /** {@code friend struct S;}, {@code friend void f(S);}. */
    record Friend(SourcePosition position, Declaration declaration) implements Declaration {
        @Override
        public List<Object> parts() {
            return List.of(declaration);
        }
    }

    /** {@code #pragma METAL fp math_mode(safe)}: applies to the rest of its block or file. */
    record FloatingPointPragma(SourcePosition position, String option, String value) implements Declaration {
        @Override
        public List<Object> parts() {
            return List.of(option, value);
        }
    }

    /** {@code ;}. */
    record Empty(SourcePosition position) implements Declaration {
        @Override
        public List<Object> parts() {
            return List.of();
        }
    }

    /**
     * All declarations of a source, in order.
     *
     * @param withoutLibrary how many of them end before a header is included that declares metal
     */
    record TranslationUnit(SourcePosition position, List<Declaration> declarations, int withoutLibrary)
            implements Declaration {
        @Override
        public List<Object> parts() {
            return List.of(declarations, withoutLibrary);
        }
    }
}
