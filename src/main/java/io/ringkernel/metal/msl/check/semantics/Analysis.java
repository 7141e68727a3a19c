package io.ringkernel.metal.msl.check.semantics;

import io.ringkernel.metal.msl.builtin.Type;
import io.ringkernel.metal.msl.check.TypedExpression;
import io.ringkernel.metal.msl.check.TypedExpression.Constant;
import io.ringkernel.metal.msl.check.constant.ConstantEvaluator;
import io.ringkernel.metal.msl.check.symbol.Scope;
import io.ringkernel.metal.msl.check.symbol.Symbol;
import io.ringkernel.metal.msl.syntax.Diagnostics;
import io.ringkernel.metal.msl.syntax.LanguageVersion;
import io.ringkernel.metal.msl.syntax.SourcePosition;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.function.Supplier;

/** One check of one translation unit: its parts, which know each other through this, and what they share. */
final class Analysis {
    final LanguageVersion version;
    final Diagnostics diagnostics;
    final Symbol.Namespace global = Declarations.namespace("", null, null);
    final Symbol.Namespace metal = Declarations.namespace("metal", global.scope(), "");
    final Lookup lookup = new Lookup(this);
    final PackExpansion packs = new PackExpansion(lookup);
    final TypeResolver types = new TypeResolver(this);
    final Conversions conversions = new Conversions(this);
    final Casts casts = new Casts(this);
    final SpecialCalls specialCalls = new SpecialCalls(this);
    final Members members = new Members(this);
    final Subscripts subscripts = new Subscripts(this);
    final Operators operators = new Operators(this);
    final UnaryOperators unary = new UnaryOperators(this);
    final Conditionals conditionals = new Conditionals(this);
    final Pointers pointers = new Pointers(this);
    final Assignments assignments = new Assignments(this);
    final Overloads overloads = new Overloads(this);
    final NamedFunctions namedFunctions = new NamedFunctions(this);
    final UnknownNames unknownNames = new UnknownNames(this);
    final TemplateOrder templateOrder = new TemplateOrder(this);
    final Calls calls = new Calls(this);
    final UserConversions userConversions = new UserConversions(this);
    final InitializerLists lists = new InitializerLists(this);
    final ObjectCopies copies = new ObjectCopies(this);
    final BuiltinRules builtinRules;
    final Templates templates = new Templates(this);
    final TemplateArguments templateArguments = new TemplateArguments(this);
    final Specialisations specialisations = new Specialisations(this);
    final Functions functions = new Functions(this);
    final SelfObjects selves = new SelfObjects(this);
    final Initialization initialization = new Initialization(this);
    final Expressions expressions = new Expressions(this);
    final Lambdas lambdas = new Lambdas(this);
    final Classes classes = new Classes(this);
    final Globals globals = new Globals(this);
    final ProgramInputs programInputs = new ProgramInputs(this);
    final LibraryFunctions libraryFunctions = new LibraryFunctions(this);
    final Declarations declarations = new Declarations(this);
    final TemplateDeclarations templateDeclarations = new TemplateDeclarations(this);
    final OutsideDefinitions outsideDefinitions = new OutsideDefinitions(this);
    final TemplateNames templateNames = new TemplateNames(this);
    final ConstantEvaluator evaluator = new ConstantEvaluator(functions::define);
    final OutsideSubscripts outsideSubscripts;
    final Prelude prelude = new Prelude(this);

    private static final int INSTANCE_LIMIT = 1024;

    /** All in all; a program of a million lines has some thousand. */
    private static final int MOST_INSTANCES = 30_000;

    private static final int LONGEST_NAME = 100_000;

    private final Map<Symbol, Integer> levels = new IdentityHashMap<>();
    private Symbol.Function current;
    private Scope from;
    private boolean convertsClasses = true;

    Analysis(LanguageVersion version, Diagnostics diagnostics) {
        this.version = version;
        this.diagnostics = diagnostics;
        this.builtinRules = new BuiltinRules(version);
        this.outsideSubscripts = new OutsideSubscripts(evaluator, diagnostics);
        global.scope().declare("metal", metal);
    }

    /** Makes {@code function} the one whose body is checked; gives back the one before. */
    Symbol.Function enter(Symbol.Function function) {
        var outer = current;
        current = function;
        return outer;
    }

    void leave(Symbol.Function outer) {
        current = outer;
    }

    /** Notes an instance of a template, and refuses endless chains of them, each asked for in the one before. */
    void noteInstance(Symbol instance, SourcePosition position) {
        int level = current == null ? 1 : level(current) + 1;
        if (level > INSTANCE_LIMIT) {
            throw diagnostics.fatal(
                    position, "recursive template instantiation exceeded maximum depth of " + INSTANCE_LIMIT);
        }
        levels.put(instance, level);
        if (levels.size() > MOST_INSTANCES) {
            throw diagnostics.fatal(position, "more than " + MOST_INSTANCES + " template instantiations");
        }
    }

    /** Refuses names of instances that grow with each instance in their arguments. */
    void requireName(String name, SourcePosition position) {
        if (name.length() > LONGEST_NAME) {
            throw diagnostics.fatal(
                    position, "the name of a template instantiation is longer than " + LONGEST_NAME + " characters");
        }
    }

    private int level(Symbol.Function function) {
        var instance = function.origin() == null
                ? function
                : function.origin().instances().getOrDefault(function.arguments(), function);
        int owner = function.owner() == null ? 0 : levels.getOrDefault(function.owner(), 0);
        return Math.max(levels.getOrDefault(instance, 0), owner);
    }

    /** Where the code that is being checked stands, which decides what it may use of a class; null outside of all. */
    Scope from() {
        return from;
    }

    /** Checks code that stands in a scope. */
    <T> T within(Scope scope, Supplier<T> work) {
        var before = from;
        from = scope;
        try {
            return work.get();
        } finally {
            from = before;
        }
    }

    boolean allowsUserConversions() {
        return convertsClasses;
    }

    /** Runs with standard conversions only. */
    <T> T withoutUserConversions(Supplier<T> work) {
        var before = convertsClasses;
        convertsClasses = false;
        try {
            return work.get();
        } finally {
            convertsClasses = before;
        }
    }

    /** The scalar constant that an expression on constants is, else the expression. */
    TypedExpression fold(TypedExpression expression) {
        if (!(expression.type() instanceof Type.Scalar scalar)) {
            return expression;
        }
        var constant = switch (expression) {
            case TypedExpression.CallBuiltin call ->
                call.arguments().stream().allMatch(argument -> argument instanceof Constant);
            case TypedExpression.Reinterpret reinterpret -> reinterpret.operand() instanceof Constant;
            default -> false;
        };
        return constant && evaluator.evaluate(expression) instanceof Long bits
                ? new Constant(scalar, bits, expression.position())
                : expression;
    }
}
