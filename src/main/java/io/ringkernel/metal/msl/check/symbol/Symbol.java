package io.ringkernel.metal.msl.check.symbol;

import io.ringkernel.metal.msl.builtin.AddressSpace;
import io.ringkernel.metal.msl.builtin.Builtin;
import io.ringkernel.metal.msl.builtin.ScalarType;
import io.ringkernel.metal.msl.check.FunctionConstant;
import io.ringkernel.metal.msl.check.TypedFunction;
import io.ringkernel.metal.msl.check.Variable;
import io.ringkernel.metal.msl.syntax.Declaration;
import io.ringkernel.metal.msl.syntax.Modifiers;
import io.ringkernel.metal.msl.syntax.SourcePosition;
import io.ringkernel.metal.msl.syntax.TemplateParameter;
import io.ringkernel.metal.msl.syntax.TypeSyntax;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What a name means. */
public sealed interface Symbol
        permits Symbol.Namespace,
                Symbol.TypeName,
                Symbol.Field,
                Symbol.Enumerator,
                Symbol.Value,
                Symbol.Pack,
                Symbol.ObjectPack,
                Symbol.Object,
                Symbol.LazyObject,
                Symbol.FunctionBinding,
                Symbol.Function,
                Symbol.FunctionTemplate,
                Symbol.FunctionSet,
                Symbol.ClassTemplate,
                Symbol.NativeTemplate,
                Symbol.AliasTemplate,
                Symbol.VariableTemplate,
                Symbol.Invalid,
                ClassSymbol,
                EnumSymbol {

    String name();

    /** {@code library} is the prefix of built-in function names found in it ("" in metal, "fast::"…), else null. */
    record Namespace(String name, Namespace parent, Scope[] held, String library) implements Symbol {
        public Scope scope() {
            return held[0];
        }

        @Override
        public boolean equals(java.lang.Object other) {
            return this == other;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(this);
        }

        /** The name with all namespaces around it, as the host looks up what is declared here. */
        public String qualify(String member) {
            return parent == null ? member : parent.qualify(name.isEmpty() ? member : name + "::" + member);
        }
    }

    /** An alias, a class, an enumeration, a built-in type or a bound type parameter. */
    record TypeName(String name, QualType type) implements Symbol {}

    /** A non-static data member; {@code path} leads through anonymous members to it by field index. */
    record Field(String name, QualType type, List<Integer> path, Declaration.Field declaration) implements Symbol {}

    /** An enumerator with its value, of the type that it has before the enumeration is complete. */
    record Enumerator(String name, EnumSymbol type, ScalarType kind, long value) implements Symbol {}

    /** A bound value parameter of a template. */
    record Value(String name, TemplateArgument.OfValue value) implements Symbol {}

    /** A bound parameter pack of a template. */
    record Pack(String name, TemplateArgument.Pack elements) implements Symbol {}

    /** A pack of function parameters. */
    record ObjectPack(String name, List<Symbol> elements) implements Symbol {}

    /** A name whose declaration was refused. */
    record Invalid(String name) implements Symbol {}

    /** A variable, parameter, static data member or program-scope constant. */
    final class Object implements Symbol {
        private final String name;
        private final QualType type;
        private final Variable variable;
        private final SourcePosition position;
        private FunctionConstant functionConstant;

        /** {@code type} is as declared, a reference for one; {@code variable} then holds a pointer. */
        public Object(String name, QualType type, Variable variable, SourcePosition position) {
            this.name = name;
            this.type = type;
            this.variable = variable;
            this.position = position;
        }

        @Override
        public String name() {
            return name;
        }

        public QualType type() {
            return type;
        }

        public Variable variable() {
            return variable;
        }

        public SourcePosition position() {
            return position;
        }

        public FunctionConstant functionConstant() {
            return functionConstant;
        }

        public void setFunctionConstant(FunctionConstant constant) {
            functionConstant = constant;
        }

        public AddressSpace space() {
            return variable.space();
        }
    }

    /** A static data member of a template's instance: made when it is used. */
    final class LazyObject implements Symbol {
        private final Declaration.Variable declaration;
        private final Scope scope;
        private Symbol made;

        public LazyObject(Declaration.Variable declaration, Scope scope) {
            this.declaration = declaration;
            this.scope = scope;
        }

        @Override
        public String name() {
            return declaration.name().last().text();
        }

        public Declaration.Variable declaration() {
            return declaration;
        }

        public Scope scope() {
            return scope;
        }

        public Symbol made() {
            return made;
        }

        public void make(Symbol object) {
            made = object;
        }
    }

    /** A parameter or constant of function pointer type whose function is known. */
    record FunctionBinding(String name, QualType type, Function function) implements Symbol {}

    /** A function, method or constructor: one declaration in one scope, after template arguments are known. */
    final class Function implements Symbol {
        private final String name;
        private Declaration.Function declaration;
        private Scope scope;
        private final ClassSymbol owner;
        private final Map<String, Function> bound;
        private final boolean isStatic;
        private Map<List<Function>, Function> specialisations;
        private FunctionTemplate origin;
        private List<TemplateArgument> arguments = List.of();
        private List<QualType> parameters;
        private QualType result;
        private TypedFunction typed;
        private boolean bodyChecked;
        private boolean isSpecialisation;
        private boolean hasDefinition;

        /** {@code scope} is where the signature and the body are read; {@code owner} is null for a free function. */
        public Function(String name, Declaration.Function declaration, Scope scope, ClassSymbol owner) {
            this(name, declaration, scope, owner, Map.of());
        }

        /** {@code bound} names the parameters whose functions are known. */
        public Function(
                String name,
                Declaration.Function declaration,
                Scope scope,
                ClassSymbol owner,
                Map<String, Function> bound) {
            this.name = name;
            this.declaration = declaration;
            this.scope = scope;
            this.owner = owner;
            this.bound = bound;
            this.isStatic = declaration.modifiers().has(Modifiers.Specifier.STATIC);
            this.hasDefinition = !(declaration.body() instanceof Declaration.FunctionBody.None);
        }

        @Override
        public String name() {
            return name;
        }

        /** The name for people. */
        public String fullName() {
            var base = owner == null ? scope.enclosingNamespace().qualify(name) : owner.name() + "::" + name;
            return arguments.isEmpty() ? base : base + "<" + new TemplateArgument.Pack(arguments) + ">";
        }

        public Declaration.Function declaration() {
            return declaration;
        }

        /** Replaces a declaration by one that follows it, or by its definition. */
        public void redeclare(Declaration.Function replacement, Scope replacementScope) {
            declaration = replacement;
            scope = replacementScope;
            hasDefinition = !(declaration.body() instanceof Declaration.FunctionBody.None);
        }

        public boolean hasDefinition() {
            return hasDefinition;
        }

        public Scope scope() {
            return scope;
        }

        public ClassSymbol owner() {
            return owner;
        }

        public Map<String, Function> bound() {
            return bound;
        }

        public Map<List<Function>, Function> specialisations() {
            if (specialisations == null) {
                specialisations = new HashMap<>();
            }
            return specialisations;
        }

        /** As first declared: a definition outside of the class does not repeat it. */
        public boolean isStatic() {
            return isStatic;
        }

        /** Whether a call needs an object. */
        public boolean isMethod() {
            return owner != null && !isStatic() && !isConstructor();
        }

        public boolean isConstructor() {
            return declaration.kind() == Declaration.FunctionKind.CONSTRUCTOR;
        }

        public FunctionTemplate origin() {
            return origin;
        }

        public List<TemplateArgument> arguments() {
            return arguments;
        }

        public void instanceOf(FunctionTemplate template, List<TemplateArgument> templateArguments) {
            origin = template;
            arguments = List.copyOf(templateArguments);
        }

        /** Whether it was written for its arguments, and not made from the template. */
        public boolean isSpecialisation() {
            return isSpecialisation;
        }

        public void markSpecialisation() {
            isSpecialisation = true;
        }

        public List<QualType> parameters() {
            return parameters;
        }

        public void setParameters(List<QualType> types) {
            parameters = List.copyOf(types);
        }

        /** Null until a deduced result is known. */
        public QualType result() {
            return result;
        }

        public void setResult(QualType type) {
            result = type;
        }

        public TypedFunction typed() {
            return typed;
        }

        public void setTyped(TypedFunction function) {
            typed = function;
        }

        /** True the first time: whoever gets true checks the body. */
        public boolean startBody() {
            var first = !bodyChecked;
            bodyChecked = true;
            return first;
        }
    }

    /**
     * The definition of a function template that was declared before.
     *
     * @param parameters the template's parameters, perhaps by other names
     * @param around what names stand for that the definition gives to the arguments of the template around it
     */
    record FunctionDefinition(
            List<TemplateParameter> parameters,
            Declaration.Function declaration,
            Map<String, TemplateArgument> around) {}

    /** A template of functions, methods or constructors. */
    final class FunctionTemplate implements Symbol {
        private final String name;
        private final List<TemplateParameter> parameters;
        private final Declaration.Function declaration;
        private final Scope scope;
        private final ClassSymbol owner;
        private final Map<List<TemplateArgument>, Function> instances = new HashMap<>();
        private FunctionDefinition definition;

        public FunctionTemplate(
                String name,
                List<TemplateParameter> parameters,
                Declaration.Function declaration,
                Scope scope,
                ClassSymbol owner) {
            this.name = name;
            this.parameters = parameters;
            this.declaration = declaration;
            this.scope = scope;
            this.owner = owner;
        }

        @Override
        public String name() {
            return name;
        }

        public List<TemplateParameter> parameters() {
            return parameters;
        }

        public Declaration.Function declaration() {
            return declaration;
        }

        /** Where the body is, and by which names it knows the arguments; null until that is known. */
        public FunctionDefinition definition() {
            return definition;
        }

        public void define(FunctionDefinition later) {
            definition = later;
        }

        public Scope scope() {
            return scope;
        }

        public ClassSymbol owner() {
            return owner;
        }

        public Map<List<TemplateArgument>, Function> instances() {
            return instances;
        }
    }

    /**
     * All functions of one name in one scope: functions, templates, and overloads of the standard library.
     *
     * @param user the class whose using-declarations brought members of its bases here, or null
     */
    record FunctionSet(String name, List<Symbol> members, List<Builtin> builtins, ClassSymbol user) implements Symbol {
        public FunctionSet(String name, List<Symbol> members, List<Builtin> builtins) {
            this(name, members, builtins, null);
        }

        public FunctionSet(String name) {
            this(name, new ArrayList<>(), List.of());
        }
    }

    /** A partial or explicit specialisation; explicit ones have no parameters. */
    record Specialisation(
            List<TemplateParameter> parameters,
            List<io.ringkernel.metal.msl.syntax.Argument> patterns,
            Declaration declaration,
            Scope scope) {}

    final class ClassTemplate implements Symbol {
        private final String name;
        private List<TemplateParameter> parameters;
        private Declaration.Struct declaration;
        private final Scope scope;
        private final List<Specialisation> specialisations = new ArrayList<>();
        private final Map<List<TemplateArgument>, ClassSymbol> instances = new HashMap<>();
        private final List<Declaration.Template> memberDefinitions = new ArrayList<>();

        public ClassTemplate(
                String name, List<TemplateParameter> parameters, Declaration.Struct declaration, Scope scope) {
            this.name = name;
            this.parameters = parameters;
            this.declaration = declaration;
            this.scope = scope;
        }

        @Override
        public String name() {
            return name;
        }

        public List<TemplateParameter> parameters() {
            return parameters;
        }

        public Declaration.Struct declaration() {
            return declaration;
        }

        public void define(Declaration.Struct definition, List<TemplateParameter> definedParameters) {
            declaration = definition;
            parameters = definedParameters;
        }

        public Scope scope() {
            return scope;
        }

        public List<Specialisation> specialisations() {
            return specialisations;
        }

        public Map<List<TemplateArgument>, ClassSymbol> instances() {
            return instances;
        }

        /** Members defined outside of the class. */
        public List<Declaration.Template> memberDefinitions() {
            return memberDefinitions;
        }
    }

    /** A class template that the compiler itself knows: {@code vec}, {@code matrix}, {@code atomic}, textures. */
    record NativeTemplate(String name) implements Symbol {}

    record AliasTemplate(String name, List<TemplateParameter> parameters, TypeSyntax type, Scope scope)
            implements Symbol {}

    record VariableTemplate(
            String name,
            List<TemplateParameter> parameters,
            Declaration.Variable declaration,
            Scope scope,
            List<Specialisation> specialisations,
            Map<List<TemplateArgument>, Symbol> instances)
            implements Symbol {
        @Override
        public boolean equals(java.lang.Object other) {
            return this == other;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(this);
        }
    }
}
