package dev.bench.doctor;

import dev.bench.host.Processes;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Keeps the services of newly installed packages from starting: while it is open the host's {@code policy-rc.d} forbids
 * it (Debian's invoke-rc.d(8)).
 *
 * <p>A host that has such a file keeps its own. A file of a process that is gone is taken over.
 */
final class ServicePolicy implements AutoCloseable {
    /** Where Debian and Ubuntu look for it. */
    static final Path FILE = Path.of("/usr/sbin/policy-rc.d");

    private static final Pattern OWNER = Pattern.compile("# made by bench, process ([0-9]{1,10})\\b");

    private final Path file;
    private final String content;
    private final boolean made;
    private final Thread atShutdown = new Thread(this::remove, "service-policy-removal");

    private ServicePolicy(Path file, String content, boolean made) {
        this.file = file;
        this.content = content;
        this.made = made;
    }

    /** Forbids services to start until it is closed, also if the process is told to end. */
    static ServicePolicy forbid(Path file) throws IOException {
        String content = "#!/bin/sh\n# made by bench, process "
                + ProcessHandle.current().pid() + ", while it installs packages; may be removed\nexit 101\n";
        removeAbandoned(file);
        boolean made = false;
        try {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
            made = true;
            Files.writeString(file, content);
        } catch (FileAlreadyExistsException e) {
            // The host has a policy of its own.
        } catch (IOException e) {
            if (made) {
                Files.deleteIfExists(file);
            }
            throw e;
        }
        ServicePolicy policy = new ServicePolicy(file, content, made);
        if (made) {
            Runtime.getRuntime().addShutdownHook(policy.atShutdown);
        }
        return policy;
    }

    private static void removeAbandoned(Path file) throws IOException {
        if (!Files.isRegularFile(file) || Files.size(file) > 4096) {
            return;
        }
        List<String> lines = Files.readAllLines(file);
        Matcher owner = OWNER.matcher(lines.size() > 1 ? lines.get(1) : "");
        if (owner.find() && !Processes.isAlive(Long.parseLong(owner.group(1)))) {
            Files.deleteIfExists(file);
        }
    }

    /** Returns whether it was made here, so that it forbids; else the host's own decides. */
    boolean isMade() {
        return made;
    }

    private synchronized void remove() {
        try {
            if (Files.exists(file) && Files.readString(file).equals(content)) {
                Files.delete(file);
            }
        } catch (IOException e) {
            // It is marked as ours, and the next installation takes it away.
        }
    }

    @Override
    public void close() {
        if (!made) {
            return;
        }
        remove();
        try {
            Runtime.getRuntime().removeShutdownHook(atShutdown);
        } catch (IllegalStateException e) {
            // The process is ending; the hook finds nothing to remove.
        }
    }
}
