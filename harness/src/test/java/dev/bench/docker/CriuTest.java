package dev.bench.docker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bench.host.Capability;
import dev.bench.host.Executables;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CriuTest {
    @TempDir
    private Path directory;

    @Test
    void anEnginesWordsAreFollowedByThoseOfTheLogItNames() throws Exception {
        Path log = Files.writeString(directory.resolve("criu-dump.log"), """
                (00.000020) Version: 3.17.1 (gitid 0)
                (00.003122) Error (criu/vdso.c:612): vdso: Unexpected rt vDSO area bounds
                (00.003130) Error (criu/vdso.c:653): vdso: Failed to fill self vdso symtable
                (00.003140) Warn  (criu/kerndat.c:1): nothing to worry about
                Error (criu/kerndat.c:1690): kerndat_vdso_fill_symtable failed
                (00.003150) Error (criu/cr-dump.c:9): a fourth one, which follows from the others
                """);
        String message = "criu failed: type NOTIFY errno 0 path= " + log + ": unknown";
        assertEquals(
                message + ": vdso: Unexpected rt vDSO area bounds; vdso: Failed to fill self vdso symtable;"
                        + " kerndat_vdso_fill_symtable failed",
                Criu.explained(message));
        String older = "criu failed: type NOTIFY errno 0\nlog file: " + log;
        assertTrue(Criu.explained(older).endsWith("symtable failed"), Criu.explained(older));
    }

    @Test
    void wordsWithoutALogStayAsTheyAre() {
        assertEquals("no such container", Criu.explained("no such container"));
        String gone = "criu failed: log file: " + directory.resolve("gone.log");
        assertEquals(gone, Criu.explained(gone));
    }

    @Test
    void aHostWithoutCriuIsUnfitForRestoresOnly() {
        Capability criu = Criu.examine();
        if (Executables.find("criu").isEmpty()) {
            assertEquals("not installed", criu.finding());
            assertEquals(Set.of("docker:criu"), criu.neededBy());
        } else {
            // Whatever it says, it says in words; nothing of the trial is left to listen.
            assertTrue(!criu.finding().isEmpty(), criu.toString());
        }
    }
}
