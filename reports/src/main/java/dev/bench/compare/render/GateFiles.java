package dev.bench.compare.render;

import dev.bench.compare.ComparisonReport;
import dev.bench.result.ResultStore;
import java.nio.charset.StandardCharsets;

/** Keeps a gate's verdict beside the result it was made of. */
public final class GateFiles {
    private GateFiles() {}

    /** Writes {@code gate.json} and {@code gate.md} into the result's directory. */
    public static void write(ResultStore store, ComparisonReport verdict) {
        store.write("gate.json", JsonComparison.render(verdict).getBytes(StandardCharsets.UTF_8));
        store.write("gate.md", MarkdownComparison.render(verdict).getBytes(StandardCharsets.UTF_8));
    }
}
