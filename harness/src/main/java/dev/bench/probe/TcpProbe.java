package dev.bench.probe;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.bench.grammar.Forms;
import dev.bench.grammar.Key;
import dev.bench.grammar.Keys;
import dev.bench.grammar.YamlMap;
import dev.bench.workload.Readiness;
import java.net.InetAddress;
import java.time.Duration;

/** Tells readiness by what a TCP connection yields. */
public final class TcpProbe extends NetworkProbe {
    private static final Key<Integer> PORT =
            port().required("give a whole number from 1 to 65535").byDefault(0);
    private static final Key<String> SEND =
            Key.of("send", Forms.scalar(), "Sent first.").byDefault("");
    private static final Key<String> EXPECT = Key.of("expect", Forms.scalar(), "What the answer starts with.")
            .required("give the text an answer starts with: an open port alone is no sign of readiness")
            .byDefault("");
    private static final Key<YamlMap> TCP =
            Key.of("tcp", Forms.mapping(Keys.of(PORT, SEND, EXPECT)), "Bytes on a TCP connection.");

    @Override
    public Key<YamlMap> key() {
        return TCP;
    }

    @Override
    public Class<Readiness.Tcp> readinessType() {
        return Readiness.Tcp.class;
    }

    @Override
    public Readiness read(YamlMap ready, Duration within) {
        YamlMap tcp = TCP.in(ready);
        return new Readiness.Tcp(PORT.in(tcp), SEND.in(tcp), EXPECT.in(tcp), within);
    }

    @Override
    Protocol protocol(Readiness readiness, InetAddress address) {
        Readiness.Tcp tcp = (Readiness.Tcp) readiness;
        return new Protocol(
                "TCP port " + tcp.port(),
                tcp.port(),
                tcp.send().getBytes(UTF_8),
                ShortAnswer.beginningWith(new String(tcp.expect().getBytes(UTF_8), ISO_8859_1)));
    }
}
