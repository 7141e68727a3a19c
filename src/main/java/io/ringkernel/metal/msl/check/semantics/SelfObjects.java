package io.ringkernel.metal.msl.check.semantics;

import io.ringkernel.metal.msl.check.Place;
import io.ringkernel.metal.msl.check.symbol.ClassSymbol;
import io.ringkernel.metal.msl.check.symbol.CppType;
import io.ringkernel.metal.msl.check.symbol.Scope;
import io.ringkernel.metal.msl.check.symbol.Symbol;
import io.ringkernel.metal.msl.syntax.SourcePosition;
import java.util.Optional;

/** The object that a method is called on. */
final class SelfObjects {
    private final Analysis analysis;

    SelfObjects(Analysis analysis) {
        this.analysis = analysis;
    }

    /** The object that {@code this} points to. */
    Operand.Located self(Scope scope, SourcePosition position) {
        for (var s = scope; s != null; s = s.parent()) {
            if (s.local(Functions.THIS) instanceof Symbol.Object object) {
                if (!object.type().isPointer()) {
                    return new Operand.Located(new Place.OfVariable(object.variable()), object.type(), position);
                }
                var pointee = ((CppType.Pointer) object.type().type()).pointee();
                var place = Trees.dereference(Trees.read(object.variable(), position));
                return new Operand.Located(place, pointee, position);
            }
        }
        return null;
    }

    /** The object whose method made this closure, if that captured it; else null. */
    Operand.Located outerSelf(Operand.Located closure, ClassSymbol symbol, SourcePosition position) {
        return symbol.scope().local(Lambdas.OUTER_THIS) instanceof Symbol.Field field
                ? (Operand.Located)
                        analysis.members.access(closure, new Lookup.Member(field, symbol), Optional.empty(), position)
                : null;
    }
}
