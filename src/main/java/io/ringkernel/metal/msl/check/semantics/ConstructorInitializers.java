package io.ringkernel.metal.msl.check.semantics;

import io.ringkernel.metal.msl.builtin.Type;
import io.ringkernel.metal.msl.check.Place;
import io.ringkernel.metal.msl.check.TypedExpression;
import io.ringkernel.metal.msl.check.TypedStatement;
import io.ringkernel.metal.msl.check.Variable;
import io.ringkernel.metal.msl.check.symbol.ClassSymbol;
import io.ringkernel.metal.msl.check.symbol.QualType;
import io.ringkernel.metal.msl.check.symbol.Scope;
import io.ringkernel.metal.msl.check.symbol.Symbol;
import io.ringkernel.metal.msl.syntax.Declaration;
import io.ringkernel.metal.msl.syntax.SourcePosition;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a constructor does before its body: bases, then members, in the order of their declaration. */
final class ConstructorInitializers {
    private final Analysis analysis;
    private final ClassSymbol owner;
    private final SourcePosition position;
    private final Scope scope;
    private final Variable self;

    ConstructorInitializers(Analysis analysis, Symbol.Function constructor, Scope scope, Variable self) {
        this.analysis = analysis;
        this.owner = constructor.owner();
        this.position = constructor.declaration().position();
        this.scope = scope;
        this.self = self;
    }

    /** The object that another constructor of the class makes, if this one delegates to it. */
    Optional<TypedExpression> delegated(Declaration.FunctionBody.Defined defined) {
        if (defined.initializers().size() == 1) {
            var only = defined.initializers().getFirst();
            var type = typeNamed(only);
            if (type != null && type.type() == owner) {
                return Optional.of(
                        analysis.initialization.initialise(QualType.of(owner), only.initializer(), scope, "an object"));
            }
        }
        return Optional.empty();
    }

    private QualType typeNamed(Declaration.MemberInitializer initializer) {
        if (initializer.target().isSimple()
                && owner.scope().local(initializer.target().last().text()) instanceof Symbol.Field) {
            return null;
        }
        var found = analysis.lookup.tryResolve(initializer.target(), owner.scope());
        if (found != null && found.symbol() instanceof Symbol.ClassTemplate template) {
            var injected = analysis.templates.injectedOrDefault(template, owner.scope(), initializer.position());
            if (injected != null) {
                return injected;
            }
            return owner.bases().stream()
                    .filter(base -> base.symbol().origin() == template)
                    .findFirst()
                    .map(base -> QualType.of(base.symbol()))
                    .orElse(null);
        }
        return found == null ? null : Lookup.typeOf(found.symbol());
    }

    /** Stores to bases and members; nothing if the constructor delegates. */
    List<TypedStatement> members(Declaration.FunctionBody.Defined defined) {
        Map<ClassSymbol, Declaration.MemberInitializer> bases = new HashMap<>();
        Map<String, Declaration.MemberInitializer> members = new HashMap<>();
        for (var initializer : defined.initializers()) {
            if (initializer.pack()) {
                throw Refusal.unsupported(initializer.position(), "a pack expansion of base initializers");
            }
            var type = typeNamed(initializer);
            if (type != null && type.type() == owner) {
                return List.of();
            }
            if (type != null && type.type() instanceof ClassSymbol base) {
                requireFirst(bases.put(base, initializer), initializer, "base '" + base + "'");
            } else {
                var name = memberName(initializer);
                requireFirst(members.put(name, initializer), initializer, "'" + name + "'");
            }
        }
        var statements = new ArrayList<TypedStatement>();
        for (var base : owner.bases()) {
            var value = base(base.symbol(), bases.get(base.symbol()));
            if (base.fieldIndex() >= 0) {
                value.ifPresent(v -> statements.add(store(base.fieldIndex(), v)));
            }
        }
        for (var field : owner.fields()) {
            member(field, members)
                    .ifPresent(v -> statements.add(store(field.path().getFirst(), v)));
        }
        statements.addAll(anonymous(members));
        return statements;
    }

    private static void requireFirst(
            Declaration.MemberInitializer earlier, Declaration.MemberInitializer initializer, String what) {
        if (earlier != null) {
            throw Refusal.at(initializer.position(), "multiple initializations given for " + what)
                    .note(earlier.position(), "previous initialization is here");
        }
    }

    private String memberName(Declaration.MemberInitializer initializer) {
        var name = initializer.target().last().text();
        if (!(owner.scope().local(name) instanceof Symbol.Field)) {
            throw Refusal.at(
                    initializer.position(),
                    "member initializer '" + name + "' does not name a non-static data member or base class");
        }
        return name;
    }

    private Optional<TypedExpression> base(ClassSymbol base, Declaration.MemberInitializer initializer) {
        var type = QualType.of(base);
        return initializer == null
                ? analysis.initialization.defaultInitialised(type, position)
                : Optional.of(value(type, initializer));
    }

    private TypedExpression value(QualType type, Declaration.MemberInitializer initializer) {
        if (initializer.initializer().values().isEmpty()) {
            return analysis.initialization.valueInitialised(type, initializer.position());
        }
        return analysis.initialization.initialise(type, initializer.initializer(), scope, "a member subobject");
    }

    private Optional<TypedExpression> member(Symbol.Field field, Map<String, Declaration.MemberInitializer> members) {
        var initializer = field.name().isEmpty() ? null : members.get(field.name());
        if (initializer != null) {
            return Optional.of(value(field.type(), initializer));
        }
        if (field.declaration() != null && field.declaration().initializer().isPresent()) {
            return Optional.of(analysis.initialization.initialise(
                    field.type(), field.declaration().initializer().get(), memberScope(), "a member subobject"));
        }
        if (field.type().isReference()) {
            throw Refusal.at(
                    position,
                    "constructor for '" + owner + "' must explicitly initialize the reference member '" + field.name()
                            + "'");
        }
        return analysis.initialization.defaultInitialised(field.type(), position);
    }

    /** Where a member's own initialiser is read: it sees the object, and not the constructor's parameters. */
    private Scope memberScope() {
        var inner = owner.scope().block();
        inner.declare(Functions.THIS, scope.local(Functions.THIS));
        return inner;
    }

    /** Members of anonymous structs and unions, which have a path of their own. */
    private List<TypedStatement> anonymous(Map<String, Declaration.MemberInitializer> members) {
        var own = new HashSet<String>();
        owner.fields().forEach(field -> own.add(field.name()));
        var statements = new ArrayList<TypedStatement>();
        members.forEach((name, initializer) -> {
            if (!own.contains(name)) {
                var field = (Symbol.Field) owner.scope().local(name);
                var value = value(field.type(), initializer);
                statements.add(evaluate(place(field.path()), value));
            }
        });
        return statements;
    }

    private TypedStatement store(int index, TypedExpression value) {
        return evaluate(place(List.of(index)), value);
    }

    private TypedStatement evaluate(Place place, TypedExpression value) {
        return new TypedStatement.Evaluate(
                new TypedExpression.Assign(place, value, value.position()), value.position());
    }

    private Place place(List<Integer> path) {
        Place place = new Place.OfVariable(self);
        for (int index : path) {
            place = new Place.Field(place, ((Type.Struct) place.type()).fields().get(index));
        }
        return place;
    }
}
