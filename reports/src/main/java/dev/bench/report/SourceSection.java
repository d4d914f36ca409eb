package dev.bench.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bench.document.Html;
import dev.bench.result.Launch;
import dev.bench.result.Secrets;
import dev.bench.view.ReportContext;
import dev.bench.view.Section;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
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
        byte[] raw = lines(launches);
        Html html = new Html();
        html.raw("<p><a class=\"button\" download=\"launches.jsonl.gz\" href=\"data:application/gzip;base64,")
                .raw(Base64.getEncoder().encodeToString(pack(raw)))
                .raw("\">")
                .text("Download the raw launches (" + launches.size() + ", JSON lines, gzip)")
                .raw("</a></p>");
        html.raw("<p class=\"note\">")
                .text("SHA-256 of the raw launches: " + sha256(raw)
                        + ". `bench verify` recomputes the comparison's figures from them.")
                .raw("</p>");
        html.element("h3", "Command").raw("<pre>");
        html.text(Secrets.mask(String.join(" ", context.analysed().result().command())))
                .raw("</pre>");
        html.element("h3", "Scenario as written")
                .raw("<pre>")
                .text(Secrets.mask(context.scenario()))
                .raw("</pre>");
        return Optional.of(html.toString());
    }

    private static byte[] lines(List<Launch> launches) {
        ObjectMapper json = new ObjectMapper();
        StringBuilder lines = new StringBuilder();
        try {
            for (Launch launch : launches) {
                lines.append(json.writeValueAsString(launch)).append('\n');
            }
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
        return lines.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] pack(byte[] raw) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream stream = new GZIPOutputStream(packed)) {
            stream.write(raw);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return packed.toByteArray();
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
