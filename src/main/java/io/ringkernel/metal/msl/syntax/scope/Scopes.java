package io.ringkernel.metal.msl.syntax.scope;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The scopes around the parser's place, the innermost last. */
public final class Scopes {
    private final List<Scope> stack = new ArrayList<>();
    /** For each scope the index of the next one outward that may have names: blocks nested deep have none. */
    private final List<Integer> outward = new ArrayList<>();

    public Scopes() {
        push(MetalNames.scope());
        push(new Scope(Scope.Kind.NAMESPACE));
    }

    /** The scope of the source's own global names. */
    public Scope global() {
        return stack.get(1);
    }

    /** Until it is popped, nothing is declared in the scopes around, except by what stands in no block. */
    public void push(Scope scope) {
        int outer = stack.size() - 1;
        boolean isNameless = outer >= 0
                && stack.get(outer).kind() == Scope.Kind.BLOCK
                && stack.get(outer).isEmpty();
        outward.add(isNameless ? outward.get(outer) : outer);
        stack.add(scope);
    }

    public void pop() {
        stack.removeLast();
        outward.removeLast();
    }

    public int mark() {
        return stack.size();
    }

    public void reset(int mark) {
        while (stack.size() > mark) {
            pop();
        }
    }

    /** The innermost meaning of a name, or null. */
    public Symbol lookup(String name) {
        for (int i = stack.size() - 1; i >= 0; i = outward.get(i)) {
            var symbol = stack.get(i).find(name);
            if (symbol != null) {
                return symbol;
            }
        }
        return null;
    }

    /** What {@code ::name} means, or null. */
    public Symbol lookupGlobal(String name) {
        var symbol = global().find(name);
        return symbol != null ? symbol : stack.getFirst().find(name);
    }

    /** The visible type, or one of {@code keywords}, that is written like a name but for one letter. */
    public Optional<String> typeLike(String name, Set<String> keywords) {
        var found = Spelling.nearest(name, keywords);
        for (int i = stack.size() - 1; i >= 0 && found.isEmpty(); i--) {
            found = Spelling.nearest(name, stack.get(i).types());
        }
        return found;
    }

    /** Declares in the innermost region; directly under {@code template <…>} the name is that of a template. */
    public void declare(String name, Symbol symbol) {
        int target = stack.size() - 1;
        var declared = symbol;
        while (stack.get(target).kind() == Scope.Kind.TEMPLATE_PARAMETERS) {
            declared = symbol.asTemplate();
            target--;
        }
        stack.get(target).declare(name, declared);
    }

    /** Declares a template's parameter. */
    public void declareParameter(String name, Symbol symbol) {
        stack.getLast().declare(name, symbol);
    }

    /** The innermost region that is no parameter list. */
    public Scope current() {
        int target = stack.size() - 1;
        while (stack.get(target).kind() == Scope.Kind.TEMPLATE_PARAMETERS) {
            target--;
        }
        return stack.get(target);
    }

    /** The name of the class whose members are being declared; empty elsewhere. */
    public String className() {
        return current().kind() == Scope.Kind.CLASS ? current().name() : "";
    }
}
