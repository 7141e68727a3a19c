package io.ringkernel.metal.wire;

/**
 * Names a kernel or another endpoint of messages.
 *
 * <p><b>Shape.</b> A name for people and a 64-bit number for the wire. The number is the 64-bit FNV-1a hash (Fowler,
 * Noll and Vo) of the name in UTF-8, so that MSL code and other processes can know it beforehand. Number 0 is the host.
 *
 * <p><b>Equality</b> is that of the numbers. Two names of one number are as good as impossible; who registers kernels
 * refuses the second one as a duplicate.
 */
public final class KernelId {
    /** The host, number 0: where messages come from that no kernel sent. */
    public static final KernelId HOST = new KernelId("host", 0);

    private final String name;
    private final long number;

    private KernelId(String name, long number) {
        this.name = name;
        this.number = number;
    }

    /**
     * The id of the kernel with the given name; {@code "host"} is {@link #HOST}.
     *
     * @throws IllegalArgumentException if the name is blank
     */
    public static KernelId of(String name) {
        if (name.isBlank()) {
            throw new IllegalArgumentException("name is blank: \"" + name + "\"");
        }
        if (name.equals(HOST.name)) {
            return HOST;
        }
        long number = Wire.stableHash(name);
        return new KernelId(name, number == 0 ? 1 : number);
    }

    /** The id with the given number, of a kernel whose name is not known; its name tells the number. */
    public static KernelId ofNumber(long number) {
        return number == HOST.number ? HOST : new KernelId("#" + Long.toHexString(number), number);
    }

    /** The name. */
    public String name() {
        return name;
    }

    /** The number on the wire, unsigned. */
    public long number() {
        return number;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof KernelId id && id.number == number;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(number);
    }

    @Override
    public String toString() {
        return name;
    }
}
