package io.ringkernel.metal.msl.check.semantics;

import io.ringkernel.metal.msl.check.TypedExpression;
import io.ringkernel.metal.msl.check.symbol.CppType;
import io.ringkernel.metal.msl.check.symbol.QualType;
import io.ringkernel.metal.msl.syntax.SourcePosition;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Arrays from brace lists: elements in order, GNU's designators, zeros for the rest. */
final class ArrayInitialization {
    private static final int LONGEST_COUNTED = 1 << 20;
    private static final int LONGEST = 1 << 22;

    private final Analysis analysis;

    ArrayInitialization(Analysis analysis) {
        this.analysis = analysis;
    }

    /** An unknown length is that of the list. */
    TypedExpression fromList(CppType.Array array, BraceCursor cursor, SourcePosition position) {
        var parts = parts(array, cursor);
        int length = array.length() < 0 ? parts.size() : array.length();
        var lowered = Lowering.object(QualType.of(new CppType.Array(array.element(), length)), position);
        if (length > LONGEST) {
            throw Refusal.at(
                    position,
                    "array of " + length + " elements is too large for the software device to initialise (limit "
                            + LONGEST + ")");
        }
        if (parts.contains(null) || parts.size() < length) {
            fill(parts, length, analysis.initialization.valueInitialised(array.element(), position));
        }
        return parts.stream().allMatch(ArrayInitialization::isZero)
                ? new TypedExpression.Zero(lowered, position)
                : new TypedExpression.Construct(lowered, parts, position);
    }

    private static void fill(List<TypedExpression> parts, int length, TypedExpression rest) {
        parts.replaceAll(part -> part == null ? rest : part);
        parts.addAll(Collections.nCopies(length - parts.size(), rest));
    }

    private static boolean isZero(TypedExpression part) {
        return part instanceof TypedExpression.Zero
                || part instanceof TypedExpression.Constant(var _, long bits, var _) && bits == 0;
    }

    private List<TypedExpression> parts(CppType.Array array, BraceCursor cursor) {
        var parts = new ArrayList<TypedExpression>();
        int next = 0;
        while (cursor.hasNext() && (cursor.nextIsElement() || array.length() < 0 || next < array.length())) {
            if (cursor.nextIsDesignated()) {
                throw Refusal.at(cursor.peekPosition(), "field designator cannot initialize a non-struct type");
            }
            var range = cursor.range(next);
            var position = cursor.peekPosition();
            checkRange(range, array.length(), position);
            next = range.last() + 1;
            parts.addAll(Collections.nCopies(Math.max(0, next - parts.size()), null));
            var value = analysis.initialization.element(array.element(), cursor);
            checkRepeated(range, value, position);
            Collections.fill(parts.subList(range.first(), next), value);
        }
        return parts;
    }

    private static void checkRange(BraceCursor.Range range, int length, SourcePosition position) {
        int end = length < 0 ? LONGEST_COUNTED : length;
        if (range.first() < 0 || range.first() > range.last() || range.last() >= end) {
            var text = range.first() == range.last() ? "" + range.first() : range.first() + " ... " + range.last();
            throw Refusal.at(position, "array designator [" + text + "] is not in an array of " + end + " elements");
        }
    }

    /** GNU's range evaluates its value once; here a constant alone can be repeated. */
    private void checkRepeated(BraceCursor.Range range, TypedExpression value, SourcePosition position) {
        if (range.first() < range.last() && analysis.evaluator.evaluate(value) == null) {
            throw Refusal.at(position, "an array designator with a range takes a constant");
        }
    }
}
