package dev.bench.image;

import dev.bench.workload.ConfigOverrides;
import dev.bench.workload.ImageConfig;
import dev.bench.workload.PreparedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Says what targets need of an image, once it is known that it can run as asked on this host. */
final class PreparedImages {
    private final ImageFiles files;
    private final String description;

    /**
     * Looks at an image.
     *
     * @param description the image as it follows "the image" in a sentence
     */
    PreparedImages(ImageFiles files, String description) {
        this.files = files;
        this.description = description;
    }

    /**
     * Returns what targets need.
     *
     * @param digest of the image's configuration, in hexadecimal
     * @param overrides what the scenario says instead of the image's own configuration
     * @param made whether a working directory that the image lacks is made when it starts
     * @throws ImageException if the image cannot run as asked
     */
    PreparedImage prepared(String digest, ConfigOverrides overrides, boolean made) throws ImageException, IOException {
        Path tree = files.tree();
        ImageConfig config = ImageConfigReader.read(Files.readAllBytes(files.config()), overrides);
        if (config.argv().isEmpty()) {
            throw new ImageException("the image " + description
                    + " has neither ENTRYPOINT nor CMD. Say what to run in it as workload.command");
        }
        Path workingDirectory = TreePaths.resolve(tree, config.workingDirectory());
        if (workingDirectory == null ? !made : !Files.isDirectory(workingDirectory)) {
            throw new ImageException("the image " + description + " has no directory " + config.workingDirectory()
                    + ". Name one that it has as workload.workdir");
        }
        RuntimeEnvironment runtime;
        try {
            runtime = RuntimeEnvironment.of(config, tree);
        } catch (ImageException e) {
            throw new ImageException("the image " + description + " cannot run as asked: " + e.getMessage(), e);
        }
        refuseForeign(ProgramMachine.of(tree, runtime.executable()), runtime.executable());
        return new PreparedImage(
                "sha256:" + digest,
                ImageTag.of(digest),
                tree,
                files.treeDigest(),
                files.manifest(),
                files.disk(),
                config);
    }

    /**
     * Refuses an image for another architecture than this host's. What counts is the program that is to run: engines run an
     * image whose label alone is wrong, as cross-building leaves it.
     */
    private void refuseForeign(@Nullable String machine, String executable) throws ImageException, IOException {
        String here = ImageArchive.architecture();
        String label = ImageConfigReader.architecture(Files.readAllBytes(files.config()));
        boolean runs = machine == null
                ? ImagePlatform.runsOn(here, label)
                : machine.equals(here) || (machine.equals("386") && here.equals("amd64"));
        if (!runs) {
            throw new ImageException("the image " + description + " is for " + (machine == null ? label : machine)
                    + (machine == null ? "" : ", which is what its program " + executable + " is")
                    + ", and this host is " + here + ". Name an image for " + here);
        }
    }
}
