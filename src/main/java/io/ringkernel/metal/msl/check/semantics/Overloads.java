package io.ringkernel.metal.msl.check.semantics;

import io.ringkernel.metal.msl.builtin.AddressSpace;
import io.ringkernel.metal.msl.builtin.Builtin;
import io.ringkernel.metal.msl.check.symbol.ClassSymbol;
import io.ringkernel.metal.msl.check.symbol.QualType;
import io.ringkernel.metal.msl.check.symbol.Symbol;
import io.ringkernel.metal.msl.syntax.Parameter;
import io.ringkernel.metal.msl.syntax.Qualifier;
import io.ringkernel.metal.msl.syntax.SourcePosition;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/** Chooses the function that a call means (C++14 [over.match]), among functions, templates and the standard library. */
final class Overloads {
    /**
     * A function that the arguments fit, with the conversions that make them fit.
     *
     * @param function null for a built-in
     * @param object the conversion of the object that a method is called on, or null
     * @param user the class whose using-declaration the function was found through, or null
     */
    record Choice(
            Symbol.Function function,
            Builtin builtin,
            List<QualType> parameters,
            Conversions.Sequence object,
            List<Conversions.Sequence> conversions,
            ClassSymbol user) {}

    private record Rejected(SourcePosition position, String reason) {}

    private final Analysis analysis;
    private final Map<Builtin, List<QualType>> builtinParameters = new IdentityHashMap<>();

    Overloads(Analysis analysis) {
        this.analysis = analysis;
    }

    /** What the call means; refuses calls that mean nothing or more than one thing. */
    Choice resolve(Operand.Functions functions, List<Operand> arguments, String what) {
        var rejected = new ArrayList<Rejected>();
        var viable = viable(functions, arguments, rejected);
        if (viable.isEmpty()) {
            throw noMatch(functions, what, rejected);
        }
        var best = best(viable);
        if (best == null) {
            throw Refusal.at(functions.position(), "call to '" + functions.set().name() + "' is ambiguous");
        }
        return best;
    }

    /** As {@link #resolve}, but null if nothing or more than one thing fits. */
    Choice tryResolve(Operand.Functions functions, List<Operand> arguments) {
        var viable = viable(functions, arguments, new ArrayList<>());
        return viable.isEmpty() ? null : best(viable);
    }

    private static Refusal noMatch(Operand.Functions functions, String what, List<Rejected> rejected) {
        var refusal = Refusal.at(functions.position(), what);
        rejected.stream()
                .limit(6)
                .forEach(candidate -> refusal.note(
                        candidate.position() == null ? functions.position() : candidate.position(),
                        candidate.reason()));
        return refusal;
    }

    private List<Choice> viable(Operand.Functions functions, List<Operand> arguments, List<Rejected> rejected) {
        var viable = new ArrayList<Choice>();
        for (var member : functions.set().members()) {
            var function = candidate(member, functions, arguments, rejected);
            if (function != null) {
                var choice = fit(function, functions, arguments, rejected);
                if (choice != null) {
                    viable.add(choice);
                }
            }
        }
        if (functions.arguments().arguments().isEmpty()) {
            for (var builtin : functions.set().builtins()) {
                var choice = fit(builtin, arguments, rejected);
                if (choice != null) {
                    viable.add(choice);
                }
            }
        } else if (viable.isEmpty() && !functions.set().builtins().isEmpty()) {
            return viable(withoutExplicit(functions), arguments, rejected);
        }
        return viable;
    }

    private static Operand.Functions withoutExplicit(Operand.Functions functions) {
        return new Operand.Functions(
                functions.set(), functions.object(), Templates.Explicit.NONE, false, functions.position());
    }

    private Symbol.Function candidate(
            Symbol member, Operand.Functions functions, List<Operand> arguments, List<Rejected> rejected) {
        if (member instanceof Symbol.Function function) {
            if (!functions.arguments().arguments().isEmpty()) {
                return null;
            }
            analysis.functions.signature(function);
            return function;
        }
        var template = (Symbol.FunctionTemplate) member;
        try {
            return deduce(template, functions.arguments(), arguments, functions.position());
        } catch (Refusal refusal) {
            rejected.add(new Rejected(
                    template.declaration().position(), "candidate template ignored: " + refusal.getMessage()));
            return null;
        }
    }

    Symbol.Function deduce(
            Symbol.FunctionTemplate template,
            Templates.Explicit explicit,
            List<Operand> arguments,
            SourcePosition position) {
        var binding = new Binding(template.parameters(), template.scope());
        if (analysis.templateArguments.bindExplicit(binding, explicit.arguments(), explicit.scope(), position) >= 0) {
            throw Refusal.at(position, "too many template arguments");
        }
        var parameters = template.declaration().signature().parameters();
        var isPacked = parameters.stream().anyMatch(Parameter::pack);
        if (arguments.size() > parameters.size() && !isPacked) {
            throw Refusal.at(
                    position,
                    "requires " + parameters.size() + " arguments, but " + arguments.size()
                            + (arguments.size() == 1 ? " was provided" : " were provided"));
        }
        var deduction = new Deduction(analysis, binding);
        if (!deduction.call(parameters, arguments)) {
            throw Refusal.at(position, "could not match the arguments with the parameters");
        }
        return analysis.templates.instance(template, deduction.finish(position));
    }

    private Choice fit(
            Symbol.Function function, Operand.Functions functions, List<Operand> arguments, List<Rejected> rejected) {
        var object = functions.object();
        var parameters = function.parameters();
        var position = function.declaration().position();
        if (arguments.size() > parameters.size() || arguments.size() < required(function)) {
            rejected.add(new Rejected(position, count(parameters.size(), arguments.size())));
            return null;
        }
        Conversions.Sequence self = null;
        if (function.isMethod() && object != null) {
            self = object(function, object);
            if (self == null) {
                rejected.add(new Rejected(position, objectReason(function, object)));
                return null;
            }
        }
        var conversions = conversions(parameters, arguments, position, rejected);
        return conversions == null
                ? null
                : new Choice(
                        function,
                        null,
                        parameters,
                        self,
                        conversions,
                        functions.set().user());
    }

    private static String count(int wanted, int given) {
        return "candidate function not viable: requires " + wanted + (wanted == 1 ? " argument" : " arguments")
                + ", but " + given + (given == 1 ? " was provided" : " were provided");
    }

    private List<Conversions.Sequence> conversions(
            List<QualType> parameters, List<Operand> arguments, SourcePosition position, List<Rejected> rejected) {
        var conversions = new ArrayList<Conversions.Sequence>(arguments.size());
        for (int i = 0; i < arguments.size(); i++) {
            var sequence = analysis.conversions.implicit(arguments.get(i), parameters.get(i));
            if (sequence == null) {
                if (rejected.size() < 6) {
                    var type = arguments.get(i).type();
                    rejected.add(new Rejected(
                            position,
                            "candidate function not viable: no known conversion from "
                                    + (type == null ? "the argument" : type.quoted()) + " to "
                                    + parameters.get(i).quoted() + " for " + ordinal(i + 1) + " argument"));
                }
                return null;
            }
            conversions.add(sequence);
        }
        return conversions;
    }

    private static String ordinal(int number) {
        return number + (number == 1 ? "st" : number == 2 ? "nd" : number == 3 ? "rd" : "th");
    }

    private Choice fit(Builtin builtin, List<Operand> arguments, List<Rejected> rejected) {
        if (builtin.parameters().size() != arguments.size()) {
            if (rejected.size() < 6) {
                rejected.add(new Rejected(null, count(builtin.parameters().size(), arguments.size())));
            }
            return null;
        }
        var parameters = builtinParameters.computeIfAbsent(builtin, analysis.prelude::parameters);
        var conversions = conversions(parameters, arguments, null, rejected);
        if (conversions == null
                || BuiltinRules.isTypedByData(builtin) && conversions.getFirst().rank() != Conversions.Rank.EXACT) {
            return null;
        }
        return new Choice(null, builtin, parameters, null, conversions, null);
    }

    private static int required(Symbol.Function function) {
        int count = 0;
        for (var parameter : function.declaration().signature().parameters()) {
            if (parameter.defaultValue().isPresent()) {
                return count;
            }
            if (parameter.pack()) {
                return function.parameters().size();
            }
            count++;
        }
        return count;
    }

    /** The address space of the objects that a method is for. */
    static AddressSpace objectSpace(Symbol.Function function) {
        return Qualifier.addressSpace(function.declaration().signature().qualifiers())
                .map(qualifier -> AddressSpace.valueOf(qualifier.name()))
                .orElse(AddressSpace.THREAD);
    }

    static boolean isConst(Symbol.Function function) {
        return function.declaration().signature().qualifiers().contains(Qualifier.CONST)
                || objectSpace(function) == AddressSpace.CONSTANT;
    }

    private Conversions.Sequence object(Symbol.Function function, Operand object) {
        var space = object instanceof Operand.Located ? Lowering.space(object.type()) : AddressSpace.THREAD;
        if (space != objectSpace(function) || object.type().readOnly() && !isConst(function)) {
            return null;
        }
        var sequence = Conversions.Sequence.of(Conversions.Rank.EXACT, () -> {
            var located = analysis.conversions.locate(object);
            var target = (ClassSymbol) located.type().type() == function.owner()
                    ? located
                    : analysis.members.toBaseOfMember(located, function.owner());
            return analysis.conversions.address(target, isConst(function));
        });
        return sequence.penalised(isConst(function) && !object.type().readOnly() ? 1 : 0);
    }

    private static String objectReason(Symbol.Function function, Operand object) {
        var space = object instanceof Operand.Located ? Lowering.space(object.type()) : AddressSpace.THREAD;
        return space != objectSpace(function)
                ? "candidate function not viable: 'this' object is in address space '" + space
                        + "', but method expects object in address space '" + objectSpace(function) + "'"
                : "candidate function not viable: 'this' argument has type '" + object.type()
                        + "', but method is not marked const";
    }

    private Choice best(List<Choice> viable) {
        for (var candidate : viable) {
            if (viable.stream().allMatch(other -> other == candidate || isBetter(candidate, other))) {
                return candidate;
            }
        }
        return null;
    }

    private boolean isBetter(Choice first, Choice second) {
        boolean better = false;
        if (first.object() != null && second.object() != null) {
            int order = first.object().compare(second.object());
            if (order > 0) {
                return false;
            }
            better = order < 0;
        }
        for (int i = 0; i < first.conversions().size(); i++) {
            int order = first.conversions().get(i).compare(second.conversions().get(i));
            if (order > 0) {
                return false;
            }
            better |= order < 0;
        }
        if (better) {
            return true;
        }
        return tieBreak(first, second);
    }

    private boolean tieBreak(Choice first, Choice second) {
        if (isTemplate(first) != isTemplate(second)) {
            return isTemplate(second);
        }
        var a = first.function();
        var b = second.function();
        if (a == null || b == null || a.origin() == null) {
            return false;
        }
        return analysis.templateOrder.isMoreSpecialised(a.origin(), b.origin())
                        && !analysis.templateOrder.isMoreSpecialised(b.origin(), a.origin())
                || isShorterPack(a, b);
    }

    /** Metal's headers have a function for each type, but templates where lanes or atomics are concerned. */
    private static boolean isTemplate(Choice choice) {
        return choice.function() != null
                ? choice.function().origin() != null
                : choice.builtin().kind().isAtomic() || choice.builtin().kind().isOfLanes();
    }

    private static boolean isShorterPack(Symbol.Function a, Symbol.Function b) {
        return a.declaration().signature().parameters().stream().noneMatch(Parameter::pack)
                && b.declaration().signature().parameters().stream().anyMatch(Parameter::pack);
    }
}
