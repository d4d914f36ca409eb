package dev.bench.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import org.junit.jupiter.api.Test;

final class ConsoleTest {
    @Test
    void whatAMessageQuotesMovesNoCursor() {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        PrintStream err = new PrintStream(said, true, UTF_8);
        Console console = new Console(err, err, false, false, false);

        console.problem("no target 'a\u001b[2Jb\0'\nsecond line");
        console.say("\u202ereversed");

        assertEquals("no target 'a\ufffd[2Jb\ufffd'\nsecond line\n\ufffdreversed\n", said.toString(UTF_8));
    }

    @Test
    void aNarrowTerminalGetsLinesBrokenAtSpaces() {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        PrintStream err = new PrintStream(said, true, UTF_8);
        Console console = new Console(err, err, true, false, false, 20, 20);

        console.say("  no result in /srv/a/very/long/directory of it");
        console.text("one two three four five six\nshort\n");
        console.result("{\"json\": \"is not to be broken\"}");
        console.progress("12345678901234567890123");

        assertEquals(
                "  no result in\n    /srv/a/very/long/directory\n    of it\none two three four\n  five six\nshort\n"
                        + "{\"json\": \"is not to be broken\"}\n\r\u001b[K1234567890123456789",
                said.toString(UTF_8));
    }
}
