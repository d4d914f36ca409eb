package dev.bench.run;

import dev.bench.image.ImageException;
import dev.bench.image.ImageStore;
import dev.bench.image.TreePaths;
import dev.bench.measure.Measures;
import dev.bench.plan.Plan;
import dev.bench.workload.ImageSource;
import dev.bench.workload.PreparedImage;
import dev.bench.workload.Service;
import dev.bench.workload.Stack;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

/** Prepares the images of an application's services. */
public final class ServiceImages {
    private static final String CHANGE = "ARG BASE\nFROM ${BASE}\nCOPY bench-changed /\n";

    private final ImageStore store;
    private final Plan plan;
    private final Path cacheDirectory;
    private final Consumer<String> listener;

    /**
     * Takes a plan, of whatever measure.
     *
     * @param listener hears in one line what begins now
     */
    public ServiceImages(ImageStore store, Plan plan, Path cacheDirectory, Consumer<String> listener) {
        this.store = store;
        this.plan = plan;
        this.cacheDirectory = cacheDirectory;
        this.listener = listener;
    }

    private List<Service> services() {
        Stack stack = plan.workload().stack();
        return stack == null ? List.of() : stack.services();
    }

    /** Returns the image of every service, by its name; empty for a single program. */
    public Map<String, PreparedImage> all() throws ImageException {
        Map<String, PreparedImage> images = new LinkedHashMap<>();
        for (Service service : services()) {
            listener.accept("preparing the image of " + service.name());
            images.put(service.name(), prepare(service, service.image()));
        }
        return images;
    }

    /** Returns the image that a service is changed to: its own with one small file more, in a layer of its own. */
    public Map<String, PreparedImage> changed() throws ImageException {
        Optional<String> name = Measures.of(plan).changed(plan.settings());
        Map<String, PreparedImage> images = new LinkedHashMap<>();
        for (Service service : services()) {
            if (name.filter(service.name()::equals).isPresent()) {
                listener.accept("preparing the image that " + service.name() + " is changed to");
                images.put(service.name(), prepare(service, new ImageSource.Dockerfile(files(), service.image())));
            }
        }
        return images;
    }

    /**
     * Returns the image of the service in front as targets are proved with it: alone, before any mount, in {@code /} where
     * its directory is not in the image, since what an engine would make there is no part of the image.
     */
    public PreparedImage front() throws ImageException {
        Stack stack = Objects.requireNonNull(plan.workload().stack(), "the plan has no services");
        Service front = stack.service(stack.front());
        PreparedImage image = prepare(front, front.image());
        try {
            return TreePaths.resolve(image.tree(), image.config().workingDirectory()) == null ? image.in("/") : image;
        } catch (IOException e) {
            throw new ImageException("service " + front.name() + ": its files cannot be read: " + e.getMessage(), e);
        }
    }

    private PreparedImage prepare(Service service, ImageSource source) throws ImageException {
        try {
            return store.prepareService(source, service.overrides(), listener);
        } catch (ImageException e) {
            throw new ImageException("service " + service.name() + ": " + e.getMessage(), e);
        }
    }

    private Path files() throws ImageException {
        try {
            Path directory = Files.createDirectories(cacheDirectory.resolve("change"));
            Files.writeString(directory.resolve("Dockerfile"), CHANGE);
            Files.writeString(directory.resolve("bench-changed"), "changed\n");
            return directory;
        } catch (IOException e) {
            throw new ImageException("cannot write the files of the changed image: " + e.getMessage(), e);
        }
    }
}
