package dev.bench.measure.isolation;

import dev.bench.program.SystemCalls;

/** Says which part of a kernel what was entered belongs to. Stateless. */
public final class Subsystems {
    private Subsystems() {}

    /** Returns what a system call asks for, such as {@code network}, by its name. */
    public static String ofCall(String name) {
        return SystemCalls.subsystem(name);
    }

    /** Returns the kernel's own group of a tracepoint, given as {@code group:event}. */
    public static String ofTracepoint(String name) {
        return name.substring(0, Math.max(0, name.indexOf(':')));
    }

    /** Returns the module of a function, given by its name with its module behind it; of most the kernel itself. */
    public static String ofFunction(String name) {
        int module = name.indexOf(" [");
        return module < 0 ? "kernel" : name.substring(module + 2, name.length() - 1);
    }
}
