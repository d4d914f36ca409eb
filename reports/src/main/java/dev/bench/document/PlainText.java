package dev.bench.document;

/** Makes text from outside harmless where there is no markup to escape it with. */
public final class PlainText {
    private PlainText() {}

    /**
     * Returns the text with control characters, those that turn the direction of writing, half characters and what is
     * no character replaced: a name must not move a terminal's cursor, end a line or stand in no XML document.
     */
    public static String printable(String text) {
        StringBuilder out = new StringBuilder(text.length());
        text.codePoints().forEach(character -> {
            if (character == '\t' || character == '\n' || character == '\r') {
                out.append(' ');
            } else if (isPrintable(character)) {
                out.appendCodePoint(character);
            } else {
                out.append('\ufffd');
            }
        });
        // A runner of GitHub takes this for a command wherever in a line it stands.
        return out.toString().replace("##[", "## [");
    }

    private static boolean isPrintable(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }
}
