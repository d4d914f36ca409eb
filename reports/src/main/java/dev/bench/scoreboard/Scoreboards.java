package dev.bench.scoreboard;

import dev.bench.report.Reports;
import dev.bench.result.FileFault;
import dev.bench.result.OutputDirectory;
import dev.bench.result.ResultException;
import dev.bench.result.ResultStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes one report over several stored results. Reads nothing but their directories, and changes none of them. */
public final class Scoreboards {
    private Scoreboards() {}

    /**
     * Tells what was written.
     *
     * @param directory holds {@code report.html} and {@code report.md}
     * @param text the scoreboard for a terminal
     */
    public record Written(Path directory, String text) {}

    /**
     * Writes {@code report.html} and {@code report.md} into a new directory.
     *
     * @param folder where the directory is made
     * @param begun when the measuring, or the writing, was begun; part of the directory's name
     * @param results the results, in display order; at least one
     * @param notes what else a reader must know, such as scenarios without a result
     * @param prices what resources cost, or null where nobody said
     * @param tool version of the tool that writes
     * @param width columns of the terminal that the text is for
     * @throws ResultException where a directory holds no result, or nothing can be written
     */
    public static Written write(
            Path folder,
            Instant begun,
            List<ResultStore> results,
            List<String> notes,
            @Nullable Prices prices,
            String tool,
            int width) {
        Scoreboard board = Scoreboard.of(results.stream().map(Reports::pieces).toList(), prices);
        List<String> warnings = new ArrayList<>(notes);
        warnings.addAll(Warnings.of(board));
        Path directory = OutputDirectory.ofScoreboard(folder, begun);
        try {
            Files.createDirectories(directory);
            write(directory.resolve("report.md"), ScoreboardMarkdown.render(board, warnings, tool));
            write(directory.resolve("report.html"), ScoreboardHtml.render(board, warnings, tool));
        } catch (IOException e) {
            throw new ResultException(
                    directory, "cannot write (" + FileFault.reason(e) + "); free space or choose another --out", e);
        }
        return new Written(directory, ScoreboardText.render(board, width));
    }

    private static void write(Path file, String content) throws IOException {
        Path part = file.resolveSibling("." + file.getFileName() + ".part");
        Files.write(part, content.getBytes(StandardCharsets.UTF_8));
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
    }
}
