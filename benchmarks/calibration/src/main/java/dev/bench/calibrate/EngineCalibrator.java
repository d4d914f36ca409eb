package dev.bench.calibrate;

import dev.bench.figure.CalibrationException;
import dev.bench.figure.Calibrator;
import dev.bench.image.ImageException;
import dev.bench.target.LabException;
import java.io.IOException;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** Holds the tool against engines that are driven by hand. */
public final class EngineCalibrator implements Calibrator {
    @Override
    public List<String> parts() {
        return Arrays.stream(Part.values()).map(EngineCalibrator::name).toList();
    }

    @Override
    public Set<String> usualParts() {
        // Gates take as long as all the others together.
        return EnumSet.complementOf(EnumSet.of(Part.GATES)).stream()
                .map(EngineCalibrator::name)
                .collect(Collectors.toSet());
    }

    @Override
    public List<String> lacking(Set<String> parts) {
        return named(parts).stream()
                .flatMap(part -> part.lacking().stream())
                .sorted()
                .toList();
    }

    @Override
    public void run(Request request, Listener listener)
            throws CalibrationException, LabException, ImageException, IOException {
        new Calibration(request, named(request.parts())).run(listener);
    }

    private static String name(Part part) {
        return part.name().toLowerCase(Locale.ROOT);
    }

    private static Set<Part> named(Set<String> names) {
        return Arrays.stream(Part.values())
                .filter(part -> names.contains(name(part)))
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(Part.class)));
    }
}
