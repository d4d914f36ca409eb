package dev.bench.probe;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.bench.grammar.Forms;
import dev.bench.grammar.Key;
import dev.bench.grammar.Keys;
import dev.bench.grammar.YamlMap;
import dev.bench.workload.Readiness;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.time.Duration;

/** Tells readiness by PostgreSQL's answer to a start-up message. */
public final class PostgresProbe extends NetworkProbe {
    private static final Key<Integer> PORT = port().byDefault(5432);
    private static final Key<String> USER = Key.of("user", Forms.text(), "").byDefault("postgres");
    private static final Key<String> DATABASE =
            Key.of("database", Forms.text(), "").byDefault("postgres");
    private static final Key<YamlMap> POSTGRES =
            Key.of("postgres", Forms.mappingOrNothing(Keys.of(PORT, USER, DATABASE)), "PostgreSQL accepts sessions.");

    @Override
    public Key<YamlMap> key() {
        return POSTGRES;
    }

    @Override
    public Class<Readiness.Postgres> readinessType() {
        return Readiness.Postgres.class;
    }

    @Override
    public Readiness read(YamlMap ready, Duration within) {
        YamlMap postgres = POSTGRES.in(ready);
        return new Readiness.Postgres(PORT.in(postgres), USER.in(postgres), DATABASE.in(postgres), within);
    }

    /** Asks as protocol version 3.0 does (PostgreSQL documentation, "Message Formats", StartupMessage). */
    @Override
    Protocol protocol(Readiness readiness, InetAddress address) {
        Readiness.Postgres postgres = (Readiness.Postgres) readiness;
        byte[] parameters =
                ("user\0" + postgres.user() + "\0database\0" + postgres.database() + "\0\0").getBytes(UTF_8);
        ByteBuffer question = ByteBuffer.allocate(8 + parameters.length);
        question.putInt(question.capacity()).putInt(196_608).put(parameters);
        return new Protocol(
                "PostgreSQL on port " + postgres.port(),
                postgres.port(),
                question.array(),
                () -> new ShortAnswer(PostgresProbe::judge));
    }

    private static Answer.Reading judge(String answer, boolean ended) {
        if (answer.charAt(0) == 'R') {
            return Answer.Reading.READY;
        }
        if (answer.charAt(0) != 'E') {
            return Answer.Reading.WRONG;
        }
        // SQLSTATE 57P03 is "cannot connect now": starting up or in recovery. Any other error comes from a server that
        // handles sessions. It may come in pieces, so the message's own length tells where it ends.
        if (answer.length() < 5 || answer.length() < 1 + messageLength(answer)) {
            return ended ? Answer.Reading.WRONG : Answer.Reading.MORE;
        }
        return answer.contains("C57P03\0") ? Answer.Reading.WRONG : Answer.Reading.READY;
    }

    /** Reads the length that follows a message's type, in network order; it counts itself but not the type. */
    private static long messageLength(String answer) {
        long length = 0;
        for (int i = 1; i <= 4; i++) {
            length = length << 8 | answer.charAt(i);
        }
        return length;
    }
}
