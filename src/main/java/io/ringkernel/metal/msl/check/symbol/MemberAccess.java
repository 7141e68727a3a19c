package io.ringkernel.metal.msl.check.symbol;

import io.ringkernel.metal.msl.syntax.Declaration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Who may use the members of a class, its own and those that its using-declarations name (C++14 [class.access]). */
public final class MemberAccess {
    private final ClassSymbol symbol;
    private final Map<Object, Declaration.Access> restricted = new HashMap<>();
    private final Set<Object> used = new HashSet<>(0);
    private boolean hasFriends;

    MemberAccess(ClassSymbol symbol) {
        this.symbol = symbol;
    }

    /** Notes that the class has friends, for which everything is public: everybody is taken for one. */
    public void markFriends() {
        hasFriends = true;
    }

    /** Notes who may use a member: a function, a template of functions, or whatever else has a name. */
    public void restrict(Object member, Declaration.Access access) {
        restricted.put(member, access);
    }

    /** Notes a member of a base that a using-declaration makes one of this class, with an access of its own. */
    public void use(Object member, Declaration.Access access) {
        used.add(member);
        restricted.put(member, access);
    }

    /** Whether a using-declaration of this class names a member, which is given as in {@link #restrict}. */
    public boolean uses(Object member) {
        return used.contains(member);
    }

    /** Who may use a member, which is given as in {@link #restrict}. */
    public Declaration.Access access(Object member) {
        return restricted.getOrDefault(member, Declaration.Access.PUBLIC);
    }

    /** Whether code in a scope may use what this class declares with some access. */
    public boolean grants(Declaration.Access access, Scope from) {
        if (access == Declaration.Access.PUBLIC || hasFriends) {
            return true;
        }
        for (var s = from; s != null; s = s.parent()) {
            if (s.owner() == symbol
                    || s.owner() instanceof ClassSymbol inner
                            && inner.origin() != null
                            && inner.origin() == symbol.origin()
                    || access == Declaration.Access.PROTECTED
                            && s.owner() instanceof ClassSymbol derived
                            && derived.derivesFrom(symbol)) {
                return true;
            }
        }
        return false;
    }
}
