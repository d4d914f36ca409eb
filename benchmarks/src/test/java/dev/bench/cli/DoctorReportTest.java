package dev.bench.cli;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bench.host.Capability;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

final class DoctorReportTest {
    private static final PrintStream NOWHERE =
            new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
    private static final Console CONSOLE = new Console(NOWHERE, NOWHERE, false, false, false);

    @Test
    void onANarrowTerminalTheFindingStandsBelowTheName() {
        String text = new DoctorReport(CONSOLE, List.of(), 40)
                .render(List.of(Capability.missing("engine", "there is none", "nothing runs", "install it")));

        assertTrue(
                text.startsWith("✗ missing   engine\n    there is none\n    nothing runs\n    → install it\n"), text);
    }

    @Test
    void whatAProgramSaidInSeveralLinesStaysInItsColumn() {
        String text = new DoctorReport(CONSOLE, List.of(), 80)
                .render(List.of(
                        Capability.missing("engine", "it said:\n\tone\ntwo\u001b[2J", "nothing runs", "mend it")));

        assertTrue(
                text.startsWith("✗ missing   engine  it said:\n" + " ".repeat(20)),
                () -> text.replace("\u001b", "ESC"));
        assertTrue(text.contains("\n" + " ".repeat(20) + "two"), text);
        assertTrue(!text.contains("\u001b"), () -> text.replace("\u001b", "ESC"));
    }
}
