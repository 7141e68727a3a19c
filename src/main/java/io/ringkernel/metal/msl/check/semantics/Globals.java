package io.ringkernel.metal.msl.check.semantics;

import io.ringkernel.metal.msl.builtin.AddressSpace;
import io.ringkernel.metal.msl.builtin.ScalarType;
import io.ringkernel.metal.msl.builtin.Type;
import io.ringkernel.metal.msl.check.FunctionConstant;
import io.ringkernel.metal.msl.check.Place;
import io.ringkernel.metal.msl.check.Program;
import io.ringkernel.metal.msl.check.TypedExpression;
import io.ringkernel.metal.msl.check.Variable;
import io.ringkernel.metal.msl.check.constant.ConstantTrees;
import io.ringkernel.metal.msl.check.symbol.CppType;
import io.ringkernel.metal.msl.check.symbol.QualType;
import io.ringkernel.metal.msl.check.symbol.ResourceType;
import io.ringkernel.metal.msl.check.symbol.Scope;
import io.ringkernel.metal.msl.check.symbol.Symbol;
import io.ringkernel.metal.msl.syntax.Argument;
import io.ringkernel.metal.msl.syntax.Attribute;
import io.ringkernel.metal.msl.syntax.Declaration;
import io.ringkernel.metal.msl.syntax.Expression;
import io.ringkernel.metal.msl.syntax.Initializer;
import io.ringkernel.metal.msl.syntax.Modifiers.Specifier;
import io.ringkernel.metal.msl.syntax.SourcePosition;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Program-scope constants, static data members, and function constants (MSL specification, sections 4.2 and 5.8). */
final class Globals {
    private static final int LAST_FUNCTION_CONSTANT = 65535;

    private final Analysis analysis;
    private final Map<Variable, TypedExpression> initializers = new IdentityHashMap<>();
    private final Map<String, Variable> texts = new HashMap<>();
    private final Set<Variable> used = new HashSet<>();
    private final List<Program.GlobalConstant> constants = new ArrayList<>();
    private final List<FunctionConstant> functionConstants = new ArrayList<>();

    Globals(Analysis analysis) {
        this.analysis = analysis;
    }

    /** The constants that something uses, each after those that its initialiser uses. */
    List<Program.GlobalConstant> constants() {
        return constants;
    }

    List<FunctionConstant> functionConstants() {
        return functionConstants;
    }

    /** Notes that a program-scope constant is read or has its address taken. */
    void use(Symbol.Object object) {
        var initializer = initializers.get(object.variable());
        if (initializer != null && used.add(object.variable())) {
            constants.add(new Program.GlobalConstant(object.variable(), initializer));
        }
    }

    /** A string literal: an array of characters in constant memory, one for each text. */
    Operand text(Expression.StringLiteral literal) {
        var bytes = literal.value().getBytes(StandardCharsets.UTF_8);
        var character = QualType.CHAR;
        var type = QualType.of(new CppType.Array(character, bytes.length + 1));
        var variable = texts.computeIfAbsent(literal.value(), _ -> {
            var made = new Variable("(text)", Lowering.object(type, literal.position()), AddressSpace.CONSTANT);
            var parts = new ArrayList<TypedExpression>();
            for (byte each : bytes) {
                parts.add(Trees.constant(ScalarType.CHAR, each, literal.position()));
            }
            parts.add(Trees.constant(ScalarType.CHAR, 0, literal.position()));
            var value = new TypedExpression.Construct(made.type(), parts, literal.position());
            initializers.put(made, value);
            return made;
        });
        var symbol = new Symbol.Object(variable.name(), type, variable, literal.position());
        use(symbol);
        return new Operand.Located(
                new Place.OfVariable(variable), type.withSpace(AddressSpace.CONSTANT), literal.position());
    }

    /** Declares a variable in a namespace. */
    void declareNamed(Declaration.Variable variable, Scope scope) {
        if (variable.name().isQualified()) {
            // The definition of a static data member says nothing that its declaration has not said.
            return;
        }
        var name = variable.name().last().text();
        LocalDeclarations.checkFresh(name, variable.position(), scope);
        scope.declare(name, declare(variable, scope));
    }

    /** A static data member, once somebody asks. */
    Symbol make(Symbol.LazyObject lazy) {
        if (lazy.made() == null) {
            lazy.make(new Symbol.Invalid(lazy.name()));
            analysis.templates.nest(
                    lazy.declaration().position(), () -> lazy.make(declare(lazy.declaration(), lazy.scope())));
        }
        return lazy.made();
    }

    /** The symbol for a declaration; its initialiser is checked and, if constant, known. */
    Symbol declare(Declaration.Variable variable, Scope scope) {
        var name = variable.name().last().text();
        var position = variable.position();
        if (variable.modifiers().has(Specifier.THREAD_LOCAL)) {
            throw Refusal.at(position, "thread-local storage is not supported for the current target");
        }
        var type = ofSampler(variable, type(variable, scope));
        var input = analysis.programInputs.declare(variable, type, scope);
        if (input.isPresent()) {
            return input.get();
        }
        if (type.isFunctionPointer()) {
            return functionPointer(variable, type, scope);
        }
        Lowering.requireObject(type, position);
        checkSpace(variable, type);
        var functionConstant = variable.modifiers().attribute("function_constant");
        if (functionConstant.isPresent()) {
            return functionConstant(variable, type, functionConstant.get(), scope);
        }
        var initializer = initializer(variable, type);
        if (initializer.isEmpty()) {
            throw Refusal.at(position, "variable in constant address space must be initialized");
        }
        var completed = completeLength(type, initializer, scope).withSpace(null).withConst(true);
        var typed = new Variable(name, Lowering.object(completed, position), AddressSpace.CONSTANT);
        var symbol = new Symbol.Object(name, completed, typed, position);
        var isConstexpr = variable.modifiers().has(Specifier.CONSTEXPR);
        initialise(symbol, initializer.get(), isConstexpr, scope);
        return symbol;
    }

    /** A sampler without arguments has a constructor. */
    private static Optional<Initializer> initializer(Declaration.Variable variable, QualType type) {
        boolean isSampler = ResourceType.of(type)
                .filter(found -> found.attribute().equals("sampler"))
                .isPresent();
        return variable.initializer().isPresent() || !isSampler
                ? variable.initializer()
                : Optional.of(new Initializer(variable.position(), Initializer.Style.DIRECT, List.of()));
    }

    /** A sampler at program scope is a constant without saying so (MSL specification, section 2.10). */
    private static QualType ofSampler(Declaration.Variable variable, QualType type) {
        boolean isSampler = type.space() == null
                && variable.modifiers().has(Specifier.CONSTEXPR)
                && ResourceType.of(type).filter(found -> found.use().isEmpty()).isPresent();
        return isSampler ? type.withSpace(AddressSpace.CONSTANT) : type;
    }

    private QualType type(Declaration.Variable variable, Scope scope) {
        if (!AutoTypes.mentionsAuto(variable.type())) {
            return analysis.types.resolve(variable.type(), scope);
        }
        if (variable.initializer().isEmpty()
                || variable.initializer().get().values().size() != 1) {
            throw Refusal.at(
                    variable.position(),
                    "declaration of variable '" + variable.name().last().text()
                            + "' with deduced type 'auto' requires an initializer");
        }
        return AutoTypes.deduce(
                analysis, variable.type(), variable.initializer().get().values().getFirst(), scope);
    }

    private static void checkSpace(Declaration.Variable variable, QualType type) {
        if (type.space() != AddressSpace.CONSTANT || type.isReference()) {
            throw Refusal.at(variable.position(), "program scope variable must reside in constant address space");
        }
        if (variable.modifiers().has(Specifier.EXTERN) && variable.initializer().isEmpty()) {
            throw Refusal.unsupported(variable.position(), "an extern variable");
        }
    }

    private Symbol functionPointer(Declaration.Variable variable, QualType type, Scope scope) {
        var operand = variable.initializer().isEmpty()
                ? null
                : analysis.expressions.check(
                        variable.initializer().get().values().getFirst(), scope);
        var sequence = operand == null ? null : analysis.conversions.implicit(operand, type);
        if (sequence == null || sequence.function() == null) {
            throw Refusal.unsupported(variable.position(), "a function pointer variable");
        }
        return new Symbol.FunctionBinding(variable.name().last().text(), type, sequence.function());
    }

    private Symbol functionConstant(Declaration.Variable variable, QualType type, Attribute attribute, Scope scope) {
        var name = variable.name().last().text();
        if (variable.initializer().isPresent()) {
            throw Refusal.at(variable.position(), "function constant '" + name + "' cannot have an initializer");
        }
        if (!type.isArithmetic() && !(type.type() instanceof CppType.Vector)) {
            throw Refusal.at(
                    variable.position(),
                    "'function_constant' attribute only applies to scalar and vector types, not "
                            + type.withSpace(null).withConst(false).quoted());
        }
        long index = integer(attribute, scope);
        if (index < 0 || index > LAST_FUNCTION_CONSTANT) {
            throw Refusal.at(
                    attribute.position(),
                    "'function_constant' attribute parameter is out of bounds: must be between 0 and "
                            + LAST_FUNCTION_CONSTANT);
        }
        for (var other : functionConstants) {
            if (other.index() == index) {
                throw Refusal.at(
                        attribute.position(), "cannot reserve 'function_constant' resource location at index " + index);
            }
        }
        var bare = type.withSpace(null).withConst(true);
        var lowered = Lowering.object(bare, variable.position());
        var full = scope.enclosingNamespace().qualify(name);
        var constant = new FunctionConstant(full, (int) index, lowered, variable.position());
        functionConstants.add(constant);
        var typed = new Variable(name, lowered, AddressSpace.CONSTANT);
        var symbol = new Symbol.Object(name, bare, typed, variable.position());
        symbol.setFunctionConstant(constant);
        return symbol;
    }

    /** The one integral constant argument of an attribute. */
    long integer(Attribute attribute, Scope scope) {
        if (attribute.arguments().size() != 1) {
            throw Refusal.at(attribute.position(), "'" + attribute.name() + "' attribute takes one argument");
        }
        var what = "'" + attribute.name() + "' attribute parameter";
        return switch (attribute.arguments().getFirst()) {
            case Argument.OfExpression(var _, var expression) ->
                analysis.types.integralConstant(expression, scope, what);
            case Argument.OfType type -> throw Refusal.at(type.position(), what + " must be an integer");
        };
    }

    private void initialise(Symbol.Object symbol, Initializer initializer, boolean isConstexpr, Scope scope) {
        var value = analysis.initialization.initialise(symbol.type(), initializer, scope, "a variable");
        var constant = analysis.evaluator.evaluate(value);
        if (constant != null) {
            analysis.evaluator.define(symbol.variable(), constant);
        } else if (isConstexpr || !RuntimeValues.dependsOnPipeline(value, initializers)) {
            throw Refusal.at(
                    initializer.values().getFirst().position(), "initializer element is not a compile-time constant");
        }
        initializers.put(symbol.variable(), constant == null ? value : ConstantTrees.folded(value, constant));
    }

    /** Takes the length of {@code T a[] = {…}} from the braces. */
    QualType completeLength(QualType type, Optional<Initializer> initializer, Scope scope) {
        if (!(type.type() instanceof CppType.Array(var element, int length)) || length >= 0 || initializer.isEmpty()) {
            return type;
        }
        if (!(initializer.get().values().getFirst() instanceof Expression.InitializerList list)) {
            throw Refusal.at(initializer.get().position(), "array initializer must be an initializer list");
        }
        var simple = element.isArithmetic()
                && list.elements().stream().noneMatch(e -> e instanceof Expression.PackExpansion);
        int counted = simple
                ? list.elements().size()
                : counted(type, list, scope, initializer.get().position());
        if (counted == 0) {
            throw Refusal.at(list.position(), "zero-length arrays are not permitted in C++");
        }
        return new QualType(new CppType.Array(element, counted), type.isConst(), type.space());
    }

    private int counted(QualType type, Expression.InitializerList list, Scope scope, SourcePosition position) {
        var value = analysis.initialization.list(type, new Operand.Braces(list, scope), position);
        return value.type() instanceof Type.Array array ? array.length() : 0;
    }
}
