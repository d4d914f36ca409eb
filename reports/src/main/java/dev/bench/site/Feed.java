package dev.bench.site;

import dev.bench.document.Markup;
import dev.bench.document.Numbers;
import dev.bench.document.PlainText;
import dev.bench.history.Run;
import dev.bench.history.Trend;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Writes the feed of changes (Atom, RFC 4287), newest first. */
final class Feed {
    private Feed() {}

    /**
     * Holds a change with what it is a change of.
     *
     * @param subject what was measured on what
     * @param change the change
     */
    record Entry(Run.Subject subject, Trend.Change change) {}

    /** Returns the changes of all trends, newest first. */
    static List<Entry> newestFirst(List<Trend> trends) {
        List<Entry> entries = new ArrayList<>();
        trends.forEach(trend -> trend.changes().forEach(change -> entries.add(new Entry(trend.subject(), change))));
        entries.sort(Comparator.comparing((Entry entry) -> entry.change().startedAt())
                .reversed());
        return entries;
    }

    /**
     * Returns the feed.
     *
     * @param base where the site will stand, with a slash at its end; null for addresses relative to the feed's own
     */
    static String render(List<Trend> trends, String tool, @Nullable URI base) {
        List<Entry> entries = newestFirst(trends);
        // Not the time of writing: the same results make the same file.
        String updated = trends.stream()
                .flatMap(trend -> trend.runs().stream())
                .map(Run::startedAt)
                .max(Comparator.naturalOrder())
                .orElse("1970-01-01T00:00:00Z");
        Markup xml = new Markup();
        xml.declaration().open("feed", "xmlns", "http://www.w3.org/2005/Atom").text("\n");
        element(xml, "title", "Changes in benchmark results");
        element(xml, "id", identifier(base == null ? "feed" : base.toString()));
        element(xml, "updated", updated);
        xml.open("author").element("name", "bench").close("author").text("\n");
        element(xml, "generator", tool);
        link(xml, "self", base, Pages.FEED);
        link(xml, "alternate", base, Pages.INDEX);
        entries.forEach(entry -> entry(xml, entry, base));
        return xml.close("feed").text("\n").toString();
    }

    private static void entry(Markup xml, Entry entry, @Nullable URI base) {
        Trend.Change change = entry.change();
        Run.Subject subject = entry.subject();
        xml.open("entry").text("\n");
        element(
                xml,
                "title",
                subject.scenario() + ": " + subject.label(change.target()) + ", " + Words.metric(change.metric()) + " "
                        + Words.relative(change) + " (" + change.direction() + ")");
        element(
                xml,
                "id",
                identifier(
                        Pages.trend(subject) + "\n" + change.metric() + "\n" + change.target() + "\n" + change.run()));
        element(xml, "updated", change.startedAt());
        link(xml, "alternate", base, Pages.trend(subject));
        link(xml, "related", base, Pages.report(change.run()));
        element(
                xml,
                "summary",
                Numbers.value(change.before(), change.unit()) + " → " + Numbers.value(change.after(), change.unit())
                        + " since " + Words.minute(change.startedAt()) + " UTC, result " + change.run() + ", on "
                        + subject.hostWords() + ". What else differs there: "
                        + (change.differences().isEmpty()
                                ? "nothing that is recorded"
                                : String.join("; ", change.differences()))
                        + ".");
        xml.close("entry").text("\n");
    }

    private static void element(Markup xml, String tag, String text) {
        xml.element(tag, PlainText.printable(text)).text("\n");
    }

    private static void link(Markup xml, String relation, @Nullable URI base, String page) {
        String address = base == null ? page : base.resolve(page).toString();
        xml.empty("link", "rel", relation, "href", address).text("\n");
    }

    /** Returns a name that stays the same as long as the text does. */
    private static String identifier(String text) {
        return "urn:uuid:" + UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8));
    }
}
