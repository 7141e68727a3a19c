package io.ringkernel.metal.msl.syntax;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/**
 * An expression. The position of a binary operation, an assignment or a conditional is its operator's; that of a call,
 * a subscript or a member access is where it begins.
 */
public sealed interface Expression extends Node {
    /**
     * @param value the 64 bits of the value, to be read as unsigned
     * @param decimal whether it is written in base ten, so that without a suffix it is signed
     * @param longs how many {@code l} the suffix has: 0 to 2
     */
    record IntegerLiteral(SourcePosition position, long value, boolean decimal, boolean unsigned, int longs)
            implements Expression {
        @Override
        public List<Object> parts() {
            return List.of(value, decimal, unsigned, longs);
        }
    }

    /** A floating literal with its exact value: it is rounded once, to the type that the checker gives it. */
    record FloatLiteral(SourcePosition position, BigDecimal value, FloatSuffix suffix) implements Expression {
        @Override
        public List<Object> parts() {
            return List.of(value, suffix);
        }
    }

    /** The suffix of a floating literal: none, {@code f}, {@code h}, {@code bf}, {@code l}. */
    enum FloatSuffix {
        NONE,
        FLOAT,
        HALF,
        BFLOAT,
        LONG
    }

    /** {@code 'a'}; the prefix is empty, {@code u8}, {@code u}, {@code U} or {@code L}. */
    record CharLiteral(SourcePosition position, int value, String prefix) implements Expression {
        @Override
        public List<Object> parts() {
            return List.of(value, prefix);
        }
    }

    /** Adjacent literals are one. */
    record StringLiteral(SourcePosition position, String value) implements Expression {
        @Override
        public List<Object> parts() {
            return List.of(value);
        }
    }

    record BoolLiteral(SourcePosition position, boolean value) implements Expression {
        @Override
        public List<Object> parts() {
            return List.of(value);
        }
    }

    record NullptrLiteral(SourcePosition position) implements Expression {
        @Override
        public List<Object> parts() {
            return List.of();
        }
    }

    record This(SourcePosition position) implements Expression {
        @Override
        public List<Object> parts() {
            return List.of();
        }
    }

    /** A use of a name; {@code as_type<float>} is one, too. */
    record NameUse(SourcePosition position, Name name) implements Expression {
        @Override
        public List<Object> parts() {
            return List.of(name);
        }
    }

    record Parenthesized(SourcePosition position, Expression inner) implements Expression {
        @Override
        public List<Object> parts() {
            return List.of(inner);
        }
    }

    record Unary(SourcePosition position, UnaryOperator operator, Expression operand) implements Expression {
        @Override
        public List<Object> parts() {
            return List.of(operator, operand);
        }
    }

    record Binary(SourcePosition position, BinaryOperator operator, Expression left, Expression right)
            implements Expression {
        @Override
        public List<Object> parts() {
            return List.of(operator, left, right);
        }
    }

    /** {@code a = b}, or {@code a += b} with {@code ADD}. */
    record Assignment(SourcePosition position, Optional<BinaryOperator> operator, Expression target, Expression value)
            implements Expression {
        @Override
        public List<Object> parts() {
            return List.of(operator, target, value);
        }
    }

    record Conditional(SourcePosition position, Expression condition, Expression whenTrue, Expression whenFalse)
            implements Expression {
        @Override
        public List<Object> parts() {
            return List.of(condition, whenTrue, whenFalse);
        }
    }

    record Call(SourcePosition position, Expression callee, List<Expression> arguments) implements Expression {
        @Override
        public List<Object> parts() {
            return List.of(callee, arguments);
        }
    }

    record Subscript(SourcePosition position, Expression base, Expression index) implements Expression {
        @Override
        public List<Object> parts() {
            return List.of(base, index);
        }
    }

    /** {@code base.name}, {@code base->name}; swizzles are members. The name has the position of the member. */
    record Member(SourcePosition position, Expression base, boolean arrow, Name name) implements Expression {
        @Override
        public List<Object> parts() {
            return List.of(base, arrow, name);
        }
    }

    /** {@code base.*pointer}, {@code base->*pointer}. */
    record MemberPointerAccess(SourcePosition position, Expression base, boolean arrow, Expression pointer)
            implements Expression {
        @Override
        public List<Object> parts() {
            return List.of(base, arrow, pointer);
        }
    }

    /** {@code (T)x}. */
    record CStyleCast(SourcePosition position, TypeSyntax type, Expression operand) implements Expression {
        @Override
        public List<Object> parts() {
            return List.of(type, operand);
        }
    }

    /** {@code static_cast<T>(x)}. */
    record NamedCast(SourcePosition position, CastKind kind, TypeSyntax type, Expression operand)
            implements Expression {
        @Override
        public List<Object> parts() {
            return List.of(kind, type, operand);
        }
    }

    /** The kinds of casts: what messages call them, and what each may do. */
    enum CastKind {
        C_STYLE("C-style cast", true, true, true),
        FUNCTIONAL("functional-style cast", true, true, true),
        STATIC("static_cast", true, false, false),
        CONST("const_cast", false, false, true),
        REINTERPRET("reinterpret_cast", false, true, false),
        DYNAMIC("dynamic_cast", false, false, false);

        private final String words;
        private final boolean converts;
        private final boolean reinterprets;
        private final boolean dropsConst;

        CastKind(String words, boolean converts, boolean reinterprets, boolean dropsConst) {
            this.words = words;
            this.converts = converts;
            this.reinterprets = reinterprets;
            this.dropsConst = dropsConst;
        }

        /** Whether it makes another value of an object or a number. */
        public boolean converts() {
            return converts;
        }

        /** Whether it takes a pointer for an integer or a pointer to something else, and an integer for a pointer. */
        public boolean reinterprets() {
            return reinterprets;
        }

        /** Whether it gives access to change what was const. */
        public boolean dropsConst() {
            return dropsConst;
        }

        @Override
        public String toString() {
            return words;
        }
    }

    /** {@code float4(a, b)}, {@code T()}. */
    record Construct(SourcePosition position, TypeSyntax type, List<Expression> arguments) implements Expression {
        @Override
        public List<Object> parts() {
            return List.of(type, arguments);
        }
    }

    /** {@code float4{a, b}}. */
    record BracedConstruct(SourcePosition position, TypeSyntax type, InitializerList values) implements Expression {
        @Override
        public List<Object> parts() {
            return List.of(type, values);
        }
    }

    /** {@code {a, b}}; elements may be nested lists, pack expansions and designated ones. */
    record InitializerList(SourcePosition position, List<Expression> elements) implements Expression {
        @Override
        public List<Object> parts() {
            return List.of(elements);
        }
    }

    /** {@code .x = 1} in an initializer list. */
    record Designated(SourcePosition position, String field, Expression value) implements Expression {
        @Override
        public List<Object> parts() {
            return List.of(field, value);
        }
    }

    /** {@code [2] = 1}, or GNU's {@code [0 ... 3] = 1}, in an initializer list. */
    record DesignatedElements(SourcePosition position, Expression first, Optional<Expression> last, Expression value)
            implements Expression {
        @Override
        public List<Object> parts() {
            return List.of(first, last, value);
        }
    }

    /** {@code sizeof x}. */
    record SizeofExpression(SourcePosition position, Expression operand) implements Expression {
        @Override
        public List<Object> parts() {
            return List.of(operand);
        }
    }

    /** {@code sizeof(T)}. */
    record SizeofType(SourcePosition position, TypeSyntax type) implements Expression {
        @Override
        public List<Object> parts() {
            return List.of(type);
        }
    }

    /** {@code sizeof...(Ts)}. */
    record SizeofPack(SourcePosition position, String pack) implements Expression {
        @Override
        public List<Object> parts() {
            return List.of(pack);
        }
    }

    /** {@code alignof(T)}. */
    record Alignof(SourcePosition position, TypeSyntax type) implements Expression {
        @Override
        public List<Object> parts() {
            return List.of(type);
        }
    }

    /** {@code noexcept(x)}. */
    record Noexcept(SourcePosition position, Expression operand) implements Expression {
        @Override
        public List<Object> parts() {
            return List.of(operand);
        }
    }

    /** {@code xs...}. */
    record PackExpansion(SourcePosition position, Expression pattern) implements Expression {
        @Override
        public List<Object> parts() {
            return List.of(pattern);
        }
    }

    /**
     * A fold: {@code (... + xs)} has no left, {@code (xs + ...)} has no right, {@code (0 + ... + xs)} has both.
     *
     * @param assigning whether the operator is the compound assignment of {@code operator}
     */
    record Fold(
            SourcePosition position,
            BinaryOperator operator,
            boolean assigning,
            Optional<Expression> left,
            Optional<Expression> right)
            implements Expression {
        @Override
        public List<Object> parts() {
            return List.of(operator, assigning, left, right);
        }
    }

    /**
     * A lambda; captured by default is nothing, everything by copy ({@code =}) or by reference ({@code &}).
     *
     * @param captureDefault {@code =}, {@code &} or absent
     */
    record Lambda(
            SourcePosition position,
            Optional<String> captureDefault,
            List<Capture> captures,
            Signature signature,
            boolean mutable,
            Statement.Compound body)
            implements Expression {
        @Override
        public List<Object> parts() {
            return List.of(captureDefault, captures, signature, mutable, body);
        }
    }

    /** One capture; {@code this} is captured by the name {@code this}. */
    record Capture(SourcePosition position, String name, boolean byReference, boolean pack, Optional<Expression> value)
            implements Syntax {
        @Override
        public List<Object> parts() {
            return List.of(name, byReference, pack, value);
        }
    }

    /** {@code new (place) T(a)}. */
    record New(SourcePosition position, List<Expression> placement, TypeSyntax type, Optional<Initializer> initializer)
            implements Expression {
        @Override
        public List<Object> parts() {
            return List.of(placement, type, initializer);
        }
    }

    record Delete(SourcePosition position, boolean array, Expression operand) implements Expression {
        @Override
        public List<Object> parts() {
            return List.of(array, operand);
        }
    }

    record Throw(SourcePosition position, Optional<Expression> operand) implements Expression {
        @Override
        public List<Object> parts() {
            return List.of(operand);
        }
    }

    record Typeid(SourcePosition position, Argument operand) implements Expression {
        @Override
        public List<Object> parts() {
            return List.of(operand);
        }
    }

    /** Operators with one operand. */
    enum UnaryOperator {
        PLUS("+"),
        MINUS("-"),
        NOT("!"),
        COMPLEMENT("~"),
        DEREFERENCE("*"),
        ADDRESS_OF("&"),
        PRE_INCREMENT("++"),
        PRE_DECREMENT("--"),
        POST_INCREMENT("++"),
        POST_DECREMENT("--");

        private final String symbol;

        UnaryOperator(String symbol) {
            this.symbol = symbol;
        }

        public String symbol() {
            return symbol;
        }
    }

    /** Operators with two operands, that are not assignments; a higher precedence binds tighter. */
    enum BinaryOperator {
        COMMA(",", 1),
        LOGICAL_OR("||", 2),
        LOGICAL_AND("&&", 3),
        BIT_OR("|", 4),
        BIT_XOR("^", 5),
        BIT_AND("&", 6),
        EQUAL("==", 7),
        NOT_EQUAL("!=", 7),
        LESS("<", 8),
        GREATER(">", 8),
        LESS_EQUAL("<=", 8),
        GREATER_EQUAL(">=", 8),
        SHIFT_LEFT("<<", 9),
        SHIFT_RIGHT(">>", 9),
        ADD("+", 10),
        SUBTRACT("-", 10),
        MULTIPLY("*", 11),
        DIVIDE("/", 11),
        REMAINDER("%", 11);

        private final String symbol;
        private final int precedence;

        BinaryOperator(String symbol, int precedence) {
            this.symbol = symbol;
            this.precedence = precedence;
        }

        public String symbol() {
            return symbol;
        }

        public int precedence() {
            return precedence;
        }
    }
}
