package dev.bench.compose;

import dev.bench.workload.ImageSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Reads where a service's image comes from. */
final class ServiceImage {
    private static final String FILE = "Dockerfile";

    private final Located service;
    private final Surroundings around;

    ServiceImage(Located service, Surroundings around) {
        this.service = service;
        this.around = around;
    }

    /** Returns what stands for the image that the service names, else what it builds, else the reference itself. */
    ImageSource read() {
        String reference = service.text("image");
        if (reference != null && around.images().containsKey(reference)) {
            return around.images().get(reference);
        }
        if (service.has("build")) {
            return built();
        }
        if (reference == null) {
            service.reject("has neither image nor build; give one of them");
            return new ImageSource.Oci("");
        }
        return new ImageSource.Oci(reference);
    }

    private ImageSource built() {
        Located build = service.at("build");
        Located context = build;
        if (build.isMapping()) {
            build.accept("args", "context", "dockerfile", "labels", "target");
            context = build.at("context");
        }
        Path directory = around.path(build.isMapping() && !build.has("context") ? "." : context.text());
        String written = build.isMapping() ? build.text("dockerfile") : null;
        Path file = directory.resolve(written == null ? FILE : written).normalize();
        Located place = written == null ? context : build.at("dockerfile");
        if (!file.startsWith(directory)) {
            place.reject(file + " lies outside of the build context " + directory + "; put it there");
        } else if (!Files.isRegularFile(file)) {
            place.reject(directory + " holds no file " + directory.relativize(file) + "; paths are taken from "
                    + around.directory());
        }
        String target = build.isMapping() ? build.text("target") : null;
        return new ImageSource.Dockerfile(
                directory,
                null,
                new ImageSource.Dockerfile.Recipe(
                        directory.relativize(file).toString(),
                        target == null ? "" : target,
                        build.isMapping() ? ServiceReader.variables(build, "args", around.variables()) : Map.of()));
    }
}
