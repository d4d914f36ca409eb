package dev.bench.toy;

import dev.bench.image.TreeManifest;
import dev.bench.result.Identity;
import dev.bench.result.PhaseName;
import dev.bench.result.TargetKind;
import dev.bench.target.Instance;
import dev.bench.target.LaunchRequest;
import dev.bench.target.Observation;
import dev.bench.target.PhaseRecorder;
import dev.bench.target.Target;
import dev.bench.target.TargetDefinition;
import dev.bench.target.TargetException;
import dev.bench.workload.Limits;
import dev.bench.workload.PreparedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Launches threads in place of the image's program. */
final class ToyTarget implements Target {
    private final TargetDefinition definition;
    private final PreparedImage image;
    private final Limits limits;
    private final String address;

    ToyTarget(TargetDefinition definition, PreparedImage image, Limits limits, String address) {
        this.definition = definition;
        this.image = image;
        this.limits = limits;
        this.address = address;
    }

    @Override
    public TargetDefinition definition() {
        return definition;
    }

    @Override
    public TargetKind kind() {
        return ToyDriver.KIND;
    }

    @Override
    public boolean emulated() {
        return false;
    }

    @Override
    public Map<String, String> facts() {
        return Map.of("launched by", address);
    }

    @Override
    public boolean announcesExec() {
        return true;
    }

    @Override
    public Instance launch(LaunchRequest request, PhaseRecorder phases) {
        phases.mark(PhaseName.CREATED);
        ToyInstance instance = new ToyInstance(request, Long.parseLong(definition.option(ToyDriver.MILLISECONDS)));
        phases.mark(PhaseName.EXEC);
        phases.mark(PhaseName.STARTED);
        return instance;
    }

    @Override
    public Observation observe(LaunchRequest request) throws TargetException {
        try {
            return new Observation(
                    new Identity(
                            TreeManifest.of(image.tree()).digest(),
                            image.config().argv(),
                            image.config().env(),
                            0,
                            0,
                            image.config().workingDirectory(),
                            Files.readString(Path.of("/proc/sys/kernel/osrelease"))
                                    .strip(),
                            limits.cpus(),
                            limits.memoryBytes(),
                            null,
                            Map.of()),
                    () -> "");
        } catch (IOException e) {
            throw new TargetException(definition.name(), "cannot read the tree: " + e.getMessage(), "", e);
        }
    }

    @Override
    public void accountMemory() {}

    @Override
    public List<Long> daemons() {
        return List.of();
    }

    @Override
    public long imageBytes() {
        return 0;
    }

    @Override
    public void close() {}
}
