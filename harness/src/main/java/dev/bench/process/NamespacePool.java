package dev.bench.process;

import dev.bench.host.Commands;
import dev.bench.target.LabView;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Keeps network namespaces with a link to the lab's bridge, made before they are needed: a bare process has no engine
 * that would make one, and its address is for measuring only. Safe for use by several threads.
 */
final class NamespacePool implements AutoCloseable {
    private final LabView lab;
    private final List<String> free = new ArrayList<>();
    private final List<String> made = new ArrayList<>();
    private final String owner;
    private int count;

    NamespacePool(LabView lab, String owner) {
        this.lab = lab;
        this.owner = owner;
    }

    static Path file(String namespace) {
        return Path.of("/run/netns", namespace);
    }

    /** Takes a namespace; makes one where none is free. */
    synchronized String take() throws IOException {
        return free.isEmpty() ? make() : free.remove(free.size() - 1);
    }

    /** Makes namespaces until so many are free. */
    synchronized void reserve(int count) throws IOException {
        while (free.size() < count) {
            free.add(make());
        }
    }

    /**
     * Removes one whose processes are gone. None is used twice: a connection that a killed workload left half closed
     * would keep its port from the next one.
     */
    synchronized void remove(String namespace) throws IOException {
        made.remove(namespace);
        Commands.runOrThrow(Commands.AT_ONCE, List.of("ip", "netns", "delete", namespace));
    }

    private String make() throws IOException {
        // The link's name must fit into 15 characters and be unique in the lab's network.
        String link = "b" + owner + count;
        String name = "bench-" + lab.runId() + "-" + owner + count;
        count++;
        Path batch = lab.runDirectory().resolve(name);
        Files.writeString(batch, """
                netns add %s
                link add %s type veth peer name eth0 netns %s
                link set %s master %s up
                """.formatted(name, link, name, link, lab.bridge()));
        made.add(name);
        Commands.runOrThrow(Commands.AT_ONCE, List.of("ip", "-batch", batch.toString()));
        Files.delete(batch);
        return name;
    }

    @Override
    public synchronized void close() {
        for (String name : made) {
            try {
                Commands.run(Commands.AT_ONCE, List.of("ip", "netns", "delete", name));
            } catch (IOException e) {
                // The lab's end removes every namespace of the run.
            }
        }
        made.clear();
        free.clear();
    }
}
