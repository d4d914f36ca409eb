package dev.bench.process;

import dev.bench.image.LoopFileSystem;
import dev.bench.result.TargetKind;
import dev.bench.target.Faculty;
import dev.bench.target.HostChecks;
import dev.bench.target.LabView;
import dev.bench.target.OptionFault;
import dev.bench.target.OptionSpec;
import dev.bench.target.StartMode;
import dev.bench.target.Target;
import dev.bench.target.TargetDefinition;
import dev.bench.target.TargetDriver;
import dev.bench.target.TargetException;
import dev.bench.target.TypicalStart;
import dev.bench.workload.Limits;
import dev.bench.workload.PreparedImage;
import java.util.List;
import java.util.Optional;

/** Opens targets that are bare processes. */
public final class ProcessDriver implements TargetDriver {
    static final String KEY = "process";

    @Override
    public String key() {
        return KEY;
    }

    @Override
    public TargetKind kind() {
        return TargetKind.PROCESS;
    }

    @Override
    public List<OptionSpec> options() {
        return List.of();
    }

    @Override
    public Optional<List<OptionSpec>> options(Faculty faculty) {
        return switch (faculty) {
            case STORE -> Optional.of(List.of(ProcessPlace.OPTION));
            case START -> Optional.of(StartMode.OPTIONS);
            case BUILD, DELIVER, STACK -> Optional.empty();
        };
    }

    @Override
    public Optional<OptionFault> fault(TargetDefinition definition) {
        return StartMode.of(definition) == StartMode.RESTORE
                ? Optional.of(new OptionFault(
                        StartMode.KEY,
                        "'restore' is not for a bare process, whose state nothing saves; give resume or cold, or restore to"
                                + " a container or a machine"))
                : Optional.empty();
    }

    @Override
    public Optional<OptionFault> notFresh(TargetDefinition definition) {
        return ProcessPlace.notFresh(definition);
    }

    @Override
    public Optional<String> notFresh(TargetDefinition definition, boolean existing) {
        return LoopFileSystem.problem();
    }

    @Override
    public Target open(TargetDefinition definition, PreparedImage image, Limits limits, LabView lab)
            throws TargetException {
        return ProcessTarget.open(definition, image, limits, lab);
    }

    @Override
    public HostChecks checks() {
        return new ProcessChecks();
    }

    @Override
    public TypicalStart typicalStart(TargetDefinition definition) {
        return new TypicalStart(0.05, 0.1, 5e-4, 0);
    }
}
