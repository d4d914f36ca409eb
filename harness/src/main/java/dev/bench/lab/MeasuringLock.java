package dev.bench.lab;

import dev.bench.target.LabException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Lets one run at a time measure on this host; the kernel releases it with the process that holds it. */
public final class MeasuringLock implements AutoCloseable {
    private final FileChannel channel;

    private MeasuringLock(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Takes the lock.
     *
     * @param purpose what the run does, shown to whoever finds the lock taken
     * @throws LabException where another run holds it, naming that run
     */
    public static MeasuringLock acquire(String purpose) throws LabException {
        Path file = RunDirectory.ROOT.resolve("lock");
        try {
            Files.createDirectories(RunDirectory.ROOT);
            FileChannel channel = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            FileLock lock = channel.tryLock();
            if (lock == null) {
                channel.close();
                throw new LabException(
                        "another run is measuring on this host ("
                                + Files.readString(file).strip()
                                + "); two at once would disturb each other. Wait for it to end",
                        null);
            }
            channel.truncate(0);
            channel.write(ByteBuffer.wrap(
                    ("process " + ProcessHandle.current().pid() + ", " + purpose).getBytes(StandardCharsets.UTF_8)));
            return new MeasuringLock(channel);
        } catch (IOException e) {
            throw new LabException("cannot lock " + file + ": " + e.getMessage() + ". Run as root", e);
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            // The kernel releases the lock with the process at the latest.
        }
    }
}
