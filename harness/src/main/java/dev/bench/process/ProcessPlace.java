package dev.bench.process;

import dev.bench.host.FileTrees;
import dev.bench.image.ImageException;
import dev.bench.image.LoopFileSystem;
import dev.bench.result.FailureKind;
import dev.bench.target.Event;
import dev.bench.target.Instance;
import dev.bench.target.LaunchException;
import dev.bench.target.LaunchRequest;
import dev.bench.target.OptionFault;
import dev.bench.target.OptionSpec;
import dev.bench.target.PhaseRecorder;
import dev.bench.target.Place;
import dev.bench.target.PlaceRequest;
import dev.bench.target.Target;
import dev.bench.target.TargetDefinition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Is where bare processes keep data: the upper layer of the overlay they run on, or a directory of the host. */
final class ProcessPlace implements Place {
    private static final String KEY = "place";
    private static final String LAYER = "layer";
    private static final String DIRECTORY_OF_HOST = "directory";

    static final OptionSpec OPTION = new OptionSpec(
            KEY,
            OptionSpec.Type.CHOICE,
            List.of(LAYER, DIRECTORY_OF_HOST),
            LAYER,
            "Where data is kept, where storage is measured: in the overlay's upper layer, or in a directory of the host.");

    private final ProcessTarget target;
    private final @Nullable Path directory;
    private final @Nullable LoopFileSystem fileSystem;

    private ProcessPlace(ProcessTarget target, @Nullable Path directory, @Nullable LoopFileSystem fileSystem) {
        this.target = target;
        this.directory = directory;
        this.fileSystem = fileSystem;
    }

    /** Returns what keeps it from being a file system of its trial. */
    static Optional<OptionFault> notFresh(TargetDefinition definition) {
        return definition.option(KEY).equals(LAYER)
                ? Optional.of(OptionFault.notFresh(KEY, LAYER, "directory"))
                : Optional.empty();
    }

    static ProcessPlace open(ProcessTarget target, PlaceRequest request, Path workDirectory) throws LaunchException {
        boolean layer = target.definition().option(KEY).equals(LAYER);
        Path directory = layer ? null : workDirectory.resolve("place-" + request.name());
        try {
            if (directory == null) {
                return new ProcessPlace(target, null, null);
            }
            if (request.fresh()) {
                return new ProcessPlace(target, directory, LoopFileSystem.make(directory, request.bytes(), List.of()));
            }
            Files.createDirectories(directory);
            return new ProcessPlace(target, directory, null);
        } catch (IOException e) {
            throw new LaunchException(FailureKind.ENGINE, "cannot make a place for data: " + e.getMessage(), e);
        }
    }

    @Override
    public String describe() {
        if (directory == null) {
            return "the overlay's upper layer";
        }
        return "a directory of the host" + (fileSystem == null ? "" : LoopFileSystem.IN_WORDS);
    }

    @Override
    public boolean isRoot() {
        return directory == null;
    }

    @Override
    public Target target(List<String> argv) throws LaunchException {
        try {
            return target.with(directory, argv);
        } catch (IOException | ImageException e) {
            throw new LaunchException(FailureKind.ENGINE, "cannot run this image: " + e.getMessage(), e);
        }
    }

    @Override
    public List<Path> below() {
        return fileSystem == null ? List.of() : List.of(fileSystem.file());
    }

    /** Without an engine there is nothing between a process and its files, and so no storage that one would remove. */
    @Override
    public Optional<Instance> after(Event event, Instance ended, Target launcher, LaunchRequest request)
            throws LaunchException {
        return switch (event) {
            case RESTART, REBOOT -> {
                ((ProcessInstance) ended).leave();
                yield Optional.of(launcher.launch(request.named(ended.name()), new PhaseRecorder()));
            }
            case REMOVAL, REMOVAL_WITH_VOLUMES -> {
                ended.close();
                yield Optional.of(launcher.launch(request, new PhaseRecorder()));
            }
        };
    }

    @Override
    public void close() {
        try {
            if (fileSystem != null) {
                fileSystem.close();
            } else if (directory != null) {
                FileTrees.delete(directory);
            }
        } catch (IOException e) {
            // The run's end removes the directory above, and reports.
        }
    }
}
