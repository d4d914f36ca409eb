package dev.bench.cli;

import dev.bench.host.ToolVersion;
import dev.bench.result.Count;
import dev.bench.site.Site;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Builds the static site. */
@Command(
        name = "publish",
        description = {
            "Build a static site of a folder of results, or bring one up to date.",
            "",
            "An index by scenario, host class and target; trends of every metric with intervals and change points; every"
                    + " report; a feed of changes. Plain files without scripts, for any web server. Results on hosts of"
                    + " different classes (processor, cores, memory), and emulated and hardware figures, are never"
                    + " joined in one line. Only files that change are written, and pages of results that are gone from"
                    + " DIR go. What is no result of bench is named and left out."
        },
        footer = {
            "%nExamples:",
            "  bench publish results public",
            "  bench publish --url https://example.org/benchmarks/ results public",
            ExitCode.HELP
        },
        mixinStandardHelpOptions = true)
final class PublishCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(index = "0", paramLabel = "DIR", description = "Folder of results, as `bench run --out` writes it.")
    private @Nullable Path folder;

    @Parameters(index = "1", paramLabel = "SITE", description = "Folder of the site; made where there is none.")
    private @Nullable Path site;

    @Option(
            names = "--url",
            paramLabel = "URL",
            description = "Where the site will stand; makes the feed's links complete. Without it they are relative.")
    private @Nullable String url;

    @Override
    public Integer call() throws IOException {
        Console console = Console.system();
        Path directory = Objects.requireNonNull(site);
        Site.Update update = new Site(
                        Objects.requireNonNull(folder),
                        directory,
                        ToolVersion.current().toString(),
                        base(),
                        console::progress)
                .publish();
        ListCommand.saySkipped(console, update.skipped());
        console.say(Count.of(update.results(), "result") + ", " + update.read() + " of them new or changed; "
                + Count.of(update.changes(), "change point") + "; " + Count.of(update.written(), "file")
                + " written, " + update.removed()
                + " removed");
        console.result(directory.resolve("index.html").toString());
        return ExitCode.PASS.status();
    }

    private @Nullable URI base() {
        if (url == null) {
            return null;
        }
        try {
            URI base = new URI(url.endsWith("/") ? url : url + "/");
            if (base.getHost() != null && ("https".equals(base.getScheme()) || "http".equals(base.getScheme()))) {
                return base;
            }
        } catch (URISyntaxException e) {
            // Told below, as an address of another kind is.
        }
        throw new ParameterException(
                Objects.requireNonNull(spec).commandLine(),
                "--url is '" + url + "'; an address such as https://example.org/benchmarks/ is accepted");
    }
}
