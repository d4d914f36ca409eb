package dev.bench.docker;

import dev.bench.image.EngineImages;
import dev.bench.target.BuildRequest;
import dev.bench.target.EngineBuilder;
import dev.bench.target.ImageEngine;
import dev.bench.target.LabView;
import dev.bench.target.TargetException;
import java.util.List;

/** Is the Docker engine as what images are made with. */
final class DockerImageEngine implements ImageEngine {
    static final List<String> BUILDERS = List.of(DockerBuilds.BUILDKIT, DockerBuilds.CLASSIC, BuildahBuilds.BUILDAH);

    @Override
    public EngineImages open(LabView lab) {
        return new DockerImages(lab.service(DockerDriver.KEY));
    }

    @Override
    public List<String> builders() {
        return BUILDERS;
    }

    @Override
    public EngineBuilder builder(LabView lab, BuildRequest request, String target, String builder, String dockerfile)
            throws TargetException {
        String address = lab.service(DockerDriver.KEY);
        if (!address.contains(lab.runDirectory().toString())) {
            throw new TargetException(
                    target,
                    "builds are measured with the lab's own engine only, since every block empties the caches of builds,"
                            + " and those of " + address + " are not the run's to empty",
                    "Run it without --docker-host and DOCKER_HOST",
                    null);
        }
        return builder.equals(BuildahBuilds.BUILDAH)
                ? BuildahBuilds.open(address, request, target, dockerfile)
                : DockerBuilds.open(address, request, target, builder, dockerfile);
    }
}
