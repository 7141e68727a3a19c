package io.ringkernel.metal.msl.check.semantics;

import io.ringkernel.metal.msl.builtin.AddressSpace;
import io.ringkernel.metal.msl.builtin.Type;
import io.ringkernel.metal.msl.check.TypedFunction;
import io.ringkernel.metal.msl.check.TypedStatement;
import io.ringkernel.metal.msl.check.Variable;
import io.ringkernel.metal.msl.check.symbol.CppType;
import io.ringkernel.metal.msl.check.symbol.QualType;
import io.ringkernel.metal.msl.check.symbol.Scope;
import io.ringkernel.metal.msl.check.symbol.Symbol;
import io.ringkernel.metal.msl.syntax.Declaration;
import io.ringkernel.metal.msl.syntax.Declaration.FunctionBody;
import io.ringkernel.metal.msl.syntax.LanguageVersion;
import io.ringkernel.metal.msl.syntax.Modifiers;
import io.ringkernel.metal.msl.syntax.Parameter;
import io.ringkernel.metal.msl.syntax.Qualifier;
import io.ringkernel.metal.msl.syntax.TypeSyntax;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Signatures and bodies of functions. Bodies wait in a queue until something outside of any expression drains it. */
final class Functions {
    static final String THIS = "this";

    private final Analysis analysis;
    private final Deque<Symbol.Function> pending = new ArrayDeque<>();
    private final List<Symbol.Function> undefined = new ArrayList<>();
    private final Map<TypedFunction, Symbol.Function> symbols = new IdentityHashMap<>();

    Functions(Analysis analysis) {
        this.analysis = analysis;
    }

    /** Makes the parameter types known and, unless it is deduced, the result. */
    void signature(Symbol.Function function) {
        if (function.parameters() != null) {
            return;
        }
        var signature = function.declaration().signature();
        if (signature.variadic()) {
            throw Refusal.at(function.declaration().position(), "variadic functions are not supported in Metal");
        }
        Parameters.requireDistinct(signature.parameters());
        var types = new ArrayList<QualType>();
        for (var parameter : signature.parameters()) {
            types.addAll(parameterTypes(parameter, function.scope()));
        }
        if (function.isConstructor()) {
            function.setResult(QualType.of(function.owner()));
        } else if (signature.result().isPresent()
                && !isDeduced(signature.result().get())) {
            function.setResult(resultType(signature.result().get(), parameterScope(function, types)));
        } else if (function.declaration().kind() == Declaration.FunctionKind.CONVERSION) {
            var target = (io.ringkernel.metal.msl.syntax.Name.Conversion)
                    function.declaration().name().last();
            function.setResult(analysis.types.resolve(target.target(), function.scope()));
        }
        function.setParameters(types);
    }

    private QualType resultType(TypeSyntax syntax, Scope scope) {
        var type = analysis.types.resolve(syntax, scope);
        if (type.isArray() || type.type() instanceof CppType.Function) {
            throw Refusal.at(
                    syntax.position(),
                    "function cannot return " + (type.isArray() ? "array" : "function") + " type '" + type + "'");
        }
        if (syntax instanceof TypeSyntax.Qualified(var _, var _, var qualifiers)
                && !type.isReference()
                && Qualifier.addressSpace(qualifiers)
                        .filter(space -> space != Qualifier.THREAD)
                        .isPresent()) {
            throw Refusal.at(syntax.position(), "return type cannot be qualified with an address space");
        }
        return type;
    }

    /** A scope with the parameters for {@code decltype} in a result; no variable of the real function. */
    private Scope parameterScope(Symbol.Function function, List<QualType> types) {
        var scope = function.scope().block();
        var parameters = function.declaration().signature().parameters();
        if (parameters.stream().noneMatch(Parameter::pack)
                && function.declaration().signature().result().get().toString().contains("Decltype")) {
            for (int i = 0; i < types.size(); i++) {
                declare(parameters.get(i), types.get(i), scope, function);
            }
        }
        return scope;
    }

    private static boolean isDeduced(TypeSyntax result) {
        return switch (result) {
            case TypeSyntax.Auto _, TypeSyntax.DecltypeAuto _ -> true;
            case TypeSyntax.Qualified(var _, var inner, var _) -> isDeduced(inner);
            case TypeSyntax.Reference(var _, var inner, var _) -> isDeduced(inner);
            case TypeSyntax.Pointer(var _, var inner) -> isDeduced(inner);
            default -> false;
        };
    }

    /** Whether a function's result is what its body returns. */
    static boolean isDeduced(Declaration.Function function) {
        return function.signature().result().map(Functions::isDeduced).orElse(false);
    }

    /** The types that a parameter stands for: one, or as many as its pack has elements. */
    List<QualType> parameterTypes(Parameter parameter, Scope scope) {
        if (!parameter.pack()) {
            return List.of(parameterType(parameter, scope));
        }
        return analysis.packs.scopes(parameter.type(), scope).stream()
                .map(element -> parameterType(parameter, element))
                .toList();
    }

    private QualType parameterType(Parameter parameter, Scope scope) {
        var type = analysis.types.parameter(parameter.type(), scope);
        if (type.isVoid()) {
            throw Refusal.at(parameter.position(), "argument may not have 'void' type");
        }
        if (type.space() != null && !type.isReference() && type.space() != AddressSpace.THREAD) {
            throw Refusal.at(parameter.position(), "parameter may not be qualified with an address space");
        }
        return type;
    }

    /** The result type; a deduced one needs the body. */
    QualType result(Symbol.Function function) {
        signature(function);
        if (function.result() == null) {
            typed(function);
        }
        return function.result();
    }

    /** The typed function for calls; its body follows. */
    TypedFunction typed(Symbol.Function function) {
        signature(function);
        if (function.typed() == null) {
            if (function.result() == null) {
                deduceResult(function);
            }
            if (function.result() == null) {
                throw Refusal.at(
                        function.declaration().position(),
                        "function '" + function.name()
                                + "' with deduced return type cannot be used before it is defined");
            }
            if (function.typed() == null) {
                create(function);
            }
        }
        return function.typed();
    }

    private void create(Symbol.Function function) {
        var variables = new ArrayList<Variable>();
        var position = function.declaration().position();
        if (function.isMethod()) {
            var readOnly = Overloads.isConst(function);
            var type = new Type.Pointer(function.owner().layout(), Overloads.objectSpace(function), readOnly);
            variables.add(new Variable(THIS, type, AddressSpace.THREAD));
        }
        var names = Parameters.parameterNames(function);
        for (int i = 0; i < function.parameters().size(); i++) {
            var type = function.parameters().get(i);
            if (!function.bound().containsKey(names.get(i))) {
                variables.add(new Variable(names.get(i), Lowering.object(type, position), AddressSpace.THREAD));
            }
        }
        var result = Lowering.value(function.result(), position);
        var typed = new TypedFunction(function.fullName(), variables, result, position);
        function.setTyped(typed);
        symbols.put(typed, function);
        pending.add(function);
    }

    /** Checks a body once without a known result, to see what it returns. */
    private void deduceResult(Symbol.Function function) {
        if (!(function.declaration().body() instanceof FunctionBody.Defined defined) || !function.startBody()) {
            return;
        }
        var syntax = function.declaration().signature().result();
        var scope = function.scope().block();
        var variables = declareParameters(function, scope);
        var body = new Statements(
                analysis, function, syntax.filter(Functions::isDeduced).orElse(null));
        var block = analysis.within(scope, () -> body.body(defined.statements(), scope));
        if (function.result() == null) {
            function.setResult(body.deducedResult());
        }
        var position = function.declaration().position();
        var typed = new TypedFunction(
                function.fullName(), variables, Lowering.value(function.result(), position), position);
        function.setTyped(typed);
        symbols.put(typed, function);
        typed.define(block);
        analysis.outsideSubscripts.report(block);
    }

    /** Declares the parameters, and {@code this}; gives the variables in order. */
    private List<Variable> declareParameters(Symbol.Function function, Scope scope) {
        var variables = new ArrayList<Variable>();
        if (function.isMethod()) {
            var type = new Type.Pointer(
                    function.owner().layout(), Overloads.objectSpace(function), Overloads.isConst(function));
            variables.add(
                    function.typed() == null
                            ? new Variable(THIS, type, AddressSpace.THREAD)
                            : function.typed().parameters().getFirst());
            declareThis(function, variables.getFirst(), scope);
        }
        int next = 0;
        for (var parameter : function.declaration().signature().parameters()) {
            int count = parameter.pack()
                    ? function.parameters().size()
                            - function.declaration().signature().parameters().size()
                            + 1
                    : 1;
            var elements = new ArrayList<Symbol>();
            for (int i = 0; i < count; i++) {
                var known = function.typed() == null ? null : Parameters.variableAt(function, next);
                elements.add(
                        parameter(function, parameter, function.parameters().get(next++), known, variables));
            }
            parameter
                    .name()
                    .ifPresent(name -> scope.declare(
                            name, parameter.pack() ? new Symbol.ObjectPack(name, elements) : elements.getFirst()));
        }
        return variables;
    }

    private Symbol parameter(
            Symbol.Function function, Parameter parameter, QualType type, Variable known, List<Variable> variables) {
        var name = parameter.name().orElse("(unnamed)");
        var target = function.bound().get(name);
        if (target != null) {
            return new Symbol.FunctionBinding(name, type, target);
        }
        var variable = known == null
                ? new Variable(name, Lowering.object(type, parameter.position()), AddressSpace.THREAD)
                : known;
        variables.add(variable);
        return new Symbol.Object(name, type, variable, parameter.position());
    }

    private static void declareThis(Symbol.Function function, Variable variable, Scope scope) {
        var pointee = new QualType(function.owner(), Overloads.isConst(function), Overloads.objectSpace(function));
        var type = QualType.pointerTo(pointee);
        scope.declare(
                THIS,
                new Symbol.Object(THIS, type, variable, function.declaration().position()));
    }

    private void declare(Parameter parameter, QualType type, Scope scope, Symbol.Function function) {
        if (parameter.name().isPresent() && !type.isFunctionPointer()) {
            scope.declare(parameter.name().get(), parameter(function, parameter, type, null, new ArrayList<>()));
        }
    }

    /** Checks bodies until none waits that has a definition. */
    void drain() {
        while (!pending.isEmpty()) {
            var function = pending.poll();
            if (function.hasDefinition()) {
                checkBody(function);
            } else {
                undefined.add(function);
            }
        }
    }

    /** Checks what was used before it was defined; refuses what never was. */
    void finish() {
        do {
            pending.addAll(undefined);
            undefined.clear();
            drain();
        } while (undefined.stream().anyMatch(Symbol.Function::hasDefinition));
        undefined.forEach(this::checkBody);
        if (!analysis.version.isAtLeast(LanguageVersion.METAL_2_4) && !analysis.diagnostics.hasErrors()) {
            Recursion.refuse(inOrder(), analysis.diagnostics);
        }
    }

    private List<TypedFunction> inOrder() {
        return symbols.keySet().stream()
                .sorted(Comparator.comparing(function -> function.position().line()))
                .toList();
    }

    /** Checks the body behind a typed function if that did not happen; false if there is none. */
    boolean define(TypedFunction typed) {
        var function = symbols.get(typed);
        if (function == null) {
            return true;
        }
        if (!function.hasDefinition() || !isConstexpr(function)) {
            return false;
        }
        checkBody(function);
        try {
            typed.body();
            return true;
        } catch (IllegalStateException _) {
            return false;
        }
    }

    private static boolean isConstexpr(Symbol.Function function) {
        return function.declaration().modifiers().has(Modifiers.Specifier.CONSTEXPR)
                || function.declaration().body() instanceof FunctionBody.Defaulted;
    }

    /** Checks a body, or says that there is none; an error in it is reported. */
    private void checkBody(Symbol.Function function) {
        if (!function.startBody()) {
            return;
        }
        try {
            analysis.templates.nest(
                    function.declaration().position(),
                    () -> function.typed().define(analysis.within(function.scope(), () -> body(function))));
            analysis.outsideSubscripts.report(function.typed().body());
        } catch (Refusal refusal) {
            refusal.reportTo(analysis.diagnostics);
        }
    }

    private TypedStatement.Block body(Symbol.Function function) {
        var position = function.declaration().position();
        return switch (function.declaration().body()) {
            case FunctionBody.Defined defined when function.isConstructor() -> constructor(function, defined);
            case FunctionBody.Defined defined -> {
                var scope = function.scope().block();
                declareParameters(function, scope);
                yield new Statements(analysis, function, null).body(defined.statements(), scope);
            }
            case FunctionBody.Defaulted _
            when function.isConstructor() ->
                constructor(
                        function,
                        new FunctionBody.Defined(
                                List.of(),
                                new io.ringkernel.metal.msl.syntax.Statement.Compound(position, List.of(), position)));
            case FunctionBody.Defaulted _ -> throw Refusal.unsupported(position, "a defaulted operator");
            case FunctionBody.Pure _ -> throw Refusal.at(position, "virtual functions are not supported in Metal");
            case FunctionBody.None _
            when FunctionTables.isCall(function) -> FunctionTables.body(function, analysis.libraryFunctions.declared());
            case FunctionBody.Deleted _, FunctionBody.None _ ->
                throw Refusal.at(
                        position,
                        "undefined symbol: function '" + function.fullName() + "' is used but not defined, as '"
                                + declared(function) + "'");
        };
    }

    private static String declared(Symbol.Function function) {
        var parameters =
                function.parameters().stream().map(QualType::toString).collect(Collectors.joining(", ", "(", ")"));
        return (function.result() == null ? "auto" : function.result()) + " " + function.fullName() + parameters;
    }

    /** A constructor is a function that returns the object: {@code this} points to a local. */
    private TypedStatement.Block constructor(Symbol.Function function, FunctionBody.Defined defined) {
        var owner = function.owner();
        var position = function.declaration().position();
        var self = new Variable("(object)", owner.layout(), AddressSpace.THREAD);
        var object = new Symbol.Object(THIS, QualType.of(owner).withSpace(AddressSpace.THREAD), self, position);
        var scope = function.scope().block();
        declareParameters(function, scope);
        scope.declare(THIS, object);
        var statements = new ArrayList<TypedStatement>();
        var initial = new ConstructorInitializers(analysis, function, scope, self);
        statements.add(new TypedStatement.Declare(self, initial.delegated(defined), position));
        statements.addAll(initial.members(defined));
        var body = new Statements(analysis, function, null).constructorBody(defined.statements(), scope, self);
        statements.addAll(body.statements());
        statements.add(new TypedStatement.Return(
                Optional.of(Trees.read(self, position)), defined.statements().end()));
        return new TypedStatement.Block(statements, position);
    }
}
