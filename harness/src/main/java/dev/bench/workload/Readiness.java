package dev.bench.workload;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.math.BigDecimal;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.time.Duration;

/**
 * Says what must be observed, and within what time, for an instance to count as ready. Each probe has a class of its own,
 * which is stored by the probe's name; whoever reads it from JSON registers those of all probes.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
public interface Readiness {
    /** Returns how long after the request the observation may take before the launch counts as failed. */
    Duration timeout();

    /** Returns what must be observed, as a person would say it. */
    String observation();

    /** Returns what must be observed and within what time, as a person would say it. */
    default String describe() {
        return observation() + " within "
                + BigDecimal.valueOf(timeout().toMillis(), 3)
                        .stripTrailingZeros()
                        .toPlainString() + " s";
    }

    /**
     * Asks for an HTTP status on the instance's own address.
     *
     * @param contains text the body must contain, anywhere in it; empty for none
     * @param host what to send as {@code Host}; empty for the instance's address
     */
    record Http(int port, String path, int status, String contains, String host, Duration timeout)
            implements Readiness {
        private static final int DEFAULT_PORT = 80;

        @Override
        public String observation() {
            return "HTTP " + status + " for " + path + " from port " + port
                    + (host.isEmpty() ? "" : ", host " + host)
                    + (contains.isEmpty() ? "" : ", body contains '" + contains + "'");
        }

        /** Returns what a request to an instance gives as {@code Host} (RFC 9112, 3.2): where it is sent, as in a URL. */
        public String hostOf(InetAddress address) {
            if (!host.isEmpty()) {
                return host;
            }
            String literal = address.getHostAddress();
            return (address instanceof Inet6Address ? "[" + literal + "]" : literal)
                    + (port == DEFAULT_PORT ? "" : ":" + port);
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
     * @param count how many lines must match; ready is the last of them
     */
    record Log(String pattern, int count, Duration timeout) implements Readiness {
        @Override
        public String observation() {
            return count == 1
                    ? "a line of output matches '" + pattern + "'"
                    : count + " lines of output match '" + pattern + "'";
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
