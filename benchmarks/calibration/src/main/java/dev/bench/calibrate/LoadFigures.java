package dev.bench.calibrate;

import dev.bench.figure.Figure;
import dev.bench.host.Commands;
import dev.bench.host.Executables;
import dev.bench.load.Load;
import dev.bench.load.LoadGenerator;
import dev.bench.load.LoadOutcome;
import dev.bench.result.ResultStore;
import dev.bench.session.LaunchOperation;
import dev.bench.target.LaunchException;
import dev.bench.target.Target;
import dev.bench.target.TargetException;
import dev.bench.workload.Readiness;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Holds the load generator against wrk on the same container, and its open loop against the rate it was asked for. */
final class LoadFigures {
    private static final int CONNECTIONS = 16;
    private static final int ROUNDS = 5;
    private static final Duration WARMUP = Duration.ofSeconds(1);
    private static final Duration WINDOW = Duration.ofSeconds(4);
    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final Pattern REQUESTS = Pattern.compile("Requests/sec:\\s+([0-9.]+)");

    private final Launches workload;
    private final Readiness.Http http;

    LoadFigures(Launches workload) {
        this.workload = workload;
        this.http = (Readiness.Http) workload.plan().workload().readiness();
    }

    List<Figure> take() throws TargetException, LaunchException, IOException, InterruptedException {
        Target target = workload.open("docker");
        InetAddress address = workload.nextAddress();
        LaunchOperation operation = workload.operation(target, address);
        try (LoadGenerator generator =
                new LoadGenerator(ResultStore.create(workload.lab().workDirectory()), "calibration.hlog")) {
            operation.start();
            return figures(generator, address);
        } finally {
            operation.remove();
        }
    }

    private List<Figure> figures(LoadGenerator generator, InetAddress address)
            throws IOException, InterruptedException {
        double[] ours = new double[ROUNDS];
        double[] others = new double[ROUNDS];
        boolean wrk = Executables.find("wrk").isPresent();
        generator.run(load(address, 0), "warmup");
        for (int round = 0; round < ROUNDS; round++) {
            ours[round] = generator.run(load(address, 0), "closed").answeredPerSecond();
            others[round] = wrk ? wrk(address) : Double.NaN;
        }
        List<Figure> figures = new ArrayList<>();
        if (wrk) {
            figures.add(Figure.rates("requests a second of one container: bench / wrk", ours, others, 0.8));
        }
        LoadOutcome open = generator.run(load(address, Figure.median(ours) / 2), "open");
        figures.add(Figure.rates(
                "open loop at half of that: answered / asked for" + (wrk ? "" : " (wrk is not installed)"),
                new double[] {open.answeredPerSecond()},
                new double[] {Figure.median(ours) / 2},
                0.99));
        return figures;
    }

    private Load load(InetAddress address, double rate) {
        return new Load(
                List.of(new InetSocketAddress(address, http.port())),
                http.path(),
                http::hostOf,
                http.status(),
                CONNECTIONS,
                WARMUP,
                WINDOW,
                rate);
    }

    private double wrk(InetAddress address) throws IOException {
        String output = Commands.runOrThrow(
                TIMEOUT,
                List.of(
                        "wrk",
                        "-t",
                        "1",
                        "-c",
                        Integer.toString(CONNECTIONS),
                        "-d",
                        WINDOW.toSeconds() + "s",
                        "http://" + address.getHostAddress() + ":" + http.port() + http.path()));
        Matcher matcher = REQUESTS.matcher(output);
        if (!matcher.find()) {
            throw new IOException("wrk printed no rate: " + output);
        }
        return Double.parseDouble(matcher.group(1));
    }
}
