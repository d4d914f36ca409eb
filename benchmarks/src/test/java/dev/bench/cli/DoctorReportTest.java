package dev.bench.cli;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bench.host.Capability;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

final class DoctorReportTest {
    @Test
    void whatAProgramSaidInSeveralLinesStaysInItsColumn() {
        PrintStream nowhere = new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
        Console console = new Console(nowhere, nowhere, false, false, false);

        String text = new DoctorReport(console, List.of())
                .render(List.of(
                        Capability.missing("engine", "it said:\n\tone\ntwo\u001b[2J", "nothing runs", "mend it")));

        assertTrue(
                text.startsWith("✗ missing   engine  it said:\n" + " ".repeat(20)),
                () -> text.replace("\u001b", "ESC"));
        assertTrue(text.contains("\n" + " ".repeat(20) + "two"), text);
        assertTrue(!text.contains("\u001b"), () -> text.replace("\u001b", "ESC"));
    }
}
