package dev.bench.site;

import dev.bench.history.Run;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Names the files of the site. A name depends on what the page shows alone, so that links to it last; it is made of
 * letters, digits, dots and dashes whatever the result is called.
 */
final class Pages {
    static final String INDEX = "index.html";
    static final String FEED = "feed.xml";
    static final String REPORTS = "reports";
    static final String TRENDS = "trends";

    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");
    private static final int MOST_CHARACTERS = 40;
    private static final int DIGEST_LENGTH = 10;

    private Pages() {}

    /** Returns the page of a result, which is its report. */
    static String report(String run) {
        return REPORTS + "/"
                + (PLAIN.matcher(run).matches()
                        ? run
                        : readable(run) + "-" + digest(run).substring(0, DIGEST_LENGTH))
                + ".html";
    }

    /** Returns the page of a trend. */
    static String trend(Run.Subject subject) {
        return TRENDS + "/" + readable(subject.scenario()) + "-"
                + digest(subject.toString()).substring(0, DIGEST_LENGTH) + ".html";
    }

    private static String readable(String name) {
        String plain =
                name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
        return plain.isEmpty() ? "x" : plain.substring(0, Math.min(MOST_CHARACTERS, plain.length()));
    }

    /** Returns the SHA-256 digest of a text, hexadecimal. */
    static String digest(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
