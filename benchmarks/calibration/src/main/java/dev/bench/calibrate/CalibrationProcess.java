package dev.bench.calibrate;

import dev.bench.figure.CalibrationException;
import dev.bench.figure.Calibrator;
import dev.bench.jvm.MeasuringJvm;
import dev.bench.lab.Lab;
import dev.bench.session.Cancellation;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Starts the calibrating JVM in the lab and passes on what it tells. */
final class CalibrationProcess {
    private final Lab lab;
    private final Path log;

    CalibrationProcess(Lab lab, Path log) {
        this.lab = lab;
        this.log = log;
    }

    void run(CalibrationOrder order, Calibrator.Listener listener, Cancellation cancellation)
            throws IOException, CalibrationException {
        Path file = lab.view().runDirectory().resolve("calibration.json");
        MeasuringJvm.JSON.writeValue(file.toFile(), order);
        Path temporary = Files.createDirectories(lab.view().runDirectory().resolve("tmp"));
        List<String> command = MeasuringJvm.command(CalibrationMain.class, file, temporary);
        Process process = new ProcessBuilder(lab.enter(command))
                .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        // What it leaves is the lab's, and goes with the lab.
        cancellation.onRequest(process::destroyForcibly);
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith(CalibrationEvent.PREFIX)) {
                    pass(
                            MeasuringJvm.JSON.readValue(
                                    line.substring(CalibrationEvent.PREFIX.length()), CalibrationEvent.class),
                            listener);
                }
            }
            if (process.waitFor() != 0 && !cancellation.requested()) {
                throw new CalibrationException("the calibrating JVM ended early; see " + log, null);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CalibrationException("interrupted", e);
        } finally {
            // What it goes on starting until it is gone would outlive the lab.
            process.destroyForcibly().onExit().join();
        }
    }

    private static void pass(CalibrationEvent event, Calibrator.Listener listener) throws CalibrationException {
        if (event.stage() != null) {
            listener.stage(event.stage());
        }
        if (event.figure() != null) {
            listener.figure(event.figure());
        }
        if (event.failure() != null) {
            throw new CalibrationException(event.failure(), null);
        }
    }
}
