package io.ringkernel.metal.msl.check.semantics;

import io.ringkernel.metal.msl.builtin.Builtin;
import io.ringkernel.metal.msl.check.TypedExpression;
import io.ringkernel.metal.msl.check.symbol.ClassSymbol;
import io.ringkernel.metal.msl.check.symbol.CppType;
import io.ringkernel.metal.msl.check.symbol.EnumSymbol;
import io.ringkernel.metal.msl.check.symbol.QualType;
import io.ringkernel.metal.msl.check.symbol.Scope;
import io.ringkernel.metal.msl.check.symbol.Symbol;
import io.ringkernel.metal.msl.syntax.Declaration;
import io.ringkernel.metal.msl.syntax.Expression;
import io.ringkernel.metal.msl.syntax.FunctionType;
import io.ringkernel.metal.msl.syntax.Initializer;
import io.ringkernel.metal.msl.syntax.Modifiers;
import io.ringkernel.metal.msl.syntax.Name;
import io.ringkernel.metal.msl.syntax.Qualifier;
import io.ringkernel.metal.msl.syntax.SourcePosition;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;

/** Calls: of functions, methods, objects and built-ins, and the user-defined conversions. */
final class Calls {
    private final Analysis analysis;

    Calls(Analysis analysis) {
        this.analysis = analysis;
    }

    Operand check(Expression.Call call, Scope scope) {
        var callee = strip(call.callee());
        if (callee instanceof Expression.NameUse(var position, Name name)) {
            var special = analysis.specialCalls.special(call, name, scope);
            if (special != null) {
                return special;
            }
            var found = analysis.lookup.tryResolve(name, scope);
            var type = found == null ? null : Lookup.typeOf(found.symbol());
            if (found != null && found.symbol() instanceof Symbol.ClassTemplate template) {
                type = analysis.templates.injectedOrDefault(template, scope, position);
            }
            if (type != null) {
                return analysis.casts.construct(type, call.arguments(), scope, position);
            }
            if (found == null && name.isSimple()) {
                var dependent = argumentDependent(name.text(), arguments(call.arguments(), scope), position);
                if (dependent == null) {
                    throw Refusal.at(position, "use of undeclared identifier '" + name.text() + "'");
                }
                return call(dependent, arguments(call.arguments(), scope));
            }
        }
        return call(analysis.expressions.check(callee, scope), arguments(call.arguments(), scope));
    }

    private static Expression strip(Expression expression) {
        return expression instanceof Expression.Parenthesized(var _, var inner) ? strip(inner) : expression;
    }

    /** The operands of a call, packs expanded. */
    List<Operand> arguments(List<Expression> arguments, Scope scope) {
        var operands = new ArrayList<Operand>();
        for (var argument : arguments) {
            if (argument instanceof Expression.PackExpansion(var _, var pattern)) {
                analysis.packs
                        .scopes(pattern, scope)
                        .forEach(element -> operands.add(analysis.expressions.check(pattern, element)));
            } else {
                operands.add(analysis.expressions.check(argument, scope));
            }
        }
        return operands;
    }

    Operand call(Operand callee, List<Operand> arguments) {
        if (callee instanceof Operand.Functions functions) {
            return callFunctions(functions, arguments);
        }
        if (callee.type() != null && callee.type().type() instanceof ClassSymbol symbol) {
            var operator = analysis.lookup.member(symbol, "operator()");
            if (operator != null && operator.symbol() instanceof Symbol.FunctionSet set) {
                var functions = new Operand.Functions(set, callee, Templates.Explicit.NONE, false, callee.position());
                return call(
                        analysis.overloads.resolve(
                                functions,
                                arguments,
                                "no matching function for call to object of type '" + symbol + "'"),
                        callee.position());
            }
            throw Refusal.at(callee.position(), "type '" + symbol + "' does not provide a call operator");
        }
        throw Refusal.at(
                callee.position(), "called object type '" + callee.type() + "' is not a function or function pointer");
    }

    private Operand callFunctions(Operand.Functions functions, List<Operand> arguments) {
        var set = functions.set();
        if (functions.argumentDependent()) {
            var associated = argumentDependent(set.name(), arguments, functions.position());
            if (associated != null) {
                var members = new LinkedHashSet<>(set.members());
                members.addAll(associated.set().members());
                var builtins = new LinkedHashSet<>(set.builtins());
                builtins.addAll(associated.set().builtins());
                set = new Symbol.FunctionSet(set.name(), List.copyOf(members), List.copyOf(builtins));
            }
        }
        var all = new Operand.Functions(set, functions.object(), functions.arguments(), false, functions.position());
        var what = functions.object() == null ? "function" : "member function";
        var choice =
                analysis.overloads.resolve(all, arguments, "no matching " + what + " for call to '" + set.name() + "'");
        if (functions.object() != null) {
            ResourceCalls.checkMember(analysis, set.name(), functions.object(), arguments);
        }
        return call(choice, functions.position());
    }

    /** Functions of this name in the namespaces of the arguments' classes and enumerations, or null. */
    Operand.Functions argumentDependent(String name, List<Operand> arguments, SourcePosition position) {
        var members = new LinkedHashSet<Symbol>();
        var builtins = new LinkedHashSet<Builtin>();
        for (var argument : arguments) {
            var scope = argument.type() == null ? null : home(argument.type().type());
            if (scope != null
                    && analysis.lookup.inNamespace(scope.enclosingNamespace(), name)
                            instanceof Symbol.FunctionSet set) {
                members.addAll(set.members());
                builtins.addAll(set.builtins());
            }
        }
        if (members.isEmpty() && builtins.isEmpty()) {
            return null;
        }
        return new Operand.Functions(
                new Symbol.FunctionSet(name, List.copyOf(members), List.copyOf(builtins)),
                null,
                Templates.Explicit.NONE,
                false,
                position);
    }

    private Scope home(CppType type) {
        return switch (type) {
            case ClassSymbol symbol -> symbol.scope();
            case EnumSymbol symbol -> symbol.scope();
            case CppType.Pointer(var pointee) -> home(pointee.type());
            case CppType.Atomic _, CppType.Opaque _ -> analysis.metal.scope();
            default -> null;
        };
    }

    /** The call that overload resolution chose. */
    Operand call(Overloads.Choice choice, SourcePosition position) {
        var arguments = new ArrayList<TypedExpression>();
        if (choice.builtin() != null) {
            choice.conversions()
                    .forEach(conversion -> arguments.add(conversion.apply().get()));
            return builtin(choice.builtin(), arguments, position);
        }
        var function = usable(choice.function(), position);
        AccessRules.check(function, choice.user(), analysis.from(), position);
        if (ObjectCopies.isDefaulted(function)) {
            var source =
                    Trees.dereference(choice.conversions().getFirst().apply().get());
            var type = choice.parameters().getFirst().referent();
            var value = analysis.copies.read(new Operand.Located(source, type, position), function.owner());
            return new Operand.Value(value, QualType.of(function.owner()));
        }
        if (choice.object() != null) {
            arguments.add(choice.object().apply().get());
        } else if (function.isMethod()) {
            throw Refusal.at(position, "call to non-static member function without an object argument");
        }
        var bound = new HashMap<String, Symbol.Function>();
        var parameters = function.declaration().signature().parameters();
        for (int i = 0; i < choice.conversions().size(); i++) {
            var conversion = choice.conversions().get(i);
            if (choice.parameters().get(i).isFunctionPointer()) {
                bound.put(
                        parameters
                                .get(Math.min(i, parameters.size() - 1))
                                .name()
                                .orElse("(unnamed)"),
                        conversion.function());
            } else {
                arguments.add(conversion.apply().get());
            }
        }
        var target = bound.isEmpty() ? function : specialise(function, bound);
        arguments.addAll(defaults(function, choice.conversions().size(), position));
        return result(target, arguments, position);
    }

    private Symbol.Function usable(Symbol.Function function, SourcePosition position) {
        if (function.declaration().body() instanceof Declaration.FunctionBody.Deleted) {
            throw Refusal.at(position, "call to deleted function '" + function.name() + "'");
        }
        var type = function.declaration().modifiers().functionType();
        if (type.isPresent() && type.get() != FunctionType.VISIBLE) {
            throw Refusal.at(
                    position,
                    type.get().keyword() + " function '" + function.name() + "' cannot be called from a function");
        }
        return function;
    }

    /** The same function for known function pointer arguments: one copy for each. */
    private Symbol.Function specialise(Symbol.Function function, HashMap<String, Symbol.Function> bound) {
        var key = List.copyOf(bound.values());
        var known = function.specialisations().get(key);
        if (known != null) {
            return known;
        }
        var copy =
                new Symbol.Function(function.name(), function.declaration(), function.scope(), function.owner(), bound);
        if (function.origin() != null) {
            copy.instanceOf(function.origin(), function.arguments());
        }
        copy.setParameters(function.parameters());
        copy.setResult(function.result());
        function.specialisations().put(key, copy);
        return copy;
    }

    private Operand result(Symbol.Function function, List<TypedExpression> arguments, SourcePosition position) {
        var typed = analysis.functions.typed(function);
        var call = new TypedExpression.Call(typed, arguments, position);
        var type = analysis.functions.result(function);
        if (type.type() instanceof CppType.Reference(var referent, boolean rvalue)) {
            return new Operand.Located(Trees.dereference(call), referent, rvalue, true, position);
        }
        return new Operand.Value(call, type.type() instanceof ClassSymbol ? type.withSpace(null) : type.unqualified());
    }

    private Operand builtin(Builtin builtin, List<TypedExpression> arguments, SourcePosition position) {
        analysis.builtinRules.check(builtin, arguments, position);
        var call = new TypedExpression.CallBuiltin(builtin, arguments, builtin.result(), position);
        return new Operand.Value(analysis.fold(call), analysis.prelude.lift(builtin.result()));
    }

    /** An object made by one of a class's constructors. */
    Operand construct(ClassSymbol symbol, List<Operand> arguments, boolean explicitToo, SourcePosition position) {
        var functions = constructors(symbol, explicitToo, position);
        var choice = analysis.overloads.resolve(
                functions, arguments, "no matching constructor for initialization of '" + symbol + "'");
        ResourceCalls.checkConstructor(analysis, symbol, arguments);
        return call(choice, position);
    }

    Operand.Functions constructors(ClassSymbol symbol, boolean explicitToo, SourcePosition position) {
        symbol.demand();
        var members = symbol.constructors().stream()
                .filter(member -> (explicitToo || !isExplicit(member)) && isForThread(member))
                .toList();
        return new Operand.Functions(
                new Symbol.FunctionSet(symbol.name(), members, List.of()),
                null,
                Templates.Explicit.NONE,
                false,
                position);
    }

    static boolean isExplicit(Symbol member) {
        return declaration(member).modifiers().has(Modifiers.Specifier.EXPLICIT);
    }

    /** Objects are made in thread memory and stored from there: constructors for other spaces say the same again. */
    private static boolean isForThread(Symbol member) {
        return Qualifier.addressSpace(declaration(member).signature().qualifiers())
                .map(space -> space == Qualifier.THREAD)
                .orElse(true);
    }

    private static Declaration.Function declaration(Symbol member) {
        return switch (member) {
            case Symbol.Function function -> function.declaration();
            case Symbol.FunctionTemplate template -> template.declaration();
            default -> throw new IllegalStateException("no function: " + member.name());
        };
    }

    /** Fills a call up with default arguments. */
    List<io.ringkernel.metal.msl.check.TypedExpression> defaults(
            Symbol.Function function, int given, SourcePosition position) {
        var result = new ArrayList<io.ringkernel.metal.msl.check.TypedExpression>();
        var parameters = function.declaration().signature().parameters();
        for (int i = given; i < function.parameters().size(); i++) {
            var value = parameters.get(i).defaultValue();
            if (value.isEmpty()) {
                throw Refusal.at(position, "too few arguments to function call");
            }
            var style = new Initializer(value.get().position(), Initializer.Style.COPY, List.of(value.get()));
            result.add(analysis.initialization.initialise(
                    function.parameters().get(i), style, function.scope(), "a parameter"));
        }
        return result;
    }
}
