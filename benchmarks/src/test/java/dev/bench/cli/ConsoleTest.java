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
}
