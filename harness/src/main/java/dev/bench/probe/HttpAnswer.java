package dev.bench.probe;

import dev.bench.http.ResponseParser;
import dev.bench.workload.Readiness;
import java.nio.charset.StandardCharsets;

/** Judges an HTTP answer by its status and by a text anywhere in its body, across chunks and however late it comes. */
final class HttpAnswer implements Answer {
    private final Readiness.Http http;
    private final TextSearch text;
    private final ResponseParser parser;
    private final Excerpt excerpt = new Excerpt();

    HttpAnswer(Readiness.Http http) {
        this.http = http;
        this.text = new TextSearch(http.contains().getBytes(StandardCharsets.UTF_8));
        this.parser = new ResponseParser(text::accept);
    }

    @Override
    public Reading accept(byte[] bytes, int count) {
        excerpt.accept(bytes, count);
        try {
            boolean complete = parser.accept(bytes, count);
            if (!parser.hasStatus()) {
                return Reading.MORE;
            }
            if (parser.status() != http.status()) {
                return Reading.WRONG;
            }
            if (text.found()) {
                return Reading.READY;
            }
            return complete ? Reading.WRONG : Reading.MORE;
        } catch (ResponseParser.Malformed e) {
            // What was found before the answer went wrong was found.
            return parser.hasStatus() && parser.status() == http.status() && text.found()
                    ? Reading.READY
                    : Reading.WRONG;
        }
    }

    @Override
    public Reading end() {
        return Reading.WRONG;
    }

    @Override
    public boolean isYetToBegin() {
        return parser.isAtBeginning();
    }

    @Override
    public String excerpt() {
        return excerpt.toString();
    }
}
