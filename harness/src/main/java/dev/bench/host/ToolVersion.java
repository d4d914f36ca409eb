package dev.bench.host;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;

/**
 * Names this build.
 *
 * @param version version of the project
 * @param commit abbreviated commit it was built from; {@code unknown} where it was built outside a repository
 * @param modified whether the sources differed from the commit
 */
public record ToolVersion(String version, String commit, boolean modified) {
    private static final String RESOURCE = "build.properties";

    /** Returns what the build stored about itself. */
    public static ToolVersion current() {
        Properties properties = new Properties();
        try (InputStream input = ToolVersion.class.getResourceAsStream(RESOURCE)) {
            if (input != null) {
                properties.load(input);
            }
        } catch (IOException e) {
            // A build that cannot name itself can still measure.
        }
        return of(properties);
    }

    static ToolVersion of(Properties properties) {
        String version = properties.getProperty("version", "unknown");
        String commit = properties.getProperty("commit", "");
        return new ToolVersion(
                version.replace("-SNAPSHOT", ""),
                // Where Maven knew no commit its placeholder stays.
                commit.isEmpty() || commit.startsWith("$") ? "unknown" : commit,
                properties.getProperty("modified", "").equals("true"));
    }

    /** Returns name, version and commit in one line. */
    @Override
    public String toString() {
        return "bench " + version + " (commit " + commit + (modified ? ", modified" : "") + ")";
    }
}
