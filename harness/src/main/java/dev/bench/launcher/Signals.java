package dev.bench.launcher;

import java.util.List;
import java.util.Locale;

/** Knows Linux signal numbers (signal(7), x86 and ARM). */
public final class Signals {
    private static final List<String> NAMES = List.of(
            "HUP", "INT", "QUIT", "ILL", "TRAP", "ABRT", "BUS", "FPE", "KILL", "USR1", "SEGV", "USR2", "PIPE", "ALRM",
            "TERM", "STKFLT", "CHLD", "CONT", "STOP", "TSTP", "TTIN", "TTOU", "URG", "XCPU", "XFSZ", "VTALRM", "PROF",
            "WINCH", "IO", "PWR", "SYS");
    private static final int REAL_TIME_MINIMUM = 34;
    private static final int TERM = 15;

    private Signals() {}

    /** Returns the number of a signal written as {@code SIGTERM}, {@code TERM}, {@code 15} or {@code SIGRTMIN+3}. */
    public static int number(String signal) {
        String name = signal.strip().toUpperCase(Locale.ROOT);
        if (name.isEmpty()) {
            return TERM;
        }
        if (name.matches("[0-9]{1,2}")) {
            return Integer.parseInt(name);
        }
        if (name.startsWith("SIG")) {
            name = name.substring(3);
        }
        if (name.startsWith("RTMIN")) {
            return REAL_TIME_MINIMUM + (name.length() > 5 ? Integer.parseInt(name.substring(6)) : 0);
        }
        int index = NAMES.indexOf(name);
        if (index < 0) {
            throw new IllegalArgumentException("unknown signal " + signal);
        }
        return index + 1;
    }

    /** Returns the exit status a shell or engine reports for a status of wait(2). */
    public static int exitStatus(int waitStatus) {
        int signal = waitStatus & 0x7f;
        return signal == 0 ? (waitStatus >> 8) & 0xff : 128 + signal;
    }
}
