package dev.bench.calibrate;

import dev.bench.figure.Figure;
import dev.bench.host.Commands;
import dev.bench.registry.Registry;
import dev.bench.target.DeliveryRequest;
import dev.bench.target.ImageDelivery;
import dev.bench.target.ImageDelivery.Release;
import dev.bench.target.LaunchException;
import dev.bench.target.TargetException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Holds pushes and pulls of an image against the {@code docker} command, on the same engines and the same registry. */
final class DeliveryFigures {
    private static final Duration TIMEOUT = Duration.ofMinutes(10);
    private static final int PAIRS = 7;
    private static final int WARMUP = 1;
    private static final String NAME = "calibration";

    private final Registry registry;
    private final ImageDelivery delivery;
    private final String image;
    private final String sender;
    private final String receiver;

    private DeliveryFigures(Registry registry, ImageDelivery delivery, String image, String sender, String receiver) {
        this.registry = registry;
        this.delivery = delivery;
        this.image = image;
        this.sender = sender;
        this.receiver = receiver;
    }

    /** Delivers the workload's image by turns in both ways, each time to where nothing of it is. */
    static List<Figure> take(Launches workload) throws TargetException, LaunchException, IOException {
        try (Registry registry = Registry.start(workload.lab(), null, null)) {
            Path files = Files.createDirectories(workload.lab().workDirectory().resolve("releases"));
            for (Release release : Release.values()) {
                Path own = Files.createDirectories(files.resolve(release.tag()));
                Files.writeString(own.resolve("release"), release.tag());
            }
            DeliveryRequest request = new DeliveryRequest(
                    registry.address(),
                    NAME,
                    files.resolve(Release.FIRST.tag()),
                    files.resolve(Release.CHANGED.tag()),
                    NAME);
            ImageDelivery delivery = workload.open("docker").delivery(request).orElseThrow();
            Path there = workload.lab().runDirectory().resolve(NAME).resolve("docker.sock");
            return new DeliveryFigures(
                            registry,
                            delivery,
                            registry.address() + "/" + NAME + ":" + Release.FIRST.tag(),
                            workload.lab().service("docker"),
                            "unix://" + there)
                    .compare();
        }
    }

    private List<Figure> compare() throws LaunchException, IOException {
        Turns turns = Turns.take(WARMUP, PAIRS, 2, this::deliver, this::command);
        double[][] ours = turns.ours();
        double[][] others = turns.others();
        return List.of(
                Figure.ratio("image, push: bench / docker push", ours[0], others[0], 1.05, Figure.Kind.AT_MOST),
                Figure.ratio("image, pull: bench / docker pull", ours[1], others[1], 1.05, Figure.Kind.AT_MOST));
    }

    private double[] deliver() throws LaunchException, IOException {
        forget();
        long begin = System.nanoTime();
        delivery.push(Release.FIRST);
        long pushed = System.nanoTime();
        delivery.pull(Release.FIRST);
        return new double[] {(pushed - begin) / 1e6, (System.nanoTime() - pushed) / 1e6};
    }

    private double[] command() throws LaunchException, IOException {
        forget();
        long begin = System.nanoTime();
        Commands.runOrThrow(TIMEOUT, List.of("docker", "--host", sender, "push", "--quiet", image));
        long pushed = System.nanoTime();
        Commands.runOrThrow(TIMEOUT, List.of("docker", "--host", receiver, "pull", "--quiet", image));
        return new double[] {(pushed - begin) / 1e6, (System.nanoTime() - pushed) / 1e6};
    }

    private void forget() throws LaunchException, IOException {
        registry.empty();
        delivery.reset();
    }
}
