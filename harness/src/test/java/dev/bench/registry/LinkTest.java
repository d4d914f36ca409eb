package dev.bench.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LinkTest {
    private static Optional<Link> read(String text) {
        return Link.QUANTITY.reader().apply(text);
    }

    @Test
    void readsARateAndARoundTrip() {
        assertEquals(Optional.of(new Link(100_000_000, Duration.ZERO)), read("100Mbit"));
        assertEquals(Optional.of(new Link(100_000_000, Duration.ofMillis(10))), read("100Mbit/10ms"));
        assertEquals(Optional.of(new Link(2_500_000_000L, Duration.ofMillis(1_500))), read("2.5 Gbit/1.5s"));
        assertEquals(Optional.of(new Link(64_000, Duration.ZERO)), read("64kbit"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "100",
                "100MB",
                "100mbit",
                "0Mbit",
                "63kbit",
                "101Gbit",
                "100Mbit/",
                "100Mbit/10",
                "1Mbit/11s"
            })
    void refusesWhatIsNoneOrBeyondAnyUse(String text) {
        assertEquals(Optional.empty(), read(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"100Mbit", "1.5Gbit/0.5ms", "64kbit", "1234.567kbit/10000ms", "100Gbit"})
    void isWrittenAsItCanBeRead(String text) {
        Link link = read(text).orElseThrow();

        assertTrue(text.matches(Link.QUANTITY.pattern()), text);
        assertEquals(text, link.describe());
        assertEquals(link, read(link.describe()).orElseThrow());
    }

    @Test
    void takesTheTokenBucketUnlessAnAnswerIsToTakeLonger() {
        Link plain = new Link(1_000_000_000, Duration.ZERO);
        Link far = new Link(100_000_000, Duration.ofMillis(10));

        assertFalse(plain.needsEmulator());
        assertEquals(
                List.of(
                        "qdisc",
                        "add",
                        "dev",
                        "eth0",
                        "root",
                        "tbf",
                        "rate",
                        "1000000000bit",
                        "burst",
                        "1250000",
                        "latency",
                        "50ms"),
                plain.shaping("eth0"));
        assertTrue(far.needsEmulator());
        assertEquals(
                List.of(
                        "qdisc",
                        "add",
                        "dev",
                        "eth0",
                        "root",
                        "netem",
                        "delay",
                        "5000us",
                        "rate",
                        "100000000bit",
                        "limit",
                        "100000"),
                far.shaping("eth0"));
    }
}
