package io.ringkernel.metal.msl.check.symbol;

import io.ringkernel.metal.msl.builtin.Type;
import io.ringkernel.metal.msl.syntax.Declaration;
import io.ringkernel.metal.msl.syntax.SourcePosition;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * A struct, class or union, or one instance of such a template. Members are known once it is complete; an instance of a
 * template is completed when something needs its members.
 */
public final class ClassSymbol implements CppType, Symbol {
    /** A direct base; {@code fieldIndex} is -1 for an empty one, which takes no room. */
    public record Base(ClassSymbol symbol, int fieldIndex, Declaration.Access access) {}

    private final String name;
    private Boolean needsInitialising;
    private final Declaration.StructKey key;
    private final Scope scope;
    private final SourcePosition position;
    private final Type.Struct layout;
    private final List<Symbol.Field> fields = new ArrayList<>();
    private final List<Base> bases = new ArrayList<>();
    private final List<Symbol> constructors = new ArrayList<>();
    private final List<Symbol> conversions = new ArrayList<>();
    private final MemberAccess members = new MemberAccess(this);
    private boolean isFinal;
    private Symbol.ClassTemplate origin;
    private List<TemplateArgument> arguments = List.of();
    private Consumer<ClassSymbol> completion;
    private boolean complete;

    public ClassSymbol(String name, Declaration.StructKey key, Scope parent, SourcePosition position) {
        this.name = name;
        this.key = key;
        this.position = position;
        this.scope = new Scope(Scope.Kind.CLASS, parent, this);
        this.layout = new Type.Struct(name, key == Declaration.StructKey.UNION);
    }

    @Override
    public String name() {
        return name;
    }

    public Declaration.StructKey key() {
        return key;
    }

    public boolean isUnion() {
        return key == Declaration.StructKey.UNION;
    }

    public Scope scope() {
        return scope;
    }

    public SourcePosition position() {
        return position;
    }

    public Type.Struct layout() {
        return layout;
    }

    /** Own non-static members in order, anonymous ones included; {@code layout} has the bases' fields in front. */
    public List<Symbol.Field> fields() {
        return fields;
    }

    public List<Base> bases() {
        return bases;
    }

    /** Functions and function templates; empty if none is declared. */
    public List<Symbol> constructors() {
        return constructors;
    }

    /** Conversion functions and templates of them. */
    public List<Symbol> conversions() {
        return conversions;
    }

    public Symbol.ClassTemplate origin() {
        return origin;
    }

    public List<TemplateArgument> arguments() {
        return arguments;
    }

    /** Makes it an instance of a template. */
    public void instanceOf(Symbol.ClassTemplate template, List<TemplateArgument> templateArguments) {
        origin = template;
        arguments = List.copyOf(templateArguments);
    }

    /** How the members become known when they are needed. */
    public void completeWith(Consumer<ClassSymbol> completion) {
        this.completion = completion;
    }

    /** Completes an instance of a template; does nothing else. */
    public void demand() {
        if (completion != null) {
            var task = completion;
            completion = null;
            task.accept(this);
        }
    }

    public boolean isComplete() {
        demand();
        return complete;
    }

    public void markComplete() {
        complete = true;
    }

    /** Whether {@code other} is this class or one of its bases. */
    public boolean derivesFrom(ClassSymbol other) {
        demand();
        return this == other || bases.stream().anyMatch(base -> base.symbol().derivesFrom(other));
    }

    public boolean isFinal() {
        return isFinal;
    }

    public void markFinal() {
        isFinal = true;
    }

    /** Who may use the members. */
    public MemberAccess members() {
        return members;
    }

    /** Whether it is the type of a lambda expression. */
    public boolean isClosure() {
        return name.startsWith("(lambda at ");
    }

    /** Whether braces initialise member by member. */
    public boolean isAggregate() {
        demand();
        return constructors.isEmpty();
    }

    @Override
    public String toString() {
        return name;
    }

    /** Whether an object that is declared without a value has members with one; asked often, found once. */
    public boolean needsInitialising() {
        if (needsInitialising == null) {
            demand();
            needsInitialising = fields().stream().anyMatch(ClassSymbol::isInitialised)
                    || bases().stream()
                            .anyMatch(base -> !base.symbol().isAggregate()
                                    || base.symbol().needsInitialising());
        }
        return needsInitialising;
    }

    private static boolean isInitialised(Symbol.Field field) {
        boolean hasValue =
                field.declaration() != null && field.declaration().initializer().isPresent();
        return hasValue
                || field.type().type() instanceof ClassSymbol inner
                        && (!inner.isAggregate() || inner.needsInitialising());
    }
}
