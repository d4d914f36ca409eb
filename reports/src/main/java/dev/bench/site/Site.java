package dev.bench.site;

import dev.bench.analysis.WindowCache;
import dev.bench.chart.TrendPlot;
import dev.bench.history.Catalogue;
import dev.bench.history.Run;
import dev.bench.history.Trend;
import dev.bench.report.Reports;
import dev.bench.result.ResultException;
import dev.bench.result.ResultStore;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a static site in step with a folder of results: what is new or changed is read and drawn, what is gone goes, and
 * every other file stays as it is. An index in the site remembers what each page was made from; it is written last, so
 * that a publication that was cut short is made up for by the next.
 */
public final class Site {
    private final Path folder;
    private final Path directory;
    private final String tool;
    private final @Nullable URI base;
    private final Consumer<String> progress;

    /**
     * Prepares a publication; nothing happens yet.
     *
     * @param folder the folder of results, which is only read
     * @param directory where the site is, or will be
     * @param tool version and commit of the tool; another one makes every page anew
     * @param base where the site will stand on the web, with a slash at its end; null where that is not known
     * @param progress hears of what takes long
     */
    public Site(Path folder, Path directory, String tool, @Nullable URI base, Consumer<String> progress) {
        this.folder = folder;
        this.directory = directory;
        this.tool = tool;
        this.base = base;
        this.progress = progress;
    }

    /**
     * Says what a publication did.
     *
     * @param results results on the site
     * @param read how many of them were new or changed
     * @param written files written
     * @param removed files removed
     * @param changes change points found in all
     * @param skipped what is no result, a sentence each that begins with the path
     */
    public record Update(int results, int read, int written, int removed, int changes, List<String> skipped) {}

    /**
     * Brings the site up to date.
     *
     * @throws ResultException where there is no folder of results, or the site's directory holds something else
     * @throws IOException where the site cannot be written
     */
    public Update publish() throws IOException {
        System.setProperty("java.awt.headless", "true");
        requireApart();
        SiteDirectory site = new SiteDirectory(directory);
        // Beside the rest, since each takes about as long as all of that.
        CompletableFuture<Void> plotter = CompletableFuture.runAsync(TrendPlot::prepare);
        CompletableFuture<SiteIndex> reader =
                CompletableFuture.supplyAsync(() -> SiteIndex.read(site.resolve(SiteIndex.FILE)));
        Catalogue catalogue = Catalogue.of(folder);
        SiteIndex last = reader.join();
        SiteIndex index = last.tool().equals(tool) ? last : SiteIndex.none();
        Map<String, SiteIndex.Known> before = index.known();
        List<String> skipped = new ArrayList<>(catalogue.skipped());
        skipped.removeIf(reason -> reason.startsWith(directory + ":"));

        Map<String, SiteIndex.Known> now = new LinkedHashMap<>();
        int read = 0;
        for (Catalogue.Found found : catalogue.found()) {
            try {
                SiteIndex.Known known = before.get(found.name());
                String stamp = stamp(found.store());
                if (known == null || !known.stamp().equals(stamp) || !site.has(Pages.report(found.name()))) {
                    known = new SiteIndex.Known(stamp, Run.read(found.name(), found.store()));
                    report(site, found);
                    read++;
                }
                now.put(found.name(), known);
            } catch (ResultException e) {
                skipped.add(String.valueOf(e.getMessage()));
            }
        }
        Map<Run.Subject, SiteIndex.Findings> findings = new LinkedHashMap<>();
        List<Trend> trends = trends(site, index, now, findings);
        plotter.join();
        site.write(Pages.INDEX, utf8(IndexPage.render(trends, tool)));
        site.write(Pages.FEED, utf8(Feed.render(trends, tool, base)));
        removeGone(site, last, trends, now.keySet());
        site.write(SiteIndex.FILE, new SiteIndex(tool, findings, now).bytes());
        return new Update(
                now.size(),
                read,
                site.written(),
                site.removed(),
                trends.stream().mapToInt(trend -> trend.changes().size()).sum(),
                skipped);
    }

    private void requireApart() {
        Path results = folder.toAbsolutePath().normalize();
        Path site = directory.toAbsolutePath().normalize();
        if (results.equals(site)
                || results.equals(site.resolve(Pages.REPORTS))
                || results.equals(site.resolve(Pages.TRENDS))) {
            throw new ResultException(directory, "the site would be written among the results; name another folder");
        }
    }

    /** Returns what changes when the result, its report or its mark does. */
    private static String stamp(ResultStore store) {
        return stamp(store.directory().resolve("result.json"))
                + stamp(store.directory().resolve("report.html"))
                + (store.isBaseline() ? " baseline" : "");
    }

    private static String stamp(Path file) {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return attributes.size() + "@" + attributes.lastModifiedTime().to(TimeUnit.NANOSECONDS) + " ";
        } catch (IOException e) {
            return "- ";
        }
    }

    private void report(SiteDirectory site, Catalogue.Found found) throws IOException {
        Path report = found.store().directory().resolve("report.html");
        if (Files.isRegularFile(report)) {
            site.write(Pages.report(found.name()), Files.readAllBytes(report));
        } else {
            progress.accept("making the report of " + found.name());
            site.write(Pages.report(found.name()), utf8(rendered(found.store())));
        }
    }

    /** Renders a report; figures that no measurement gives, which a foreign file may hold, must not end the rest. */
    private static String rendered(ResultStore store) {
        try {
            return Reports.html(store);
        } catch (ResultException e) {
            throw e;
        } catch (RuntimeException e) {
            throw new ResultException(store.directory(), "no report can be made of it (" + e + ")", e);
        }
    }

    /** Returns every trend, made anew where one of its results is new, changed or gone; adds what was found in each. */
    private List<Trend> trends(
            SiteDirectory site,
            SiteIndex index,
            Map<String, SiteIndex.Known> now,
            Map<Run.Subject, SiteIndex.Findings> findings)
            throws IOException {
        Map<Run.Subject, List<Run>> old = Trend.bySubject(inOrder(index.known()));
        List<Trend> trends = new ArrayList<>();
        for (Map.Entry<Run.Subject, List<Run>> entry :
                Trend.bySubject(inOrder(now)).entrySet()) {
            Run.Subject subject = entry.getKey();
            String page = Pages.trend(subject);
            SiteIndex.Findings known = index.trends().get(subject);
            if (known != null && entry.getValue().equals(old.get(subject)) && site.has(page)) {
                trends.add(new Trend(subject, entry.getValue(), known.changes()));
                findings.put(subject, known);
            } else {
                progress.accept("drawing the trend of " + subject.scenario());
                WindowCache cache = new WindowCache(known == null ? Map.of() : known.windows());
                Trend trend = Trend.of(subject, entry.getValue(), cache);
                site.write(page, utf8(TrendPage.render(trend, tool)));
                trends.add(trend);
                findings.put(subject, new SiteIndex.Findings(trend.changes(), cache.used()));
            }
        }
        return trends;
    }

    private static List<Run> inOrder(Map<String, SiteIndex.Known> known) {
        return known.values().stream()
                .map(SiteIndex.Known::run)
                .sorted(Comparator.comparing(Run::startedAt).thenComparing(Run::name))
                .toList();
    }

    /** Removes the pages of results and trends that the last publication had and this one has not. */
    private static void removeGone(SiteDirectory site, SiteIndex last, List<Trend> trends, Set<String> runs)
            throws IOException {
        Set<String> gone = new TreeSet<>();
        last.trends().keySet().forEach(subject -> gone.add(Pages.trend(subject)));
        last.known().keySet().forEach(run -> gone.add(Pages.report(run)));
        trends.forEach(trend -> gone.remove(Pages.trend(trend.subject())));
        runs.forEach(run -> gone.remove(Pages.report(run)));
        for (String page : gone) {
            site.remove(page);
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
