package dev.bench.cli;

import dev.bench.compare.ComparisonException;
import dev.bench.doctor.SetupException;
import dev.bench.figure.CalibrationException;
import dev.bench.host.HostFault;
import dev.bench.image.ImageException;
import dev.bench.report.ReportException;
import dev.bench.result.FileFault;
import dev.bench.result.ResultException;
import dev.bench.scenario.ScenarioException;
import dev.bench.target.LabException;
import dev.bench.target.TargetException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Turns what a command threw into a sentence and an exit status. */
final class Failures {
    private Failures() {}

    /**
     * Says what went wrong and how to end.
     *
     * @param message for people
     * @param code how the process ends
     */
    record Complaint(String message, ExitCode code) {}

    /** Judges an exception; only what nobody foresaw leaves a stack trace, and that in a file. */
    static Complaint judge(Throwable thrown) {
        String message = String.valueOf(thrown.getMessage());
        if (thrown instanceof ResultException
                || thrown instanceof IOException
                || thrown instanceof ImageException
                || thrown instanceof LabException) {
            Optional<String> host = HostFault.describe(thrown);
            if (host.isPresent()) {
                return new Complaint(host.get(), ExitCode.HOST_UNFIT);
            }
        }
        if (isOutOfMemory(thrown)) {
            return new Complaint(
                    "this takes more than the " + (Runtime.getRuntime().maxMemory() >> 20)
                            + " MiB of memory that the JVM may have: the input holds too much. Name a smaller one, or give"
                            + " more as JAVA_TOOL_OPTIONS=-Xmx4g",
                    ExitCode.HOST_UNFIT);
        }
        if (thrown instanceof ScenarioException
                || thrown instanceof ResultException
                || thrown instanceof ComparisonException) {
            return new Complaint(message, ExitCode.USAGE);
        }
        if (thrown instanceof LabException || thrown instanceof SetupException) {
            return new Complaint(message, ExitCode.HOST_UNFIT);
        }
        if (thrown instanceof TargetException
                || thrown instanceof ImageException
                || thrown instanceof CalibrationException) {
            return new Complaint(message, ExitCode.TARGET_FAILED);
        }
        if (thrown instanceof FileSystemException file) {
            return new Complaint(
                    file.getFile() + ": " + FileFault.reason(file) + ". Name another file or directory",
                    ExitCode.USAGE);
        }
        if (thrown instanceof UncheckedIOException unchecked && unchecked.getCause() != null) {
            return judge(unchecked.getCause());
        }
        if (thrown instanceof ReportException && thrown.getCause() != null) {
            return new Complaint(message + trace(thrown.getCause()), ExitCode.INTERNAL_ERROR);
        }
        return new Complaint("internal error, please report: " + thrown + trace(thrown), ExitCode.INTERNAL_ERROR);
    }

    private static boolean isOutOfMemory(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof OutOfMemoryError) {
                return true;
            }
        }
        return false;
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
