package io.ringkernel.metal.msl.check.semantics;

import io.ringkernel.metal.msl.syntax.Declaration;
import io.ringkernel.metal.msl.syntax.Name;
import io.ringkernel.metal.msl.syntax.Parameter;
import io.ringkernel.metal.msl.syntax.Qualifier;
import io.ringkernel.metal.msl.syntax.Syntax;
import io.ringkernel.metal.msl.syntax.TemplateParameter;
import io.ringkernel.metal.msl.syntax.TypeSyntax;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Whether two declarations are of one function template (C++14 [temp.over.link]): the trees of their signatures are the
 * same, where a template parameter is known by its place and not by its name.
 */
final class SameSignature {
    private final Map<String, Integer> first = new HashMap<>();
    private final Map<String, Integer> second = new HashMap<>();

    private int entered;

    private SameSignature() {}

    /** A function below one or more lists of template parameters, the outermost first. */
    record Template(List<List<TemplateParameter>> parameters, Declaration.Function function) {}

    static boolean of(Template one, Template other) {
        var comparison = new SameSignature();
        if (one.parameters().size() != other.parameters().size()) {
            return false;
        }
        for (int i = 0; i < one.parameters().size(); i++) {
            if (!comparison.enter(one.parameters().get(i), other.parameters().get(i))) {
                return false;
            }
        }
        return comparison.isSame(one.function(), other.function());
    }

    private boolean enter(List<TemplateParameter> one, List<TemplateParameter> other) {
        if (one.size() != other.size()) {
            return false;
        }
        for (int i = 0; i < one.size(); i++) {
            int index = entered++;
            one.get(i).name().ifPresent(name -> first.put(name, index));
            other.get(i).name().ifPresent(name -> second.put(name, index));
            if (!isSame(one.get(i), other.get(i))) {
                return false;
            }
        }
        return true;
    }

    private boolean isSame(TemplateParameter one, TemplateParameter other) {
        return one.pack() == other.pack()
                && switch (one) {
                    case TemplateParameter.OfType _ -> other instanceof TemplateParameter.OfType;
                    case TemplateParameter.OfValue(var _, var value) ->
                        other instanceof TemplateParameter.OfValue(var _, var match)
                                && isSame(value.type(), match.type());
                    case TemplateParameter.OfTemplate template ->
                        other instanceof TemplateParameter.OfTemplate match
                                && template.parameters().size()
                                        == match.parameters().size();
                };
    }

    private boolean isSame(Declaration.Function one, Declaration.Function other) {
        var a = one.signature();
        var b = other.signature();
        if (one.kind() != other.kind()
                || a.parameters().size() != b.parameters().size()
                || !objectQualifiers(a.qualifiers()).equals(objectQualifiers(b.qualifiers()))
                || !isSame(a.result(), b.result())) {
            return false;
        }
        if (one.name().last() instanceof Name.Conversion(var _, var target)
                && !(other.name().last() instanceof Name.Conversion(var _, var match) && isSame(target, match))) {
            return false;
        }
        for (int i = 0; i < a.parameters().size(); i++) {
            Parameter left = a.parameters().get(i);
            Parameter right = b.parameters().get(i);
            if (left.pack() != right.pack() || !isSame(parameterType(left), parameterType(right))) {
                return false;
            }
        }
        return true;
    }

    /** A method that names no space is one of thread memory. */
    private static Set<Qualifier> objectQualifiers(Set<Qualifier> qualifiers) {
        var result = EnumSet.noneOf(Qualifier.class);
        result.addAll(qualifiers);
        result.remove(Qualifier.THREAD);
        return result;
    }

    /** Const of the parameter itself is no part of the signature. */
    private static TypeSyntax parameterType(Parameter parameter) {
        return parameter.type() instanceof TypeSyntax.Qualified(var _, var inner, var qualifiers)
                        && qualifiers.equals(Set.of(Qualifier.CONST))
                ? inner
                : parameter.type();
    }

    private boolean isSame(Object one, Object other) {
        return switch (one) {
            case Name name -> other instanceof Name match && isSameName(name, match);
            case Name.TemplateId(var _, String text, var arguments) ->
                other instanceof Name.TemplateId(var _, String match, var others)
                        && isSameWord(text, match)
                        && areSame(arguments, others);
            case Syntax syntax ->
                other instanceof Syntax match
                        && syntax.getClass() == match.getClass()
                        && areSame(syntax.parts(), match.parts());
            case List<?> many -> other instanceof List<?> match && areSame(many, match);
            case Optional<?> maybe ->
                other instanceof Optional<?> match
                        && maybe.isPresent() == match.isPresent()
                        && (maybe.isEmpty() || isSame(maybe.get(), match.get()));
            default -> one.equals(other);
        };
    }

    private boolean areSame(Collection<?> some, Collection<?> others) {
        if (some.size() != others.size()) {
            return false;
        }
        Iterator<?> match = others.iterator();
        for (var one : some) {
            if (!isSame(one, match.next())) {
                return false;
            }
        }
        return true;
    }

    private boolean isSameWord(String one, String other) {
        var left = first.get(one);
        var right = second.get(other);
        return left == null && right == null ? one.equals(other) : left != null && left.equals(right);
    }

    /** A qualified name may stand for an unqualified one: {@code metal::vec} for {@code vec}. */
    private boolean isSameName(Name one, Name other) {
        if (one.isSimple() && other.isSimple()) {
            return isSameWord(one.last().text(), other.last().text());
        }
        return one.segments().size() == other.segments().size()
                ? areSame(one.segments(), other.segments())
                : (one.segments().size() == 1 || other.segments().size() == 1) && isSame(one.last(), other.last());
    }
}
