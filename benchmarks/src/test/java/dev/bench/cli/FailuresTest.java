package dev.bench.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bench.image.ImageException;
import dev.bench.result.ResultException;
import dev.bench.target.TargetException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

final class FailuresTest {
    @Test
    void aFullDiskIsTheHostsFaultWhereverItIsMet() {
        IOException full = new IOException("No space left on device");

        assertHost("the disk is full", full);
        assertHost("the disk is full", new UncheckedIOException(full));
        assertHost("the disk is full", new ResultException(Path.of("result.json"), "cannot write", full));
        assertHost("the disk is full", new ImageException("`mke2fs` said: No space left on device"));
    }

    @Test
    void aMissingPermissionNamesTheFile() {
        assertHost("no permission: /srv/results", new AccessDeniedException("/srv/results"));
    }

    @Test
    void aFileThatIsNoResultIsAMatterOfUsage() {
        assertEquals(
                ExitCode.USAGE,
                Failures.judge(new ResultException(Path.of("x"), "is no result"))
                        .code());
    }

    @Test
    void aTargetIsBlamedForItself() {
        Failures.Complaint complaint =
                Failures.judge(new TargetException("vm", "does not boot", "Try another kernel", null));

        assertEquals(ExitCode.TARGET_FAILED, complaint.code());
        assertEquals("target vm: does not boot. Try another kernel", complaint.message());
    }

    @Test
    void aFileThatCannotBeUsedIsAMatterOfUsage() {
        Failures.Complaint complaint = Failures.judge(new FileSystemException("/dev/null/x", null, "Not a directory"));

        assertEquals(ExitCode.USAGE, complaint.code());
        assertEquals("/dev/null/x: not a directory. Name another file or directory", complaint.message());
    }

    @Test
    void inputBeyondAllMeasureIsNoFaultOfTheTool() {
        assertHost("this takes more than the ", new OutOfMemoryError("Java heap space"));
        assertHost("this takes more than the ", new CompletionException(new OutOfMemoryError("Java heap space")));
    }

    @Test
    void whatNobodyForesawIsToldWithItsTraceInAFile() throws IOException {
        Failures.Complaint complaint = Failures.judge(new IllegalStateException("impossible"));

        assertEquals(ExitCode.INTERNAL_ERROR, complaint.code());
        Path trace = Path.of(complaint.message().replaceFirst("(?s).*\nThe stack trace is in ", ""));
        assertTrue(Files.readString(trace).startsWith("java.lang.IllegalStateException: impossible"));
        Files.delete(trace);
    }

    private static void assertHost(String message, Throwable thrown) {
        Failures.Complaint complaint = Failures.judge(thrown);
        assertEquals(ExitCode.HOST_UNFIT, complaint.code());
        assertTrue(complaint.message().startsWith(message), complaint.message());
    }
}
