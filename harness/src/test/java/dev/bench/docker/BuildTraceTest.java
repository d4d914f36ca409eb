package dev.bench.docker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import dev.bench.image.Dockerfile;
import dev.bench.target.BuildStep;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class BuildTraceTest {
    private static final Dockerfile DOCKERFILE = Dockerfile.parse("FROM $BASE\nCOPY a a\nRUN make all\n");

    @Test
    void givesEveryStepItsLineAndItsTime() {
        BuildTrace trace = new BuildTrace();
        trace.add(vertex("d1", "[1/3] FROM example.invalid/base:1", false, 10, 11, ""));
        trace.add(vertex("d2", "[2/3] COPY a a", true, 12, 12, ""));
        // A step is told of when it begins, and again when it has ended.
        trace.add(vertex("d3", "[3/3] RUN make all", false, 12, 0, ""));
        trace.add(vertex("d3", "[3/3] RUN make all", false, 12, 15, ""));
        trace.add(vertex("d4", "exporting to image", false, 15, 16, ""));
        assertEquals(
                List.of(
                        new BuildStep("FROM $BASE", 1, false, 1000, 2000),
                        new BuildStep("COPY a a", 2, true, 3000, 3000),
                        new BuildStep("RUN make all", 3, false, 3000, 6000),
                        new BuildStep("exporting to image", 0, false, 6000, 7000)),
                trace.steps(DOCKERFILE, Instant.ofEpochSecond(9)));
    }

    @Test
    void namesTheStepThatFailedWithWhatItWrote() {
        BuildTrace trace = new BuildTrace();
        trace.add(vertex("d3", "[3/3] RUN make all", false, 12, 0, ""));
        trace.add(log("d3", "no rule\nto make it\n"));
        trace.add(vertex("d3", "[3/3] RUN make all", false, 12, 15, "exit code: 2"));
        FailedStep failed = assertNotNullStep(trace.failed(DOCKERFILE));
        assertEquals(new FailedStep("RUN make all", 3, List.of("no rule", "to make it")), failed);
    }

    @Test
    void theClassicBuildersStepsLastUntilTheNext() {
        ClassicTrace trace = new ClassicTrace();
        trace.add("Step 1/3 : FROM $BASE\n", 1_000_000);
        trace.add(" ---> 0123\n", 2_000_000);
        trace.add("Step 2/3 : COPY a a\n", 3_000_000);
        trace.add(" ---> Using cache\n", 3_000_000);
        trace.add("Step 3/3 : RUN make all\n", 4_000_000);
        trace.add("no rule\n", 9_000_000);
        assertEquals(
                List.of(
                        new BuildStep("FROM $BASE", 1, false, 1, 3),
                        new BuildStep("COPY a a", 2, true, 3, 4),
                        new BuildStep("RUN make all", 3, false, 4, 9)),
                trace.steps(DOCKERFILE, 0));
        assertEquals(new FailedStep("RUN make all", 3, List.of("no rule")), assertNotNullStep(trace.last(DOCKERFILE)));
    }

    @Test
    void readsWhatThePluginWritesOnOneLineOrOnSeveral() throws IOException {
        BuildTrace trace = new BuildTrace();
        String words = BuildKitCommand.told("""
                {"vertexes":[{"digest":"d1","name":"[1/3] FROM $BASE","started":"1970-01-01T00:00:10Z","completed":"1970-01-01T00:00:11Z"}]}
                {
                  "vertexes": [
                    {
                      "digest": "d3",
                      "name": "[3/3] RUN make all",
                      "started": "1970-01-01T02:00:12.5+02:00",
                      "completed": "1970-01-01T02:00:15+02:00",
                      "error": "exit code: 2"
                    }
                  ],
                  "logs": [
                    {
                      "vertex": "d3",
                      "data": "bm8gcnVsZQo="
                    }
                  ]
                }
                WARNING: something else
                ERROR: failed to solve: exit code: 2
                """.lines().toList(), trace);
        assertEquals("failed to solve: exit code: 2", words);
        assertEquals(
                List.of(
                        new BuildStep("FROM $BASE", 1, false, 1000, 2000),
                        new BuildStep("RUN make all", 3, false, 3500, 6000)),
                trace.steps(DOCKERFILE, Instant.ofEpochSecond(9)));
        assertEquals(
                new FailedStep("RUN make all", 3, List.of("no rule")), assertNotNullStep(trace.failed(DOCKERFILE)));
    }

    private static FailedStep assertNotNullStep(FailedStep step) {
        assertNotNull(step);
        return step;
    }

    private static byte[] vertex(String digest, String name, boolean cached, int started, int completed, String error) {
        ByteArrayOutputStream vertex = new ByteArrayOutputStream();
        put(vertex, 1, digest.getBytes(UTF_8));
        put(vertex, 3, name.getBytes(UTF_8));
        if (cached) {
            vertex.write(4 << 3);
            vertex.write(1);
        }
        put(vertex, 5, new byte[] {1 << 3, (byte) started});
        if (completed > 0) {
            put(vertex, 6, new byte[] {1 << 3, (byte) completed});
        }
        if (!error.isEmpty()) {
            put(vertex, 7, error.getBytes(UTF_8));
        }
        ByteArrayOutputStream status = new ByteArrayOutputStream();
        put(status, 1, vertex.toByteArray());
        return status.toByteArray();
    }

    private static byte[] log(String digest, String text) {
        ByteArrayOutputStream log = new ByteArrayOutputStream();
        put(log, 1, digest.getBytes(UTF_8));
        put(log, 4, text.getBytes(UTF_8));
        ByteArrayOutputStream status = new ByteArrayOutputStream();
        put(status, 3, log.toByteArray());
        return status.toByteArray();
    }

    /** Writes a field of bytes, fewer than 128. */
    private static void put(ByteArrayOutputStream out, int field, byte[] content) {
        out.write(field << 3 | 2);
        out.write(content.length);
        out.writeBytes(content);
    }
}
