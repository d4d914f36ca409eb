package dev.bench.site;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bench.history.SampleResult;
import dev.bench.result.ResultException;
import dev.bench.result.ResultStore;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

final class SiteTest {
    private static final String HOSTILE = "<script>alert('x')</script>\"&]]>\u001b[31m";
    private static final Instant FIRST = Instant.parse("2026-01-01T12:00:00Z");

    @TempDir
    private Path directory = Path.of("");

    private Path results = directory;
    private Path site = directory;

    @BeforeEach
    void folders() throws IOException {
        results = Files.createDirectory(directory.resolve("results"));
        site = directory.resolve("site");
    }

    @Test
    void hasAnIndexTrendsReportsAndAFeed() throws IOException {
        history(24, 14);
        new SampleResult().scenario("redis").write(results.resolve("redis-1"));
        Site.Update update = publish();

        assertEquals(25, update.results());
        assertEquals(25, files("reports").size());
        assertEquals(2, files("trends").size());
        // Both metrics of the container, which changes.
        assertEquals(2, update.changes());
        String index = read("index.html");
        assertTrue(index.contains("<h1>25 results of 2 scenarios on 1 host class</h1>"), index);
        assertTrue(index.contains("vm <span class=\"badge\">emulated</span>"));
        assertTrue(index.contains("Example CPU 3000, 1 socket, 2 cores, 2 threads, 24 GiB"));
    }

    @Test
    void everyLinkLeadsToAFileOfTheSiteAndNothingIsLoaded() throws IOException {
        history(24, 14);
        publish();
        List<Path> pages = new ArrayList<>(files("trends"));
        pages.add(site.resolve("index.html"));
        int links = 0;
        for (Path page : pages) {
            String html = Files.readString(page);
            assertFalse(html.contains("<script"));
            assertFalse(html.contains("src="));
            assertFalse(html.contains("@import"));
            for (MatchResult link : Pattern.compile("href=\"([^\"#]+)\"")
                    .matcher(html)
                    .results()
                    .toList()) {
                Path linked = page.resolveSibling(link.group(1)).normalize();
                assertTrue(Files.isRegularFile(linked) && linked.startsWith(site), page + " links to " + linked);
                links++;
            }
        }
        assertTrue(links > 50, links + " links");
    }

    @Test
    void drawsAPlotPerMetricWithItsDataAndItsChange() throws IOException {
        history(24, 14);
        publish();
        String trend = Files.readString(files("trends").get(0));

        assertEquals(2, count(trend, "<svg "));
        assertEquals(2, count(trend, "<details>"));
        assertTrue(trend.contains("aria-label=\"Startup to ready over time\""));
        assertTrue(trend.contains("<strong>+12.1 %</strong> worse"), trend);
        assertTrue(trend.contains("kernel: 6.1.0-17 → 6.1.0-18"));
        assertTrue(trend.contains("+12.1 %</text"), "the plot has no mark");
        assertTrue(trend.contains("250 ms (246–254 ms)"));
    }

    @Test
    void saysFromWhenOnChangesAreLookedFor() throws IOException {
        history(5, 2);
        publish();

        assertTrue(Files.readString(files("trends").get(0))
                .contains("Changes are looked for from 20 complete runs on; there are 5."));
    }

    @Test
    void joinsNoEmulatedRunWithOneOnHardware() throws IOException {
        new SampleResult().write(results.resolve("a"));
        new SampleResult().onHardware().write(results.resolve("b"));
        new SampleResult().cpu("another").write(results.resolve("c"));
        publish();

        assertEquals(3, files("trends").size());
        for (Path trend : files("trends")) {
            assertEquals(1, count(Files.readString(trend), "../reports/"));
        }
    }

    @Test
    void writesNothingWhereNothingChanged() throws IOException {
        history(22, 12);
        publish();
        Map<Path, String> before = stamps();
        Site.Update update = publish();

        assertEquals(0, update.read());
        assertEquals(0, update.written());
        assertEquals(2, update.changes());
        assertEquals(before, stamps());
    }

    @Test
    void writesOnlyWhatANewResultChanges() throws IOException {
        history(4, 2);
        new SampleResult().scenario("redis").write(results.resolve("redis-1"));
        publish();
        Map<Path, String> before = stamps();
        new SampleResult().scenario("redis").at(FIRST.plusSeconds(1)).write(results.resolve("redis-2"));
        Site.Update update = publish();

        assertEquals(1, update.read());
        // Its report, its trend, the page of all and the site's index; nothing is new in the feed.
        List<Path> changed = stamps().entrySet().stream()
                .filter(entry -> !entry.getValue().equals(before.get(entry.getKey())))
                .map(entry -> site.relativize(entry.getKey()))
                .toList();
        assertEquals(4, changed.size(), changed.toString());
        assertTrue(changed.contains(Path.of("reports/redis-2.html")));
        assertTrue(changed.stream().noneMatch(page -> page.toString().startsWith("trends/startup")));
    }

    @Test
    void isTheSameWhetherBuiltAtOnceOrStepByStep() throws IOException {
        for (int i = 0; i < 23; i++) {
            step(i, 13);
            if (i % 5 == 0) {
                publish();
            }
        }
        publish();
        Map<String, String> steps = contents();
        site = directory.resolve("at once");
        publish();

        assertEquals(contents(), steps);
    }

    @Test
    void noticesAChangedResultAMarkAndANewReport() throws IOException {
        ResultStore store = new SampleResult().write(results.resolve("a"));
        publish();
        store.markBaseline(true);
        assertEquals(1, publish().read());
        assertTrue(read("index.html").contains("baseline"));
        Files.writeString(results.resolve("a/report.html"), "a new report");
        assertEquals(1, publish().read());
        assertEquals("a new report", read("reports/a.html"));
        new SampleResult().medians(99, 1_000).write(results.resolve("a"));
        publish();
        assertTrue(read("index.html").contains("99 ms"));
    }

    @Test
    void rendersAReportThatIsMissingWithoutTouchingTheResult() throws IOException {
        new SampleResult().write(results.resolve("a"));
        publish();

        assertTrue(read("reports/a.html").contains("<h1>startup: container"));
        assertFalse(Files.exists(results.resolve("a/report.html")));
    }

    @Test
    void linksToATrendOutlastTheVersionThatPublishedIt() throws IOException {
        new SampleResult().write(results.resolve("startup-1"));
        publish();

        assertTrue(
                Files.exists(site.resolve("trends/startup-3b03d888e5.html")),
                files("trends").toString());
    }

    @Test
    void removesThePagesOfResultsThatAreGone() throws IOException {
        history(3, 2);
        ResultStore gone = new SampleResult().scenario("redis").write(results.resolve("redis-1"));
        publish();
        Files.writeString(site.resolve("reports/other.html"), "not ours");
        gone.delete();
        Site.Update update = publish();

        assertEquals(2, update.removed());
        assertFalse(Files.exists(site.resolve("reports/redis-1.html")));
        assertEquals(1, files("trends").size());
        assertTrue(Files.exists(site.resolve("reports/other.html")));
    }

    @Test
    void makesUpForADamagedIndexAndForLostPages() throws IOException {
        history(3, 2);
        publish();
        Map<String, String> whole = contents();
        for (String damaged : List.of("", "{", "[]", "{\"schema\":\"bench-site/1\"}", "null")) {
            Files.writeString(site.resolve("site.json"), damaged);
            assertEquals(3, publish().read(), damaged);
            assertEquals(whole, contents());
        }
        Files.delete(files("trends").get(0));
        Files.delete(files("reports").get(0));
        publish();
        assertEquals(whole, contents());
    }

    @Test
    void makesEveryPageAnewForAnotherVersionOfTheTool() throws IOException {
        history(3, 2);
        publish();
        Site.Update update = new Site(results, site, "bench 2", null, step -> {}).publish();

        assertEquals(3, update.read());
        assertTrue(read("index.html").contains("Written by bench 2."));
    }

    @Test
    void namesAndSkipsWhatIsNoResult() throws IOException {
        new SampleResult().write(results.resolve("a"));
        Files.createDirectory(results.resolve("b"));
        Files.writeString(results.resolve("b/result.json"), "{\"schema\": \"bench/2\"}");
        Files.writeString(results.resolve("notes.txt"), "");
        Site.Update update = publish();

        assertEquals(1, update.results());
        assertEquals(
                List.of(
                        results.resolve("notes.txt") + ": not a result directory",
                        results.resolve("b/result.json") + ": schema is 'bench/2', this build reads 'bench/1'"),
                update.skipped());
    }

    @Test
    void escapesEveryNameThatComesFromOutside() throws Exception {
        for (int i = 0; i < 22; i++) {
            new SampleResult()
                    .scenario(HOSTILE)
                    .cpu(HOSTILE)
                    .kernel(i < 12 ? HOSTILE : "6.1")
                    .medians(i < 12 ? 250 : 300, 3_000)
                    .at(FIRST.plus(Duration.ofDays(i)))
                    .write(results.resolve(i + HOSTILE.replace("/", "|")));
        }
        assertEquals(2, publish().changes());

        List<Path> pages = new ArrayList<>(files("trends"));
        pages.addAll(files("reports"));
        pages.add(site.resolve("index.html"));
        pages.add(site.resolve("feed.xml"));
        assertEquals(25, pages.size());
        for (Path page : pages) {
            String text = Files.readString(page);
            assertFalse(text.contains("<script"), page.toString());
            assertFalse(text.contains("alert('"), page.toString());
            assertFalse(text.contains("\u001b"), page.toString());
            assertTrue(page.getFileName().toString().matches("[a-zA-Z0-9._-]+"), page.toString());
        }
        assertTrue(feed().getElementsByTagName("title").item(1).getTextContent().startsWith("<script>alert('x')"));
    }

    @Test
    void tellsOfChangesInAFeedThatReadersAccept() throws Exception {
        history(24, 14);
        publish();
        Document feed = feed();
        NodeList entries = feed.getElementsByTagName("entry");

        assertEquals(2, entries.getLength());
        assertEquals("http://www.w3.org/2005/Atom", feed.getDocumentElement().getNamespaceURI());
        Element entry = (Element) entries.item(0);
        assertEquals(
                "startup: container, Startup to ready +12.1 % (worse)",
                entry.getElementsByTagName("title").item(0).getTextContent());
        assertEquals(
                FIRST.plus(Duration.ofDays(14)).toString(),
                entry.getElementsByTagName("updated").item(0).getTextContent());
        assertNotEquals(
                entry.getElementsByTagName("id").item(0).getTextContent(),
                ((Element) entries.item(1)).getElementsByTagName("id").item(0).getTextContent());
        for (String name : List.of("id", "title", "updated", "author")) {
            assertTrue(feed.getElementsByTagName(name).getLength() >= 1, name);
        }
        String link = ((Element) entry.getElementsByTagName("link").item(0)).getAttribute("href");
        assertTrue(Files.exists(site.resolve(link)), link);
    }

    @Test
    void completesTheLinksOfTheFeedWhereTheAddressIsKnown() throws IOException {
        history(24, 14);
        new Site(results, site, "bench 1", URI.create("https://example.org/b/"), step -> {}).publish();

        assertTrue(read("feed.xml").contains("href=\"https://example.org/b/trends/startup-"));
    }

    @Test
    void isASiteWithoutAnyResultToo() throws Exception {
        Site.Update update = publish();

        assertEquals(0, update.results());
        assertTrue(read("index.html").contains("None yet."));
        assertEquals(0, feed().getElementsByTagName("entry").getLength());
    }

    @Test
    void drawsFiguresThatNoMeasurementGives() throws IOException {
        for (int i = 0; i < 3; i++) {
            ResultStore store = new SampleResult()
                    .medians(
                            List.of(0.0, -1.0, 1e308).get(i),
                            List.of(1e-300, 5.0, 1e14).get(i))
                    .at(FIRST.plusSeconds(i))
                    .write(results.resolve("r" + i));
            store.write("report.html", new byte[0]);
        }
        assertEquals(3, publish().results());
    }

    @Test
    void skipsAResultOfWhichNoReportCanBeMade() throws IOException {
        new SampleResult().write(results.resolve("good"));
        ResultStore store = new SampleResult().write(results.resolve("odd"));
        Files.delete(store.directory().resolve("launches.jsonl"));
        Files.createDirectory(store.directory().resolve("launches.jsonl"));
        Site.Update update = publish();

        assertEquals(1, update.results());
        assertTrue(update.skipped().get(0).startsWith(store.directory() + "/launches.jsonl: cannot be read ("));
        assertFalse(read("index.html").contains("odd"));
    }

    @Test
    void refusesToWriteOverWhatItDidNotMake() throws IOException {
        Files.createDirectory(site);
        Files.writeString(site.resolve("index.html"), "somebody's page");
        assertRefused("has an index.html that bench did not write");
        assertEquals("somebody's page", read("index.html"));
        site = Files.writeString(directory.resolve("file"), "");
        assertRefused("not a folder");
        site = results;
        assertRefused("the site would be written among the results");
        results = directory.resolve("none");
        site = directory.resolve("new");
        assertRefused("no such folder");
        assertFalse(Files.exists(site));
    }

    @Test
    void mayLieAmongTheResultsInAFolderOfItsOwn() throws IOException {
        new SampleResult().write(results.resolve("a"));
        site = results.resolve("public");
        publish();

        Site.Update again = publish();
        assertEquals(List.of(), again.skipped());
        assertEquals(0, again.written());
    }

    private void assertRefused(String reason) {
        ResultException refused = assertThrows(ResultException.class, this::publish);
        assertTrue(String.valueOf(refused.getMessage()).contains(reason), refused.getMessage());
    }

    private Site.Update publish() throws IOException {
        return new Site(results, site, "bench 1", null, step -> {}).publish();
    }

    /** Writes a result a day; from one of them on the container takes longer, on another kernel. */
    private void history(int count, int step) {
        for (int i = 0; i < count; i++) {
            step(i, step);
        }
    }

    private void step(int number, int step) {
        double wobble = 1 + 0.01 * ((number * 0.618) % 1 - 0.5);
        new SampleResult()
                .at(FIRST.plus(Duration.ofDays(number)))
                .kernel(number < step ? "6.1.0-17" : "6.1.0-18")
                .medians(250 * wobble * (number < step ? 1 : 1.12), 3_000 * wobble)
                .write(results.resolve("startup-" + number));
    }

    private String read(String name) throws IOException {
        return Files.readString(site.resolve(name));
    }

    private List<Path> files(String folder) throws IOException {
        try (Stream<Path> files = Files.list(site.resolve(folder))) {
            return files.sorted().toList();
        }
    }

    /** Returns size and inode of every file; a file that is replaced has another inode. */
    private Map<Path, String> stamps() throws IOException {
        Map<Path, String> stamps = new TreeMap<>();
        try (Stream<Path> files = Files.walk(site)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                stamps.put(
                        file,
                        Files.size(file) + " "
                                + Files.readAttributes(file, "unix:ino").get("ino"));
            }
        }
        return stamps;
    }

    private Map<String, String> contents() throws IOException {
        Map<String, String> contents = new TreeMap<>();
        try (Stream<Path> files = Files.walk(site)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                contents.put(site.relativize(file).toString(), Files.readString(file));
            }
        }
        return contents;
    }

    private Document feed() throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setNamespaceAware(true);
        return factory.newDocumentBuilder()
                .parse(new ByteArrayInputStream(Files.readAllBytes(site.resolve("feed.xml"))));
    }

    private static int count(String text, String part) {
        return text.split(Pattern.quote(part), -1).length - 1;
    }
}
