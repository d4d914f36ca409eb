package dev.bench.report;

import dev.bench.analysis.Analysed;
import dev.bench.analysis.Analysis;
import dev.bench.document.Document;
import dev.bench.document.HtmlPage;
import dev.bench.document.MarkdownPage;
import dev.bench.document.Part;
import dev.bench.document.TerminalPage;
import dev.bench.result.Launch;
import dev.bench.result.Result;
import dev.bench.result.ResultException;
import dev.bench.result.ResultStore;
import dev.bench.view.MeasureView;
import dev.bench.view.ReportContext;
import dev.bench.view.Views;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BiFunction;

/** Makes every report of a stored result. Reads nothing but the result's directory. */
public final class Reports {
    private static final int TAIL_LINES = 40;
    private static final int TAIL_BYTES = 64 << 10;

    private Reports() {}

    /**
     * Analyses a result, writes its statistics into {@code result.json}, and writes {@code report.html} and {@code
     * report.md}.
     *
     * @throws ResultException where the directory holds no result, or one without a launch, or cannot be written
     * @throws ReportException where the result is written and its reports cannot be rendered
     */
    public static Analysed write(ResultStore store) {
        return write(store, Reports::document);
    }

    static Analysed write(ResultStore store, BiFunction<ResultStore, Analysed, Document> reporter) {
        System.setProperty("java.awt.headless", "true");
        Result raw = store.read();
        List<Launch> launches = store.launches();
        if (launches.isEmpty()) {
            throw new ResultException(
                    store.directory(), "no launch was measured, or launches.jsonl is gone; nothing was written");
        }
        // What an earlier analysis warned of is computed anew.
        Analysed analysed = analysed(store, raw, launches);
        store.write(analysed.result());
        try {
            Document document = reporter.apply(store, analysed);
            store.write("report.html", HtmlPage.render(document).getBytes(StandardCharsets.UTF_8));
            store.write("report.md", MarkdownPage.render(document).getBytes(StandardCharsets.UTF_8));
        } catch (ResultException e) {
            throw e;
        } catch (RuntimeException | Error e) {
            throw new ReportException(store.directory(), e);
        }
        return analysed;
    }

    /**
     * Analyses a result and returns its report as HTML; writes nothing.
     *
     * @throws ResultException where the directory holds no result
     */
    public static String html(ResultStore store) {
        System.setProperty("java.awt.headless", "true");
        return HtmlPage.render(document(store, analysed(store, store.read(), store.launches())));
    }

    /**
     * Analyses a result and returns its report for a document of several; writes nothing.
     *
     * @throws ResultException where the directory holds no result
     */
    public static ReportPieces pieces(ResultStore store) {
        System.setProperty("java.awt.headless", "true");
        ReportContext context = context(store, analysed(store, store.read(), store.launches()));
        return new ReportPieces(context, ReportDocument.of(context));
    }

    /**
     * Returns what a result says that is to be changed, for a terminal, with a line feed at its end; the empty string where its
     * measure gives no advice.
     *
     * @param analysed the analysed result of the store
     * @param width the columns that tables may take
     * @throws ResultException where what was recorded beside the launches cannot be read
     */
    public static String advice(ResultStore store, Analysed analysed, int width) {
        ReportContext context = context(store, analysed);
        return context.view()
                .advice()
                .map(section -> new Part(section.title(), section.blocks(context)))
                .filter(part -> !part.blocks().isEmpty())
                .map(part ->
                        TerminalPage.render(Document.of("", "", part.title(), List.of(), List.of(part), ""), width))
                .orElse("");
    }

    private static Document document(ResultStore store, Analysed analysed) {
        return ReportDocument.of(context(store, analysed));
    }

    private static Analysed analysed(ResultStore store, Result raw, List<Launch> launches) {
        List<String> warnings = Views.find(raw.scenario().measure())
                .map(view -> view.warnings(view.details(store)))
                .orElse(List.of());
        return Analysis.of(raw, launches, warnings);
    }

    private static ReportContext context(ResultStore store, Analysed analysed) {
        MeasureView view = Views.of(analysed);
        return new ReportContext(analysed, view, view.details(store), scenario(store), log -> tail(store, log));
    }

    private static String scenario(ResultStore store) {
        try {
            return Files.readString(store.directory().resolve("scenario.yaml"));
        } catch (IOException e) {
            return "(scenario.yaml is missing)";
        }
    }

    private static String tail(ResultStore store, String log) {
        Path file = store.directory().resolve(log).normalize();
        if (!file.startsWith(store.directory())) {
            return "";
        }
        try {
            byte[] content = Files.readAllBytes(file);
            int from = Math.max(0, content.length - TAIL_BYTES);
            List<String> lines = new String(content, from, content.length - from, StandardCharsets.UTF_8)
                    .lines()
                    .toList();
            return String.join("\n", lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size()));
        } catch (NoSuchFileException e) {
            return "";
        } catch (IOException e) {
            return "(cannot be read: " + e.getMessage() + ")";
        }
    }
}
