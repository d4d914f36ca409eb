package dev.bench.cli;

import dev.bench.document.PlainText;
import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Writes to the terminal: results on standard output, everything else on standard error. The only class that touches
 * the two streams. Safe for use by several threads.
 */
final class Console {
    private static final int DEFAULT_WIDTH = 100;
    private static final int LEAST_WIDTH = 40;
    private static final int RED = 31;

    private final PrintStream out;
    private final PrintStream err;
    private final boolean interactive;
    private final boolean colouredOut;
    private final boolean colouredErr;
    private final int outColumns;
    private final int errColumns;
    private boolean unfinishedLine;

    /** Makes a console whose streams are no terminals. */
    Console(PrintStream out, PrintStream err, boolean interactive, boolean colouredOut, boolean colouredErr) {
        this(out, err, interactive, colouredOut, colouredErr, Integer.MAX_VALUE, Integer.MAX_VALUE);
    }

    Console(
            PrintStream out,
            PrintStream err,
            boolean interactive,
            boolean colouredOut,
            boolean colouredErr,
            int outColumns,
            int errColumns) {
        this.out = out;
        this.err = err;
        this.interactive = interactive;
        this.colouredOut = colouredOut;
        this.colouredErr = colouredErr;
        this.outColumns = outColumns;
        this.errColumns = errColumns;
    }

    /** Returns the process's own console. */
    static Console system() {
        boolean capable = !"dumb".equals(System.getenv("TERM"));
        boolean colour = capable && System.getenv().getOrDefault("NO_COLOR", "").isEmpty();
        return new Console(
                // Not System.out: its encoding would follow the locale and lose what is not ASCII.
                new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8),
                new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8),
                capable && isTerminal(0) && isTerminal(2),
                colour && isTerminal(1),
                colour && isTerminal(2),
                isTerminal(1) ? columns() : Integer.MAX_VALUE,
                isTerminal(2) ? columns() : Integer.MAX_VALUE);
    }

    /** Tells whether a descriptor is a terminal; {@code System.console()} knows of the first two only together. */
    private static boolean isTerminal(int descriptor) {
        try {
            String file = Files.readSymbolicLink(Path.of("/proc/self/fd", Integer.toString(descriptor)))
                    .toString();
            return file.startsWith("/dev/pts/") || file.startsWith("/dev/tty") || file.equals("/dev/console");
        } catch (IOException e) {
            return false;
        }
    }

    /** Returns whether a person sits there who can answer. */
    boolean isInteractive() {
        return interactive;
    }

    /** Returns the number of columns results may take. */
    int width() {
        return columns();
    }

    /** Returns the number of columns of standard output where it is a terminal; without bound elsewhere. */
    int outColumns() {
        return outColumns;
    }

    /** The launcher asks the terminal. */
    private static int columns() {
        String columns = System.getenv().getOrDefault("COLUMNS", "");
        int width = columns.matches("[0-9]{1,4}") ? Integer.parseInt(columns) : DEFAULT_WIDTH;
        return Math.max(LEAST_WIDTH, width);
    }

    /** Returns a text in a colour (an SGR number) where standard output shows colours. */
    String coloured(int colour, String text) {
        return colouredOut ? "\u001b[" + colour + "m" + text + "\u001b[0m" : text;
    }

    /** Returns whether standard output shows colours. */
    boolean isColoured() {
        return colouredOut;
    }

    /** Returns whether standard error shows colours. */
    boolean isErrorColoured() {
        return colouredErr;
    }

    /** Returns standard output, for libraries that print themselves. */
    PrintStream out() {
        return out;
    }

    /** Returns standard error, for libraries that print themselves. */
    PrintStream err() {
        return err;
    }

    /** Writes a result. */
    synchronized void result(String text) {
        endLine();
        out.print(text.endsWith("\n") ? text : text + "\n");
        out.flush();
    }

    /** Writes a result for people, which a narrow terminal gets with its lines broken at spaces. */
    void text(String text) {
        result(Folding.fold(text, outColumns));
    }

    /** Says what happens. */
    synchronized void say(String text) {
        endLine();
        err.println(shown(text));
    }

    /** Reports a problem. */
    synchronized void problem(String text) {
        endLine();
        String shown = shown(text);
        err.println(colouredErr ? "\u001b[" + RED + "m" + shown + "\u001b[0m" : shown);
    }

    /** Returns a message as standard error shows it: harmless, and folded where it is a terminal. */
    String shown(String text) {
        return Folding.fold(harmless(text), errColumns);
    }

    /** Keeps what a message quotes, such as a name in a file, from moving the cursor or changing the colours. */
    static String harmless(String text) {
        return text.lines().map(PlainText::printable).collect(Collectors.joining("\n"));
    }

    /** Replaces the line of progress on a terminal; says nothing elsewhere. */
    synchronized void progress(String text) {
        if (interactive) {
            // A line that wraps could not be replaced.
            err.print("\r\u001b[K" + (text.length() < errColumns ? text : text.substring(0, errColumns - 1)));
            err.flush();
            unfinishedLine = true;
        }
    }

    /** Asks a question that is answered by yes or no; nobody there means no. */
    boolean confirm(String question) {
        if (!interactive) {
            return false;
        }
        synchronized (this) {
            endLine();
            err.print(question + " [y/N] ");
            err.flush();
        }
        try {
            String answer = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)).readLine();
            return answer != null && answer.strip().toLowerCase(Locale.ROOT).startsWith("y");
        } catch (IOException e) {
            return false;
        }
    }

    private synchronized void endLine() {
        if (unfinishedLine) {
            err.print("\r\u001b[K");
            unfinishedLine = false;
        }
    }
}
