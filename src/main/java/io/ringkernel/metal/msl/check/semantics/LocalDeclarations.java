package io.ringkernel.metal.msl.check.semantics;

import io.ringkernel.metal.msl.builtin.AddressSpace;
import io.ringkernel.metal.msl.check.Place;
import io.ringkernel.metal.msl.check.TypedExpression;
import io.ringkernel.metal.msl.check.TypedStatement;
import io.ringkernel.metal.msl.check.Variable;
import io.ringkernel.metal.msl.check.symbol.ClassSymbol;
import io.ringkernel.metal.msl.check.symbol.CppType;
import io.ringkernel.metal.msl.check.symbol.EnumSymbol;
import io.ringkernel.metal.msl.check.symbol.QualType;
import io.ringkernel.metal.msl.check.symbol.ResourceType;
import io.ringkernel.metal.msl.check.symbol.Scope;
import io.ringkernel.metal.msl.check.symbol.Symbol;
import io.ringkernel.metal.msl.syntax.Declaration;
import io.ringkernel.metal.msl.syntax.Initializer;
import io.ringkernel.metal.msl.syntax.Modifiers.Specifier;
import io.ringkernel.metal.msl.syntax.SourcePosition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Declarations inside of functions. */
final class LocalDeclarations {
    private final Analysis analysis;
    private final boolean hasThreadgroup;

    LocalDeclarations(Analysis analysis, boolean hasThreadgroup) {
        this.analysis = analysis;
        this.hasThreadgroup = hasThreadgroup;
    }

    /** Declares; an error is reported and leaves a name that is known to be invalid. */
    void declare(Declaration declaration, Scope scope, List<TypedStatement> into) {
        try {
            switch (declaration) {
                case Declaration.Variable variable -> variable(variable, scope, into);
                case Declaration.StructuredBinding binding -> structured(binding, scope, into);
                case Declaration.Function function ->
                    throw Refusal.unsupported(function.position(), "a function declaration inside of a function");
                case Declaration.Namespace namespace ->
                    throw Refusal.at(
                            namespace.position(), "namespaces can only be defined in global or namespace scope");
                case Declaration.Template template ->
                    throw Refusal.at(template.position(), "templates can only be declared in namespace or class scope");
                default -> analysis.declarations.declare(declaration, scope);
            }
        } catch (Refusal refusal) {
            refusal.reportTo(analysis.diagnostics);
            invalidate(declaration, scope);
        }
    }

    private static void invalidate(Declaration declaration, Scope scope) {
        switch (declaration) {
            case Declaration.Variable variable -> {
                var name = variable.name().last().text();
                scope.declare(name, new Symbol.Invalid(name));
            }
            case Declaration.StructuredBinding binding ->
                binding.names().forEach(name -> scope.declare(name.text(), new Symbol.Invalid(name.text())));
            default -> {}
        }
    }

    private void variable(Declaration.Variable variable, Scope scope, List<TypedStatement> into) {
        checkSpecifiers(variable);
        var name = variable.name().last().text();
        checkFresh(name, variable.position(), scope);
        requireNoTemplateParameter(name, variable.position(), scope);
        var values = variable.initializer().map(Initializer::values).orElse(List.of());
        if (AutoTypes.mentionsAuto(variable.type()) && values.isEmpty()) {
            throw Refusal.at(
                    variable.position(),
                    "declaration of variable '" + name + "' with deduced type 'auto' requires an initializer");
        }
        var type = AutoTypes.mentionsAuto(variable.type())
                ? AutoTypes.deduce(analysis, variable.type(), single(variable, values), scope)
                : analysis.types.resolve(variable.type(), scope);
        if (variable.modifiers().has(Specifier.CONSTEXPR) && !type.isReference()) {
            type = type.withConst(true);
        }
        if (type.isFunctionPointer()) {
            functionPointer(variable, name, type, scope);
            return;
        }
        checkSpace(type, variable.position());
        var completed = completeLength(type, variable, scope);
        var storage = completed.space() == AddressSpace.THREADGROUP && !completed.isReference()
                ? AddressSpace.THREADGROUP
                : AddressSpace.THREAD;
        var alone = completed.isReference() ? completed : completed.withSpace(null);
        declareObject(variable, name, alone, storage, scope, into);
    }

    private static io.ringkernel.metal.msl.syntax.Expression single(
            Declaration.Variable variable, List<io.ringkernel.metal.msl.syntax.Expression> values) {
        if (values.size() != 1) {
            throw Refusal.at(
                    variable.position(), "initializer for variable with type 'auto' contains multiple expressions");
        }
        var only = values.getFirst();
        return only instanceof io.ringkernel.metal.msl.syntax.Expression.InitializerList(var _, var elements)
                        && variable.initializer().get().style() == Initializer.Style.LIST
                        && elements.size() == 1
                ? elements.getFirst()
                : only;
    }

    private static void checkSpecifiers(Declaration.Variable variable) {
        var specifiers = variable.modifiers().specifiers();
        if (specifiers.containsKey(Specifier.STATIC)) {
            throw Refusal.at(specifiers.get(Specifier.STATIC), "variables in function scope cannot be declared static");
        }
        if (specifiers.containsKey(Specifier.THREAD_LOCAL)) {
            throw Refusal.at(
                    specifiers.get(Specifier.THREAD_LOCAL),
                    "thread-local storage is not supported for the current target");
        }
        if (specifiers.containsKey(Specifier.EXTERN)) {
            throw Refusal.at(
                    specifiers.get(Specifier.EXTERN), "'extern' variables are not supported in function scope");
        }
        if (specifiers.containsKey(Specifier.REGISTER)) {
            throw Refusal.at(specifiers.get(Specifier.REGISTER), "'register' is not supported in Metal");
        }
    }

    static void checkFresh(String name, SourcePosition position, Scope scope) {
        if (scope.taken(name) instanceof Symbol.Object known) {
            throw Refusal.at(position, "redefinition of '" + name + "'")
                    .note(known.position(), "previous definition is here");
        }
        if (scope.local(name) instanceof Symbol.Namespace
                || scope.local(name) instanceof Symbol.TypeName
                || scope.local(name) instanceof Symbol.Enumerator) {
            throw Refusal.at(position, "redefinition of '" + name + "' as different kind of symbol");
        }
    }

    private static void requireNoTemplateParameter(String name, SourcePosition position, Scope from) {
        for (var scope = from; scope.kind() != Scope.Kind.NAMESPACE; scope = scope.parent()) {
            if (scope.kind() == Scope.Kind.TEMPLATE && scope.local(name) != null) {
                throw Refusal.at(position, "declaration of '" + name + "' shadows template parameter");
            }
        }
    }

    private void checkSpace(QualType type, SourcePosition position) {
        if (type.isReference() || type.space() == null || type.space() == AddressSpace.THREAD) {
            return;
        }
        if (type.space() != AddressSpace.THREADGROUP) {
            throw Refusal.at(position, "automatic variable qualified with an address space");
        }
        if (!hasThreadgroup) {
            throw Refusal.at(
                    position,
                    "variables in the threadgroup address space cannot be declared in a non-qualified function");
        }
    }

    /** Takes the length of {@code T a[] = {…}} from the braces. */
    private QualType completeLength(QualType type, Declaration.Variable variable, Scope scope) {
        return analysis.globals.completeLength(type, variable.initializer(), scope);
    }

    private void functionPointer(Declaration.Variable variable, String name, QualType type, Scope scope) {
        var initializer = variable.initializer()
                .orElseThrow(() -> Refusal.unsupported(variable.position(), "a function pointer variable"));
        var operand = analysis.expressions.check(initializer.values().getFirst(), scope);
        var sequence = analysis.conversions.implicit(operand, type);
        if (sequence == null || sequence.function() == null) {
            throw Refusal.unsupported(variable.position(), "a function pointer variable");
        }
        scope.declare(name, new Symbol.FunctionBinding(name, type, sequence.function()));
    }

    private void declareObject(
            Declaration.Variable syntax,
            String name,
            QualType type,
            AddressSpace storage,
            Scope scope,
            List<TypedStatement> into) {
        var position = syntax.position();
        Lowering.requireObject(type, position);
        ResourceType.localRefusal(type).ifPresent(reason -> {
            throw Refusal.at(position, reason);
        });
        var variable = new Variable(name, Lowering.object(type, position), storage);
        var symbol = new Symbol.Object(name, type, variable, position);
        var isThreadgroup = storage == AddressSpace.THREADGROUP;
        // The name is known in its own initialiser (C++14 [basic.scope.pdecl]).
        if (syntax.initializer().isPresent()) {
            scope.declare(name, symbol);
        }
        var initial = initial(syntax, type, scope, isThreadgroup);
        if (isThreadgroup && syntax.initializer().isPresent()) {
            analysis.diagnostics.warning(
                    position,
                    "the initializer of threadgroup variable '" + name + "' has no effect: store and use a barrier");
            initial = Optional.empty();
        }
        scope.declare(name, symbol);
        into.add(new TypedStatement.Declare(variable, initial, position));
        if (!isThreadgroup) {
            remember(syntax, type, variable, initial);
        }
    }

    private Optional<TypedExpression> initial(
            Declaration.Variable syntax, QualType type, Scope scope, boolean isThreadgroup) {
        if (syntax.initializer().isPresent()) {
            return Optional.of(analysis.initialization.initialise(
                    type, syntax.initializer().get(), scope, "a variable"));
        }
        var name = syntax.name().last().text();
        if (type.isReference()) {
            throw Refusal.at(
                    syntax.position(), "declaration of reference variable '" + name + "' requires an initializer");
        }
        if (isThreadgroup) {
            checkThreadgroupConstructor(type, syntax.position());
            return Optional.empty();
        }
        requireDefaultConstructor(type, syntax.position());
        var value = analysis.initialization.defaultInitialised(type, syntax.position());
        if (type.isConst() && value.isEmpty()) {
            throw Refusal.at(syntax.position(), "default initialization of an object of const type '" + type + "'");
        }
        return value;
    }

    private static void requireDefaultConstructor(QualType type, SourcePosition position) {
        if (!(type.type() instanceof ClassSymbol symbol) || !leavesConstant(symbol) && !leavesVariant(symbol)) {
            return;
        }
        var reason = leavesConstant(symbol)
                ? "a const member would not be initialized"
                : "a member of a union has a default constructor that is not trivial, or none";
        throw Refusal.at(position, "call to implicitly-deleted default constructor of '" + symbol + "': " + reason);
    }

    /** Whether a union that nothing initialises has a member which something would have to (C++14 [class.ctor]). */
    private static boolean leavesVariant(ClassSymbol symbol) {
        if (!symbol.isAggregate()) {
            return false;
        }
        var classes = symbol.fields().stream()
                .filter(field -> field.type().type() instanceof ClassSymbol)
                .filter(field -> !TypeTraits.hasInitializer(field))
                .map(field -> (ClassSymbol) field.type().type());
        return symbol.isUnion() && symbol.fields().stream().noneMatch(TypeTraits::hasInitializer)
                ? classes.anyMatch(inner -> leavesVariant(inner) || !TypeTraits.isTriviallyMade(inner))
                : !symbol.isUnion() && classes.anyMatch(LocalDeclarations::leavesVariant);
    }

    private static boolean leavesConstant(ClassSymbol symbol) {
        return symbol.constructors().isEmpty()
                && symbol.fields().stream()
                        .filter(field -> field.declaration() == null
                                || field.declaration().initializer().isEmpty())
                        .anyMatch(field -> field.type().type() instanceof ClassSymbol inner
                                ? leavesConstant(inner)
                                : field.type().isConst() || field.type().isReference());
    }

    private static void checkThreadgroupConstructor(QualType type, SourcePosition position) {
        var element = type;
        while (element.type() instanceof CppType.Array(var inner, var _)) {
            element = inner;
        }
        if (element.type() instanceof ClassSymbol symbol
                && !symbol.isAggregate()
                && symbol.constructors().stream().noneMatch(LocalDeclarations::isThreadgroupDefault)) {
            throw Refusal.at(
                    position,
                    "no matching constructor for initialization of '" + type
                            + "': it has no default constructor for the threadgroup address space");
        }
    }

    private static boolean isThreadgroupDefault(Symbol constructor) {
        return constructor instanceof Symbol.Function function
                && function.declaration().signature().parameters().stream()
                        .allMatch(parameter -> parameter.defaultValue().isPresent())
                && (Overloads.objectSpace(function) == AddressSpace.THREADGROUP
                        || function.declaration().body() instanceof Declaration.FunctionBody.Defaulted);
    }

    /** Keeps the value of a constant for later constant expressions. */
    private void remember(
            Declaration.Variable syntax, QualType type, Variable variable, Optional<TypedExpression> initial) {
        var mustBeConstant = syntax.modifiers().has(Specifier.CONSTEXPR);
        if (initial.isEmpty() || !type.isConst() || !mustBeConstant && !type.isArithmetic() && !isEnum(type)) {
            return;
        }
        var value = analysis.evaluator.evaluate(initial.get());
        if (value != null) {
            analysis.evaluator.define(variable, value);
        } else if (mustBeConstant) {
            throw Refusal.at(
                    syntax.position(),
                    "constexpr variable '" + variable.name() + "' must be initialized by a constant expression");
        }
    }

    private static boolean isEnum(QualType type) {
        return type.type() instanceof EnumSymbol;
    }

    /** Declares the variable of a range-based loop as the current element. */
    void bind(Declaration declaration, Operand.Located element, Scope scope, List<TypedStatement> into) {
        if (!(declaration instanceof Declaration.Variable syntax)) {
            throw Refusal.unsupported(declaration.position(), "a structured binding in a range-based for");
        }
        var type = AutoTypes.mentionsAuto(syntax.type())
                ? AutoTypes.deduce(analysis, syntax.type(), element, scope)
                : analysis.types.resolve(syntax.type(), scope);
        checkSpace(type, syntax.position());
        var alone = type.isReference() ? type : type.withSpace(null);
        var name = syntax.name().last().text();
        var variable = new Variable(name, Lowering.object(alone, syntax.position()), AddressSpace.THREAD);
        var value = analysis.initialization.copy(alone, element, syntax.position(), "a variable");
        scope.declare(name, new Symbol.Object(name, alone, variable, syntax.position()));
        into.add(new TypedStatement.Declare(variable, Optional.of(value), syntax.position()));
    }

    /** {@code auto [a, b] = x}: one hidden object or reference, and a name for each of its parts. */
    private void structured(Declaration.StructuredBinding binding, Scope scope, List<TypedStatement> into) {
        var position = binding.position();
        var values = binding.initializer().map(Initializer::values).orElse(List.of());
        if (values.size() != 1) {
            throw Refusal.at(position, "a structured binding requires one initializer");
        }
        var operand = analysis.expressions.check(values.getFirst(), scope);
        if (operand.type() == null) {
            throw Refusal.at(position, "cannot bind this expression");
        }
        var isReference = binding.type() instanceof io.ringkernel.metal.msl.syntax.TypeSyntax.Reference;
        var type = isReference
                ? AutoTypes.deduce(analysis, binding.type(), operand, scope)
                : operand.type().unqualified();
        var value = analysis.initialization.copy(type, operand, position, "a variable");
        var hidden = new Variable("(binding)", Lowering.object(type, position), AddressSpace.THREAD);
        into.add(new TypedStatement.Declare(hidden, Optional.of(value), position));
        var whole = isReference
                ? new Operand.Located(Trees.dereference(Trees.read(hidden, position)), type.referent(), position)
                : new Operand.Located(new Place.OfVariable(hidden), type.withSpace(AddressSpace.THREAD), position);
        var parts = parts(whole, position);
        if (parts.size() != binding.names().size()) {
            throw Refusal.at(
                    position,
                    "type '" + type.referent() + "' decomposes into " + parts.size() + " elements, but "
                            + binding.names().size() + " names were provided");
        }
        for (int i = 0; i < parts.size(); i++) {
            bindPart(binding.names().get(i).text(), parts.get(i), position, scope, into);
        }
    }

    private void bindPart(
            String name, Operand.Located part, SourcePosition position, Scope scope, List<TypedStatement> into) {
        var reference = QualType.referenceTo(part.type().withSpace(Lowering.space(part.type())));
        var variable = new Variable(name, Lowering.object(reference, position), AddressSpace.THREAD);
        var pointer = analysis.conversions.address(part, part.type().readOnly());
        into.add(new TypedStatement.Declare(variable, Optional.of(pointer), position));
        scope.declare(name, new Symbol.Object(name, reference, variable, position));
    }

    private List<Operand.Located> parts(Operand.Located whole, SourcePosition position) {
        var parts = new ArrayList<Operand.Located>();
        if (whole.type().type() instanceof CppType.Array(var _, int length)) {
            for (int i = 0; i < length; i++) {
                parts.add((Operand.Located) analysis.subscripts.subscript(
                        whole, new Operand.Value(Trees.integer(i, position), QualType.INT), "", position));
            }
            return parts;
        }
        if (!(whole.type().type() instanceof ClassSymbol symbol)
                || !symbol.bases().isEmpty()) {
            throw Refusal.at(position, "cannot decompose type '" + whole.type().unqualified() + "'");
        }
        for (var field : symbol.fields()) {
            var member = new Lookup.Member(field, symbol);
            parts.add((Operand.Located) analysis.members.access(whole, member, Optional.empty(), position));
        }
        return parts;
    }
}
