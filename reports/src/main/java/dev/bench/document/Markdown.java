package dev.bench.document;

/** Writes Markdown as the forges read it. */
public final class Markdown {
    private Markdown() {}

    /**
     * Escapes what Markdown and the HTML within it give a meaning to; line ends become spaces. A comment after the sign
     * keeps a forge from telling the person who bears such a name.
     */
    public static String escape(String text) {
        return PlainText.printable(text)
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replaceAll("([\\\\`*_\\[\\]|#~])", "\\\\$1")
                .replace("@", "@<!-- -->")
                .replaceAll("\\s+", " ");
    }
}
