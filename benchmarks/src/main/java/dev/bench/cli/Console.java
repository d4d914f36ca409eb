package dev.bench.cli;

import java.io.PrintStream;
import java.util.Locale;

/**
 * Writes to the terminal: results on standard output, everything else on standard error. The only class that touches
 * the two streams.
 */
final class Console {
    private final PrintStream out;
    private final PrintStream err;
    private final boolean interactive;
    private final boolean colour;
    private boolean unfinishedLine;

    private Console(PrintStream out, PrintStream err, boolean interactive, boolean colour) {
        this.out = out;
        this.err = err;
        this.interactive = interactive;
        this.colour = colour;
    }

    /** Returns the process's own console. */
    static Console system() {
        boolean terminal = System.console() != null && !"dumb".equals(System.getenv("TERM"));
        boolean noColour =
                System.getenv("NO_COLOR") != null && !System.getenv("NO_COLOR").isEmpty();
        return new Console(System.out, System.err, terminal, terminal && !noColour);
    }

    /** Returns whether a person sits there who can answer. */
    boolean isInteractive() {
        return interactive;
    }

    /** Writes a result. */
    synchronized void result(String text) {
        endLine();
        out.print(text.endsWith("\n") ? text : text + "\n");
        out.flush();
    }

    /** Says what happens. */
    synchronized void say(String text) {
        endLine();
        err.println(text);
    }

    /** Reports a problem. */
    synchronized void problem(String text) {
        endLine();
        err.println(colour ? "\u001b[31m" + text + "\u001b[0m" : text);
    }

    /** Replaces the line of progress on a terminal; says nothing elsewhere. */
    synchronized void progress(String text) {
        if (interactive) {
            err.print("\r\u001b[K" + text);
            err.flush();
            unfinishedLine = true;
        }
    }

    /** Asks a question that is answered by yes or no. */
    boolean confirm(String question) {
        endLine();
        java.io.Console terminal = System.console();
        if (terminal == null) {
            return false;
        }
        String answer = terminal.readLine("%s [y/N] ", question);
        return answer != null && answer.strip().toLowerCase(Locale.ROOT).startsWith("y");
    }

    private synchronized void endLine() {
        if (unfinishedLine) {
            err.print("\r\u001b[K");
            unfinishedLine = false;
        }
    }
}
