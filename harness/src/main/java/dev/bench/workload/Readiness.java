package dev.bench.workload;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Duration;

/** Says what must be observed, and within what time, for an instance to count as ready. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Readiness.Http.class, name = "http"),
    @JsonSubTypes.Type(value = Readiness.Tcp.class, name = "tcp"),
    @JsonSubTypes.Type(value = Readiness.Log.class, name = "log"),
    @JsonSubTypes.Type(value = Readiness.Exit.class, name = "exit"),
    @JsonSubTypes.Type(value = Readiness.Redis.class, name = "redis"),
    @JsonSubTypes.Type(value = Readiness.Postgres.class, name = "postgres")
})
public sealed interface Readiness {
    /** Returns how long after the request the observation may take before the launch counts as failed. */
    Duration timeout();

    /** Returns what must be observed, as a person would say it. */
    String observation();

    /** Returns what must be observed and within what time, as a person would say it. */
    default String describe() {
        return observation() + " within " + timeout().toSeconds() + " s";
    }

    /**
     * Asks for an HTTP status on the instance's own address.
     *
     * @param contains text the body must contain; empty for none
     */
    record Http(int port, String path, int status, String contains, Duration timeout) implements Readiness {
        @Override
        public String observation() {
            return "HTTP " + status + " from port " + port + path
                    + (contains.isEmpty() ? "" : ", body contains '" + contains + "'");
        }
    }

    /**
     * Asks for a TCP connection that yields bytes.
     *
     * @param send bytes to send first, as text; empty for none
     * @param expect text the answer must start with; not empty
     */
    record Tcp(int port, String send, String expect, Duration timeout) implements Readiness {
        @Override
        public String observation() {
            return "TCP port " + port + " answers '" + expect + "'";
        }
    }

    /**
     * Asks for a line of output.
     *
     * @param pattern regular expression found within one line of standard output or error
     */
    record Log(String pattern, Duration timeout) implements Readiness {
        @Override
        public String observation() {
            return "a line of output matches '" + pattern + "'";
        }
    }

    /**
     * Asks for the workload's end.
     *
     * @param status the exit status it must end with
     */
    record Exit(int status, Duration timeout) implements Readiness {
        @Override
        public String observation() {
            return "ends with status " + status;
        }
    }

    /** Asks a Redis server for {@code +PONG}. */
    record Redis(int port, Duration timeout) implements Readiness {
        @Override
        public String observation() {
            return "Redis on port " + port + " answers PING";
        }
    }

    /**
     * Asks a PostgreSQL server for an answer to a start-up message that is not "the database system is starting up".
     */
    record Postgres(int port, String user, String database, Duration timeout) implements Readiness {
        @Override
        public String observation() {
            return "PostgreSQL on port " + port + " accepts sessions";
        }
    }
}
