package dev.bench.docker;

import dev.bench.target.BuiltImage;
import dev.bench.target.EngineBuilder;
import dev.bench.target.ImageBuilder;
import dev.bench.target.LaunchException;
import dev.bench.target.Target;
import dev.bench.workload.PreparedImage;

/** Builds images that are launched as containers. */
final class DockerImageBuilder implements ImageBuilder {
    private final EngineBuilder engine;
    private final DockerTarget target;
    private final PreparedImage base;

    DockerImageBuilder(EngineBuilder engine, DockerTarget target, PreparedImage base) {
        this.engine = engine;
        this.target = target;
        this.base = base;
    }

    @Override
    public void reset() throws LaunchException {
        engine.reset();
    }

    @Override
    public BuiltImage build() throws LaunchException {
        return engine.build();
    }

    @Override
    public Difference difference(BuiltImage before, BuiltImage now) throws LaunchException {
        return EngineBuilder.difference(engine.layers(before), engine.layers(now));
    }

    @Override
    public Target target(BuiltImage image) throws LaunchException {
        return target.launching(new PreparedImage(
                image.id(),
                image.reference(),
                base.tree(),
                base.treeDigest(),
                base.manifest(),
                base.disk(),
                engine.config(image)));
    }

    @Override
    public void close() {
        engine.close();
    }
}
