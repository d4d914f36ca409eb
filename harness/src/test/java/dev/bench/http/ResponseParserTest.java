package dev.bench.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class ResponseParserTest {
    private static final String LENGTH = "HTTP/1.1 200 OK\r\nServer: x\r\nContent-Length: 5\r\n\r\nhello";
    private static final String CHUNKS =
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\nA;x=y\r\n0123456789\r\n0\r\nT: v\r\n\r\n";

    private final ResponseParser parser = new ResponseParser();

    @BeforeEach
    void begin() {
        parser.reset();
    }

    private boolean accept(String text) throws ResponseParser.Malformed {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        return parser.accept(bytes, bytes.length);
    }

    @Test
    void findsTheEndHoweverTheAnswerIsCut() throws Exception {
        for (String answer : List.of(
                LENGTH,
                CHUNKS,
                "HTTP/1.1 204 No Content\r\n\r\n",
                "HTTP/1.1 304 Not Modified\r\nContent-Length: 9\r\n\r\n",
                "HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n",
                "HTTP/1.1 100 Continue\r\n\r\n" + LENGTH)) {
            for (int cut = 1; cut < answer.length(); cut++) {
                parser.reset();
                assertFalse(accept(answer.substring(0, cut)), answer + " cut at " + cut);
                assertTrue(accept(answer.substring(cut)), answer + " cut at " + cut);
            }
        }
    }

    @Test
    void tellsTheStatusAndWhetherTheServerCloses() throws Exception {
        assertTrue(accept("HTTP/1.1 404 Not Found\r\nConnection: Close\r\nContent-Length: 1\r\n\r\nx"));
        assertEquals(404, parser.status());
        assertTrue(parser.closes());
        parser.reset();
        assertTrue(accept(LENGTH));
        assertEquals(200, parser.status());
        assertFalse(parser.closes());
    }

    @Test
    void anAnswerOfUnknownLengthEndsWithTheConnection() throws Exception {
        assertFalse(accept("HTTP/1.0 200 OK\r\n\r\nhello"));
        assertTrue(parser.completeAtEnd());
        assertTrue(parser.closes());
    }

    @Test
    void aCutAnswerIsNotCompleteAtTheEnd() throws Exception {
        assertFalse(accept(LENGTH.substring(0, LENGTH.length() - 1)));
        assertFalse(parser.completeAtEnd());
    }

    @Test
    void http10ClosesUnlessItSaysOtherwise() throws Exception {
        assertTrue(accept("HTTP/1.0 200 OK\r\nContent-Length: 1\r\n\r\nx"));
        assertTrue(parser.closes());
        parser.reset();
        assertTrue(accept("HTTP/1.0 200 OK\r\nConnection: Keep-Alive\r\nContent-Length: 1\r\n\r\nx"));
        assertFalse(parser.closes());
        parser.reset();
        assertTrue(accept("HTTP/1.1 200 OK\r\nConnection: close, TE\r\nContent-Length: 1\r\n\r\nx"));
        assertTrue(parser.closes());
    }

    @Test
    void handsOverTheBodyWithoutItsFraming() throws Exception {
        StringBuilder seen = new StringBuilder();
        ResponseParser reader = new ResponseParser(
                (bytes, from, count) -> seen.append(new String(bytes, from, count, StandardCharsets.ISO_8859_1)));
        for (byte value : CHUNKS.getBytes(StandardCharsets.ISO_8859_1)) {
            reader.accept(new byte[] {value}, 1);
        }

        assertEquals("hello0123456789", seen.toString());
    }

    @Test
    void blanksBehindTheEncodingAreNoPartOfIt() throws Exception {
        assertFalse(accept("HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked \r\n\r\n5\r\nhello\r\n"));
        assertTrue(accept("0\r\n\r\n"));
    }

    @Test
    void aBodyMayBeLongerThanAnInteger() throws Exception {
        assertFalse(accept("HTTP/1.1 200 OK\r\nContent-Length: 5000000000\r\n\r\nx"));
        assertFalse(parser.completeAtEnd());
    }

    @Test
    void refusesWhatIsNoHttp() {
        for (String answer : List.of(
                "SSH-2.0-OpenSSH\r\n",
                "HTTP/1.1 abc\r\n",
                "HTTP/1.1 2000 OK\r\n",
                "HTTP/1.1 200 " + "x".repeat(5_000),
                "HTTP/1.1 200 OK\r\nContent-Length: -5\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: many\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n")) {
            parser.reset();
            assertThrows(ResponseParser.Malformed.class, () -> accept(answer), answer);
        }
    }
}
