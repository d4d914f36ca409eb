package dev.bench.image;

import dev.bench.host.CommandException;
import dev.bench.host.Commands;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Is an empty ext4 file system in a file, mounted by a loop device that the kernel lets go of with the last of its mounts,
 * however that ends. Used by one thread.
 */
public final class LoopFileSystem implements AutoCloseable {
    /** What a directory is besides, where it is one of these. */
    public static final String IN_WORDS = ", an ext4 on a loop device made for the trial";

    private static final Path CONTROL = Path.of("/dev/loop-control");

    private final Path file;
    private final Path directory;
    private List<String> enter;
    private boolean mounted;

    private LoopFileSystem(Path file, Path directory, List<String> enter) {
        this.file = file;
        this.directory = directory;
        this.enter = List.copyOf(enter);
    }

    /** Says why this host has no such file systems; empty where it may. */
    public static Optional<String> problem() {
        return Files.exists(CONTROL)
                ? Optional.empty()
                : Optional.of("this host has no loop devices (" + CONTROL
                        + "); run `modprobe loop`, and give a container" + " its devices");
    }

    /**
     * Makes and mounts one.
     *
     * @param directory where it is mounted; must not exist, and the file beside it neither, which has its name and
     *     {@code .ext4}
     * @param bytes how much data it has to hold
     * @param enter begins a command in the mount namespace that is to see it; empty for this process's own
     * @throws IOException where the host does not let it, with the words of what it did not let
     */
    public static LoopFileSystem make(Path directory, long bytes, List<String> enter) throws IOException {
        LoopFileSystem made =
                new LoopFileSystem(directory.resolveSibling(directory.getFileName() + ".ext4"), directory, enter);
        try {
            Files.createDirectories(directory);
            DiskBuilder.buildEmpty(made.file, bytes, "raw");
            made.mount();
            return made;
        } catch (IOException e) {
            made.close();
            throw e;
        }
    }

    private void mount() throws IOException {
        run(List.of("mount", "-t", "ext4", "-o", "loop", file.toString(), directory.toString()));
        mounted = true;
    }

    /** Mounts it in another mount namespace, where the one it was mounted in is gone. */
    public void mountAgain(List<String> another) throws IOException {
        enter = List.copyOf(another);
        mount();
    }

    /** Returns the file that holds it, of which this host keeps pages too. */
    public Path file() {
        return file;
    }

    private void run(List<String> command) throws IOException {
        List<String> entered = new ArrayList<>(enter);
        entered.addAll(command);
        Commands.Ended ended = Commands.run(Commands.AT_ONCE, entered);
        if (ended.status() != 0) {
            throw new CommandException("`" + String.join(" ", command) + "` ended with status " + ended.status() + ": "
                    + ended.tail() + ". Free loop devices (`losetup -a`), or leave storage.fresh out");
        }
    }

    /** Unmounts it and removes it with all that it holds; never throws, since what is left goes with the run. */
    @Override
    public void close() {
        try {
            if (mounted) {
                // What an instance still holds of it goes with that instance.
                run(List.of("umount", "--lazy", directory.toString()));
                mounted = false;
            }
            Files.deleteIfExists(directory);
            Files.deleteIfExists(file);
        } catch (IOException e) {
            // The run's end unmounts what is below its directory once more, and reports.
        }
    }
}
