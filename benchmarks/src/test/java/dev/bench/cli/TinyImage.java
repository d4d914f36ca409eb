package dev.bench.cli;

import dev.bench.host.Commands;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Makes an image that holds a static shell and nothing else, to build on. */
final class TinyImage {
    private static final String MAKE = """
            set -eu
            cd "$1"
            mkdir -p tree/bin tree/tmp
            cp "$(readlink -f "$(command -v busybox)")" tree/bin/busybox
            for name in sh cat echo mkdir sleep; do ln -s busybox tree/bin/$name; done
            tar -C tree --owner=0 --group=0 --numeric-owner -cf layer.tar .
            layer=$(sha256sum <layer.tar | cut -d' ' -f1)
            printf '{"architecture":"amd64","os":"linux","config":{"Env":["PATH=/bin"],"Cmd":["/bin/sh"]},' >config
            printf '"rootfs":{"type":"layers","diff_ids":["sha256:%s"]}}' "$layer" >>config
            config=$(sha256sum <config | cut -d' ' -f1)
            mv config "$config.json"
            printf '[{"Config":"%s.json","RepoTags":["built-on:1"],"Layers":["layer.tar"]}]' "$config" >manifest.json
            tar -cf base.tar "$config.json" manifest.json layer.tar
            """;

    private TinyImage() {}

    /** Writes {@code base.tar} into a directory, as {@code docker save} does, and returns it. */
    static Path archive(Path directory) throws IOException {
        Commands.runOrThrow(Duration.ofMinutes(1), List.of("sh", "-c", MAKE, "sh", directory.toString()));
        return directory.resolve("base.tar");
    }
}
