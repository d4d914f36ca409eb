package dev.bench.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bench.result.Launch;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;

/** Carries the raw launches, the scenario and the command line in the report itself. */
final class SourceSection implements Section {
    @Override
    public String title() {
        return "Repeat and check";
    }

    @Override
    public Optional<String> render(ReportContext context) {
        List<Launch> launches = context.analysed().launches();
        byte[] packed = pack(launches);
        Html html = new Html();
        html.raw("<p><a class=\"button\" download=\"launches.jsonl.gz\" href=\"data:application/gzip;base64,")
                .raw(Base64.getEncoder().encodeToString(packed))
                .raw("\">")
                .text("Download the raw launches (" + launches.size() + ", JSON lines, gzip)")
                .raw("</a></p>");
        html.element("h3", "Command").raw("<pre>");
        html.text(String.join(" ", context.analysed().result().command())).raw("</pre>");
        html.element("h3", "Scenario as written")
                .raw("<pre>")
                .text(context.scenario())
                .raw("</pre>");
        return Optional.of(html.toString());
    }

    private static byte[] pack(List<Launch> launches) {
        ObjectMapper json = new ObjectMapper();
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream stream = new GZIPOutputStream(packed)) {
            for (Launch launch : launches) {
                stream.write((json.writeValueAsString(launch) + "\n").getBytes(StandardCharsets.UTF_8));
            }
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return packed.toByteArray();
    }
}
