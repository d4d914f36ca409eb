package dev.bench.probe;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.bench.grammar.Forms;
import dev.bench.grammar.Key;
import dev.bench.grammar.Keys;
import dev.bench.grammar.YamlMap;
import dev.bench.workload.Readiness;
import java.net.InetAddress;
import java.time.Duration;

/** Tells readiness by Redis's answer to a ping. */
public final class RedisProbe extends NetworkProbe {
    private static final Key<Integer> PORT = port().byDefault(6379);
    private static final Key<YamlMap> REDIS =
            Key.of("redis", Forms.mappingOrNothing(Keys.of(PORT)), "Redis answers PING.");

    @Override
    public Key<YamlMap> key() {
        return REDIS;
    }

    @Override
    public Class<Readiness.Redis> readinessType() {
        return Readiness.Redis.class;
    }

    @Override
    public Readiness read(YamlMap ready, Duration within) {
        return new Readiness.Redis(PORT.in(REDIS.in(ready)), within);
    }

    @Override
    Protocol protocol(Readiness readiness, InetAddress address) {
        int port = ((Readiness.Redis) readiness).port();
        return new Protocol(
                "Redis on port " + port, port, "PING\r\n".getBytes(US_ASCII), ShortAnswer.beginningWith("+PONG"));
    }
}
