package dev.bench.compose;

import dev.bench.workload.ImageSource;
import java.nio.file.Files;
import java.nio.file.Path;

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
            build.accept("context", "dockerfile");
            context = build.at("context");
            String file = build.text("dockerfile");
            if (file != null && !Path.of(file).normalize().equals(Path.of(FILE))) {
                build.at("dockerfile").reject("'" + file + "' is not supported; name the file Dockerfile");
            }
        }
        Path directory = around.path(build.isMapping() && !build.has("context") ? "." : context.text());
        if (!Files.isRegularFile(directory.resolve(FILE))) {
            context.reject(directory + " holds no file " + FILE + "; paths are taken from " + around.directory());
        }
        return new ImageSource.Dockerfile(directory);
    }
}
