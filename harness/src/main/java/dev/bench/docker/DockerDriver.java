package dev.bench.docker;

import dev.bench.result.TargetKind;
import dev.bench.target.LabView;
import dev.bench.target.OptionSpec;
import dev.bench.target.Target;
import dev.bench.target.TargetDefinition;
import dev.bench.target.TargetDriver;
import dev.bench.target.TargetException;
import dev.bench.target.TypicalStart;
import dev.bench.workload.Limits;
import dev.bench.workload.PreparedImage;
import java.util.List;

/** Opens targets on a Docker engine, or on any engine that speaks its API. */
public final class DockerDriver implements TargetDriver {
    static final String KEY = "docker";
    static final String RUNTIME = "runtime";

    @Override
    public String key() {
        return KEY;
    }

    @Override
    public TargetKind kind() {
        return TargetKind.CONTAINER;
    }

    @Override
    public List<OptionSpec> options() {
        return List.of(new OptionSpec(
                RUNTIME,
                OptionSpec.Type.TEXT,
                List.of("runc", "crun"),
                "",
                "OCI runtime, by the name the engine knows it by; the engine's default where none is given."));
    }

    @Override
    public Target open(TargetDefinition definition, PreparedImage image, Limits limits, LabView lab)
            throws TargetException {
        return DockerTarget.open(definition, image, limits, lab);
    }

    @Override
    public TypicalStart typicalStart(TargetDefinition definition) {
        return new TypicalStart(0.4, 0.4, 5e-4, 0);
    }
}
