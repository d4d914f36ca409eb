package dev.bench.probe;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.bench.grammar.Forms;
import dev.bench.grammar.Key;
import dev.bench.grammar.Keys;
import dev.bench.grammar.YamlMap;
import dev.bench.workload.Readiness;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Optional;

/** Tells readiness by an HTTP answer. */
public final class HttpProbe extends NetworkProbe {
    /** What is below is no final answer. */
    private static final int LEAST_STATUS = 200;

    private static final Key<Integer> PORT = port().byDefault(80);
    private static final Key<String> PATH =
            Key.of("path", Forms.requestPath(), "").byDefault("/");
    private static final Key<Integer> STATUS =
            Key.of("status", Forms.whole(LEAST_STATUS, 599), "").byDefault(200);
    private static final Key<String> CONTAINS = Key.of(
                    "contains", Forms.scalar(), "Text the body must contain, anywhere in it.")
            .byDefault("");
    private static final Key<String> HOST = Key.of(
                    "host",
                    Forms.text("a name such as app.example.com or name:port", "[A-Za-z0-9._:\\[\\]-]{0,255}"),
                    "What to send as Host; default: the instance's own address.")
            .byDefault("");
    private static final Key<YamlMap> HTTP =
            Key.of("http", Forms.mappingOrNothing(Keys.of(PORT, PATH, STATUS, CONTAINS, HOST)), "An HTTP answer.");

    @Override
    public Key<YamlMap> key() {
        return HTTP;
    }

    @Override
    public Class<Readiness.Http> readinessType() {
        return Readiness.Http.class;
    }

    @Override
    public Readiness read(YamlMap ready, Duration within) {
        YamlMap http = HTTP.in(ready);
        return new Readiness.Http(
                PORT.in(http), PATH.in(http), STATUS.in(http), CONTAINS.in(http), HOST.in(http), within);
    }

    /** Asks for the body as it is: a text is not looked for in what is compressed. */
    @Override
    Protocol protocol(Readiness readiness, InetAddress address) {
        Readiness.Http http = (Readiness.Http) readiness;
        return new Protocol(
                "HTTP on port " + http.port(),
                http.port(),
                question(http, address, "Connection: close\r\n"),
                () -> new HttpAnswer(http));
    }

    @Override
    public boolean asksAgain() {
        return true;
    }

    @Override
    public Optional<SecondAnswer> askAgain(Readiness readiness, InetAddress address) {
        Readiness.Http http = (Readiness.Http) readiness;
        return HttpSecond.ask(http, address, question(http, address, ""));
    }

    private static byte[] question(Readiness.Http http, InetAddress address, String further) {
        String question = "GET " + http.path() + " HTTP/1.1\r\nHost: " + http.hostOf(address)
                + "\r\nUser-Agent: bench\r\nAccept-Encoding: identity\r\n" + further + "\r\n";
        return question.getBytes(UTF_8);
    }
}
