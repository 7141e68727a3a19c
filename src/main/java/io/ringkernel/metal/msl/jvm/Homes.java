package io.ringkernel.metal.msl.jvm;

import io.ringkernel.metal.msl.ir.Var;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.TypeKind;
import java.util.LinkedHashMap;
import java.util.Map;

/** Where the variables of one method are: in JVM locals, or in arrays with one element per lane or with only one. */
final class Homes {
    private final Map<Var, Integer> locals = new LinkedHashMap<>();
    private final Map<Var, Integer> arrays = new LinkedHashMap<>();
    private final Map<Var, Integer> cells = new LinkedHashMap<>();
    private final int worker;
    private int lane = -1;

    /** {@code worker} is the local that holds it. */
    Homes(int worker) {
        this.worker = worker;
    }

    /** The same, to add to without changing this one. */
    Homes copy() {
        var copy = new Homes(worker);
        copy.locals.putAll(locals);
        copy.arrays.putAll(arrays);
        copy.cells.putAll(cells);
        copy.lane = lane;
        return copy;
    }

    void worker(CodeBuilder code) {
        code.aload(worker);
    }

    /** The local that holds a parameter. */
    void place(Var var, int local) {
        locals.put(var, local);
    }

    /** The local that holds a variable's array. */
    void placeArray(Var var, int local) {
        arrays.put(var, local);
    }

    /** The local that holds an array whose first element is the variable. */
    void placeCell(Var var, int local) {
        cells.put(var, local);
    }

    /** The local that says which element of the arrays is meant. */
    void lane(int local) {
        lane = local;
    }

    boolean isArray(Var var) {
        return arrays.containsKey(var);
    }

    boolean isPlaced(Var var) {
        return locals.containsKey(var) || arrays.containsKey(var) || cells.containsKey(var);
    }

    int array(Var var) {
        return arrays.get(var);
    }

    void load(CodeBuilder code, Var var) {
        var array = arrays.get(var);
        if (array != null) {
            code.aload(array).iload(lane).arrayLoad(Jvm.kind(var.slot()));
            return;
        }
        var cell = cells.get(var);
        if (cell != null) {
            code.aload(cell).iconst_0().arrayLoad(Jvm.kind(var.slot()));
            return;
        }
        var local = locals.get(var);
        if (local == null) {
            throw new IllegalStateException("variable has no value: " + var);
        }
        code.loadLocal(Jvm.kind(var.slot()), local);
    }

    /** Stores what {@code push} leaves on the stack. */
    void store(CodeBuilder code, Var var, Runnable push) {
        var isArray = arrays.containsKey(var);
        if (isArray || cells.containsKey(var)) {
            code.aload(isArray ? arrays.get(var) : cells.get(var));
            if (isArray) {
                code.iload(lane);
            } else {
                code.iconst_0();
            }
            push.run();
            code.arrayStore(Jvm.kind(var.slot()));
        } else {
            push.run();
            code.storeLocal(Jvm.kind(var.slot()), local(code, var));
        }
    }

    /** The local of a variable, allocated when first asked for. */
    int local(CodeBuilder code, Var var) {
        return locals.computeIfAbsent(var, v -> code.allocateLocal(Jvm.kind(v.slot())));
    }

    /** A local that belongs to no variable. */
    static int fresh(CodeBuilder code, TypeKind kind) {
        return code.allocateLocal(kind);
    }
}
