package dev.bench.cli;

import dev.bench.calibrate.CalibrationException;
import dev.bench.compare.ComparisonException;
import dev.bench.doctor.SetupException;
import dev.bench.image.ImageException;
import dev.bench.lab.LabException;
import dev.bench.result.ResultException;
import dev.bench.scenario.ScenarioException;
import dev.bench.target.TargetException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Turns what a command threw into a sentence and an exit status. */
final class Failures {
    private Failures() {}

    /**
     * Says what went wrong and how to end.
     *
     * @param message for people
     * @param code how the process ends
     */
    record Verdict(String message, ExitCode code) {}

    /** Judges an exception; only what nobody foresaw leaves a stack trace, and that in a file. */
    static Verdict judge(Throwable thrown) {
        String message = String.valueOf(thrown.getMessage());
        if (thrown instanceof ScenarioException
                || thrown instanceof ResultException
                || thrown instanceof ComparisonException) {
            return new Verdict(message, ExitCode.USAGE);
        }
        if (thrown instanceof LabException || thrown instanceof SetupException) {
            return new Verdict(message, ExitCode.HOST_UNFIT);
        }
        if (thrown instanceof TargetException
                || thrown instanceof ImageException
                || thrown instanceof CalibrationException) {
            return new Verdict(message, ExitCode.TARGET_FAILED);
        }
        if (thrown instanceof UncheckedIOException unchecked && unchecked.getCause() != null) {
            return judge(unchecked.getCause());
        }
        if (thrown instanceof IOException failed) {
            Verdict verdict = ofHost(failed);
            if (verdict != null) {
                return verdict;
            }
        }
        return new Verdict("internal error, please report: " + thrown + trace(thrown), ExitCode.INTERNAL_ERROR);
    }

    /** Judges what the host's disks and permissions cause; null where it is something else. */
    private static @Nullable Verdict ofHost(IOException failed) {
        String message = String.valueOf(failed.getMessage());
        if (message.contains("No space left on device")) {
            return new Verdict(
                    "the disk is full: " + message + ". Free space, or name other directories with --out and --cache",
                    ExitCode.HOST_UNFIT);
        }
        boolean denied = failed instanceof AccessDeniedException
                || message.contains("Permission denied")
                || message.contains("Read-only file system");
        if (denied) {
            String file = failed instanceof FileSystemException system ? system.getFile() : message;
            return new Verdict(
                    "no permission: " + file + ". Run as root, or name other directories with --out and --cache",
                    ExitCode.HOST_UNFIT);
        }
        return null;
    }

    private static String trace(Throwable thrown) {
        try {
            Path file = Files.createTempFile("bench-error-", ".txt");
            try (PrintWriter writer = new PrintWriter(Files.newBufferedWriter(file))) {
                thrown.printStackTrace(writer);
            }
            return "\nThe stack trace is in " + file;
        } catch (IOException e) {
            return "";
        }
    }
}
