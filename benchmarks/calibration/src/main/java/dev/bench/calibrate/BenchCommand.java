package dev.bench.calibrate;

import dev.bench.figure.CalibrationException;
import dev.bench.session.Cancellation;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Runs the command line as a user does: by its launcher, in a JVM of its own. */
final class BenchCommand {
    private final Path launcher;
    private final Cancellation cancellation;

    BenchCommand(Path launcher, Cancellation cancellation) {
        this.launcher = launcher;
        this.cancellation = cancellation;
    }

    /**
     * Runs a command to its end, and asks it to stop where the calibration is cancelled.
     *
     * @return milliseconds from before the launcher began until it had ended
     * @throws CalibrationException where it fails, unless the calibration was cancelled
     */
    double millis(String... arguments) throws IOException, CalibrationException {
        List<String> command = new ArrayList<>(List.of(launcher.toString()));
        command.addAll(List.of(arguments));
        long begin = System.nanoTime();
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        cancellation.onRequest(process::destroy);
        try {
            if (process.waitFor() != 0 && !cancellation.requested()) {
                throw new CalibrationException("it failed: " + String.join(" ", command), null);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CalibrationException("interrupted", e);
        }
        return (System.nanoTime() - begin) / 1e6;
    }
}
