package dev.bench.compare;

import dev.bench.analysis.Analysed;
import dev.bench.analysis.Analysis;
import dev.bench.result.FileFault;
import dev.bench.result.Result;
import dev.bench.result.ResultException;
import dev.bench.result.ResultStore;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Reads what a command line names as BASE or HEAD. */
public final class Sides {
    private static final long MOST_LAUNCH_BYTES = 512L << 20;

    private Sides() {}

    /**
     * Reads a result directory, its {@code result.json}, a target of one ({@code RESULT@TARGET}), or a JSON file of JMH.
     *
     * @throws ResultException where it is none of them, or damaged, or too large to be one
     * @throws ComparisonException where the result has no such target
     */
    public static Side read(String argument) {
        Path path = Path.of(argument).toAbsolutePath().normalize();
        @Nullable String target = null;
        int at = argument.lastIndexOf('@');
        if (!Files.exists(path) && at > 0 && at < argument.length() - 1) {
            path = Path.of(argument.substring(0, at)).toAbsolutePath().normalize();
            target = argument.substring(at + 1);
        }
        if (!Files.exists(path)) {
            throw new ResultException(
                    path, "no such file; name a directory that `bench run` wrote, or a JSON file of JMH");
        }
        path = real(path);
        if (Files.isRegularFile(path) && !isArray(path)) {
            path = directoryOf(path);
        }
        if (Files.isDirectory(path)) {
            return ResultSide.of(path, analysed(path), target);
        }
        if (target != null) {
            throw new ResultException(path, "is no result directory, so it has no target '" + target + "'");
        }
        return JmhFile.read(path);
    }

    /**
     * Reads and analyses a result directory, named by itself or by its {@code result.json}.
     *
     * @throws ResultException where it is none, or damaged, or too large to be one
     */
    public static Analysed analysed(Path path) {
        Path directory = directoryOf(path);
        if (Files.isRegularFile(directory)) {
            throw new ResultException(directory, "is no result directory that `bench run` wrote");
        }
        atMost(directory.resolve("launches.jsonl"), MOST_LAUNCH_BYTES);
        ResultStore store = new ResultStore(directory);
        Result result = store.read();
        return Analysis.of(result, store.launches());
    }

    /** Tells JMH's array from a result's object by the first character: either may bear the other's name. */
    private static boolean isArray(Path file) {
        try (InputStream stream = new BufferedInputStream(Files.newInputStream(file))) {
            int next = stream.read();
            while (next == ' ' || next == '\n' || next == '\r' || next == '\t') {
                next = stream.read();
            }
            return next == '[';
        } catch (IOException e) {
            throw new ResultException(file, "cannot be read (" + FileFault.reason(e) + ")", e);
        }
    }

    private static Path directoryOf(Path path) {
        Path parent = path.getParent();
        return parent != null && path.endsWith("result.json") ? parent : path;
    }

    /** Refuses what would fill the memory before it was known to be foreign. */
    private static void atMost(Path file, long bytes) {
        try {
            if (Files.exists(file) && Files.size(file) > bytes) {
                throw new ResultException(
                        file,
                        "is " + (Files.size(file) >> 20) + " MiB large, a result of this tool has " + (bytes >> 20)
                                + " MiB at most");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path real(Path path) {
        try {
            return path.toRealPath();
        } catch (IOException e) {
            throw new ResultException(path, "cannot be read (" + FileFault.reason(e) + ")", e);
        }
    }
}
