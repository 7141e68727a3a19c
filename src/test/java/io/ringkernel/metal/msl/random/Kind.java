package io.ringkernel.metal.msl.random;

/** The scalar types of random programs: one cell each. */
enum Kind {
    INT("int"),
    UINT("uint"),
    FLOAT("float");

    private final String type;

    Kind(String type) {
        this.type = type;
    }

    String type() {
        return type;
    }
}
