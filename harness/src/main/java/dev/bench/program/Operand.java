package dev.bench.program;

/** Gives an argument of a system call. */
public sealed interface Operand {
    /** Returns a number known now. */
    static Operand of(long value) {
        return new Immediate(value);
    }

    /**
     * Gives a number known when the program is written.
     *
     * @param value the number
     */
    record Immediate(long value) implements Operand {}

    /**
     * Gives the address of prepared data or of a buffer.
     *
     * @param offset offset from the start of the program's data
     */
    record Address(int offset) implements Operand {}

    /**
     * Gives a number known only when the program runs: eight bytes of memory that an earlier call's result was stored in.
     *
     * @param location where it is
     */
    record Slot(Address location) implements Operand {}
}
