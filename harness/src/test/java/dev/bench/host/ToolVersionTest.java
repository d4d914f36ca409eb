package dev.bench.host;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Properties;
import org.junit.jupiter.api.Test;

final class ToolVersionTest {
    @Test
    void namesVersionAndCommit() {
        assertEquals("bench 0.1.0 (commit abc1234)", version("0.1.0-SNAPSHOT", "abc1234", "false"));
    }

    @Test
    void tellsThatSourcesDifferedFromTheCommit() {
        assertEquals("bench 0.1.0 (commit abc1234, modified)", version("0.1.0", "abc1234", "true"));
    }

    @Test
    void survivesABuildOutsideARepository() {
        assertEquals("bench 0.1.0 (commit unknown)", version("0.1.0", "${git.commit.id.abbrev}", "${git.dirty}"));
        assertEquals(
                "bench unknown (commit unknown)",
                ToolVersion.of(new Properties()).toString());
    }

    private static String version(String version, String commit, String modified) {
        Properties properties = new Properties();
        properties.setProperty("version", version);
        properties.setProperty("commit", commit);
        properties.setProperty("modified", modified);
        return ToolVersion.of(properties).toString();
    }
}
