package dev.bench.workload;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Knows Linux signal numbers (signal(7), x86 and ARM), written as Docker reads them. */
public final class Signals {
    private static final List<String> NAMES = List.of(
            "HUP", "INT", "QUIT", "ILL", "TRAP", "ABRT", "BUS", "FPE", "KILL", "USR1", "SEGV", "USR2", "PIPE", "ALRM",
            "TERM", "STKFLT", "CHLD", "CONT", "STOP", "TSTP", "TTIN", "TTOU", "URG", "XCPU", "XFSZ", "VTALRM", "PROF",
            "WINCH", "IO", "PWR", "SYS");
    private static final Map<String, String> OTHER_NAMES = Map.of("CLD", "CHLD", "IOT", "ABRT", "POLL", "IO");
    private static final Pattern REAL_TIME = Pattern.compile("RTM(IN|AX)(?:([+-])([0-9]{1,2}))?");
    private static final int REAL_TIME_MINIMUM = 34;
    private static final int REAL_TIME_MAXIMUM = 64;
    private static final int TERM = 15;

    private Signals() {}

    /**
     * Returns the number of a signal written as {@code SIGTERM}, {@code TERM}, {@code 15}, {@code SIGRTMIN+3} or
     * {@code SIGRTMAX-3}.
     *
     * @throws IllegalArgumentException if there is no such signal; the message says what is accepted
     */
    public static int number(String signal) {
        String name = signal.toUpperCase(Locale.ROOT);
        if (name.isEmpty()) {
            return TERM;
        }
        if (name.startsWith("SIG")) {
            name = name.substring(3);
        }
        int number = 0;
        Matcher realTime = REAL_TIME.matcher(name);
        if (signal.matches("[0-9]{1,2}")) {
            number = Integer.parseInt(signal);
        } else if (realTime.matches()) {
            boolean fromMinimum = "IN".equals(realTime.group(1));
            String sign = realTime.group(2);
            int distance = sign == null ? 0 : Integer.parseInt(realTime.group(3));
            if (sign == null || sign.equals(fromMinimum ? "+" : "-")) {
                number = fromMinimum ? REAL_TIME_MINIMUM + distance : REAL_TIME_MAXIMUM - distance;
                number = number < REAL_TIME_MINIMUM ? 0 : number;
            }
        } else {
            number = NAMES.indexOf(OTHER_NAMES.getOrDefault(name, name)) + 1;
        }
        if (number < 1 || number > REAL_TIME_MAXIMUM) {
            throw new IllegalArgumentException("'" + signal
                    + "' is not a signal; give a name such as SIGTERM or SIGRTMIN+3, or a number from 1 to 64");
        }
        return number;
    }

    /** Returns the exit status a shell or engine reports for a status of wait(2). */
    public static int exitStatus(int waitStatus) {
        int signal = waitStatus & 0x7f;
        return signal == 0 ? (waitStatus >> 8) & 0xff : 128 + signal;
    }
}
