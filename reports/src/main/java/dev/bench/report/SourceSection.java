package dev.bench.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bench.document.Block;
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
import java.util.zip.GZIPOutputStream;

/** Carries the raw launches, the scenario and the command line in the report itself. */
final class SourceSection implements Section {
    @Override
    public String title() {
        return "Repeat and check";
    }

    @Override
    public List<Block> blocks(ReportContext context) {
        List<Launch> launches = context.analysed().launches();
        byte[] raw = lines(launches);
        return List.of(
                new Block.Attachment(
                        "launches.jsonl.gz",
                        "application/gzip",
                        Base64.getEncoder().encodeToString(pack(raw)),
                        "Download the raw launches (" + launches.size() + ", JSON lines, gzip)"),
                Block.note("SHA-256 of the raw launches: " + sha256(raw)
                        + ". `bench verify` recomputes the comparison's figures from them."),
                Block.heading("Command"),
                new Block.Verbatim(Secrets.mask(
                        String.join(" ", context.analysed().result().command()))),
                Block.heading("Scenario as written"),
                new Block.Verbatim(Secrets.mask(context.scenario())));
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
