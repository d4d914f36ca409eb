package dev.bench.toy;

import dev.bench.host.Capability;
import dev.bench.host.SystemFiles;
import dev.bench.result.TargetKind;
import dev.bench.target.DriverPackages;
import dev.bench.target.Endpoint;
import dev.bench.target.HostChecks;
import dev.bench.target.LabService;
import dev.bench.target.LabView;
import dev.bench.target.LeftoverRemoval;
import dev.bench.target.OptionSpec;
import dev.bench.target.Target;
import dev.bench.target.TargetDefinition;
import dev.bench.target.TargetDriver;
import dev.bench.target.TargetException;
import dev.bench.target.TypicalStart;
import dev.bench.workload.Limits;
import dev.bench.workload.PreparedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Opens targets that are threads of the measuring JVM: they need no container engine, no emulator and no privilege. */
public final class ToyDriver implements TargetDriver {
    /** Names a file in this directory while a lab lives, as an engine has what outlives its client. */
    public static final String STATE = "TOY_STATE";

    /** Set where the host is to lack what the driver needs. */
    public static final String LACKING = "TOY_LACKING";

    static final String KEY = "thread";
    static final String MILLISECONDS = "milliseconds";
    static final TargetKind KIND = TargetKind.of("thread");

    private static final Endpoint ENDPOINT =
            new Endpoint("toyAddress", "--toy-address", "TOY_ADDRESS", "Use these threads instead of the lab's own.");

    @Override
    public String key() {
        return KEY;
    }

    @Override
    public TargetKind kind() {
        return KIND;
    }

    @Override
    public List<OptionSpec> options() {
        return List.of(new OptionSpec(
                MILLISECONDS, OptionSpec.Type.WHOLE_NUMBER, List.of("1"), "1", "How long a thread runs."));
    }

    @Override
    public Target open(TargetDefinition definition, PreparedImage image, Limits limits, LabView lab)
            throws TargetException {
        return new ToyTarget(definition, image, limits, lab.service(KEY));
    }

    @Override
    public Optional<Endpoint> endpoint() {
        return Optional.of(ENDPOINT);
    }

    @Override
    public Optional<LabService.Starter> service() {
        return Optional.of(site -> {
            String endpoint = site.endpoint();
            Path file = file(state(), site.runId());
            Files.createFile(file);
            return new ToyService(endpoint == null ? "threads of the lab" : endpoint, file);
        });
    }

    @Override
    public LeftoverRemoval leftovers() {
        return new Leftovers();
    }

    @Override
    public HostChecks checks() {
        return examination -> List.of(
                System.getenv(LACKING) == null
                        ? Capability.ok("toy threads", "there are some")
                        : Capability.missing(
                                        "toy threads",
                                        "there are none",
                                        "threads cannot be measured",
                                        "run `bench setup`")
                                .mendedBy(List.of("toy-threads"))
                                .neededBy(Set.of(KEY)));
    }

    @Override
    public DriverPackages packages() {
        return () -> List.of("toyd");
    }

    @Override
    public Map<String, String> versions(SystemFiles files) {
        return Map.of("toy", "1.0");
    }

    @Override
    public TypicalStart typicalStart(TargetDefinition definition) {
        return new TypicalStart(Double.parseDouble(definition.option(MILLISECONDS)) / 1e3, 0, 0, 0);
    }

    private static Path state() {
        String directory = System.getenv(STATE);
        return Path.of(directory == null ? System.getProperty("java.io.tmpdir") : directory);
    }

    private static Path file(Path directory, String runId) {
        return directory.resolve("toy-" + runId);
    }

    private record ToyService(String address, Path file) implements LabService {
        @Override
        public void close() {
            try {
                Files.delete(file);
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }
    }

    /** Finds the file by what the run stated: whoever removes it may have another environment. */
    private static final class Leftovers implements LeftoverRemoval {
        private static final String STATED = "toyState";

        @Override
        public Map<String, String> statement(List<TargetDefinition> targets) {
            return targets.isEmpty() ? Map.of() : Map.of(STATED, state().toString());
        }

        @Override
        public void remove(String runId, Map<String, String> stated) throws IOException {
            String directory = stated.get(STATED);
            if (directory != null) {
                Files.deleteIfExists(file(Path.of(directory), runId));
            }
        }
    }
}
