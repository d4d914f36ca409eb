package dev.bench.measure.stack;

import dev.bench.result.FailureKind;
import dev.bench.target.LaunchException;
import dev.bench.target.RunningService;
import dev.bench.workload.Healthcheck;
import dev.bench.workload.Service;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Executes a service's health check until it passes: at its interval, as engines do (Docker's API, HealthConfig), and, where
 * that is asked for and the check asks on the network, as soon as the service accepts connections. Looks before the interval
 * is over do not count where they fail. Used by one thread.
 */
final class HealthWatch {
    /** Programs and addresses by which a check that asks on the network is told. */
    private static final Pattern ASKS_NETWORK = Pattern.compile(
            "\\b(curl|wget|nc|ncat|pg_isready|redis-cli|mysqladmin|mariadb-admin|mongosh)\\b|https?://|/dev/tcp/");

    private static final Duration EARLY_REST = Duration.ofMillis(100);
    private static final long CONNECT_REST_NANOS = 10_000_000;
    private static final int CONNECT_MILLIS = 20;

    private final Service service;
    private final RunningService running;
    private final Healthcheck healthcheck;
    private final List<Integer> ports;
    private final long startedNanos;
    private long regular;
    private long early;
    private long connect;
    private boolean accepted;
    private int failures;
    private int checks;
    private boolean passedEarly;
    private RunningService.Check last = new RunningService.Check(RunningService.Check.TIMED_OUT, "");

    /**
     * Begins to watch.
     *
     * @param ports it is said to listen on; empty where nothing is asked earlier
     * @param startedNanos when it was started
     */
    HealthWatch(
            Service service, RunningService running, Healthcheck healthcheck, List<Integer> ports, long startedNanos) {
        this.service = service;
        this.running = running;
        this.healthcheck = healthcheck;
        this.ports = ports;
        this.startedNanos = startedNanos;
        this.regular = startedNanos + rest(startedNanos);
    }

    /** Tells whether a check asks on the network. */
    static boolean asksNetwork(Healthcheck healthcheck) {
        return ASKS_NETWORK.matcher(String.join(" ", healthcheck.argv())).find();
    }

    private boolean starting(long now) {
        return now - startedNanos < healthcheck.startPeriod().toNanos();
    }

    private long rest(long now) {
        return (starting(now) ? healthcheck.startInterval() : healthcheck.interval()).toNanos();
    }

    /**
     * Executes the check where its time has come.
     *
     * @return whether it passed
     * @throws LaunchException where it has failed as often as it may, with what it said last
     */
    boolean look() throws LaunchException {
        long now = System.nanoTime();
        boolean due = now - regular >= 0;
        if (!due && !(accepts(now) && now - early >= 0)) {
            return false;
        }
        last = running.check(healthcheck.timeout());
        checks++;
        long ended = System.nanoTime();
        early = ended + EARLY_REST.toNanos();
        if (last.passed()) {
            passedEarly = !due;
            return true;
        }
        if (due) {
            failures += starting(now) ? 0 : 1;
            regular = ended + rest(ended);
            if (failures >= healthcheck.retries()) {
                throw new LaunchException(
                        FailureKind.TIMEOUT,
                        "the service " + service.name() + " is not healthy: its check failed " + failures
                                + " times in a row, " + lastWords()
                                + ". Check its healthcheck in the Compose file, and its log",
                        null);
            }
        }
        return false;
    }

    private boolean accepts(long now) {
        if (accepted || ports.isEmpty() || now - connect < 0) {
            return accepted;
        }
        for (int port : ports) {
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress(running.address(), port), CONNECT_MILLIS);
                accepted = true;
                early = now;
                return true;
            } catch (IOException e) {
                // Nobody listens there yet.
            }
        }
        connect = System.nanoTime() + CONNECT_REST_NANOS;
        return false;
    }

    /** Returns how the last check ended, in words that follow a comma. */
    String lastWords() {
        if (checks == 0) {
            return "and was not due yet";
        }
        String output = last.output().strip();
        String words = output.isEmpty()
                ? "without a word"
                : "and said last: " + output.substring(output.lastIndexOf('\n') + 1);
        return (last.status() == RunningService.Check.TIMED_OUT
                        ? "the last time because it did not end within "
                                + healthcheck.timeout().toMillis() + " ms"
                        : "the last time with status " + last.status())
                + ", " + words;
    }

    /** Returns how often the check was executed. */
    int checks() {
        return checks;
    }

    /** Returns whether it passed before its interval was over. */
    boolean passedEarly() {
        return passedEarly;
    }
}
