package dev.bench.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.exception.NotModifiedException;
import com.github.dockerjava.api.model.Frame;
import com.github.dockerjava.api.model.StreamType;
import dev.bench.host.Cgroups;
import dev.bench.host.Processes;
import dev.bench.result.FailureKind;
import dev.bench.result.WritableLayer;
import dev.bench.target.Footprint;
import dev.bench.target.Instance;
import dev.bench.target.LastLine;
import dev.bench.target.LaunchException;
import dev.bench.target.LaunchRequest;
import dev.bench.target.OverlayContent;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Represents one container. */
final class DockerInstance implements Instance {
    private static final long INSPECT_INTERVAL_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private final DockerClient client;
    private final Removals removals;
    private final String id;
    private final LaunchRequest request;
    private final Runnable forgotten;
    private volatile long process;
    private volatile boolean closed;
    private volatile boolean stopped;
    private volatile @Nullable Exit exit;
    private volatile long lastInspect = System.nanoTime() - INSPECT_INTERVAL_NANOS;
    private ResultCallback.@Nullable Adapter<Frame> attachment;
    private @Nullable Path upper;

    DockerInstance(DockerClient client, Removals removals, String id, LaunchRequest request, Runnable forgotten) {
        this.client = client;
        this.removals = removals;
        this.id = id;
        this.request = request;
        this.forgotten = forgotten;
    }

    /** Begins to pass on output where somebody listens; must come before the start, so that nothing is missed. */
    void attach() {
        Consumer<LaunchRequest.Output> listener = request.output();
        if (listener == null) {
            return;
        }
        ResultCallback.Adapter<Frame> callback = new ResultCallback.Adapter<>() {
            @Override
            public void onNext(Frame frame) {
                listener.accept(new LaunchRequest.Output(System.nanoTime(), frame.getPayload()));
            }
        };
        client.attachContainerCmd(id)
                .withStdOut(true)
                .withStdErr(true)
                .withFollowStream(true)
                .exec(callback);
        try {
            callback.awaitStarted(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        attachment = callback;
    }

    void setProcess(long pid) {
        process = pid;
    }

    /** Makes the engine be asked how it stands: its process has ended and another one will have its place. */
    void forgetProcess() {
        process = 0;
    }

    boolean isClosed() {
        return closed || exit != null;
    }

    @Override
    public String name() {
        return request.name();
    }

    @Override
    public InetAddress address() {
        return request.address();
    }

    @Override
    public @Nullable Exit exit() {
        Exit known = exit;
        if (known != null) {
            return known;
        }
        long now = System.nanoTime();
        long pid = process;
        if (pid != 0 && Processes.isAlive(pid)) {
            return null;
        }
        if (pid == 0 && now - lastInspect < INSPECT_INTERVAL_NANOS) {
            return null;
        }
        lastInspect = now;
        InspectContainerResponse.ContainerState state =
                client.inspectContainerCmd(id).exec().getState();
        if (Boolean.TRUE.equals(state.getRunning()) || "created".equals(state.getStatus())) {
            return null;
        }
        Long status = state.getExitCodeLong();
        Exit ended = new Exit(status == null ? -1 : status.intValue(), now);
        exit = ended;
        return ended;
    }

    /** Waits for the end without a deadline other than the workload's own. */
    int awaitExit() {
        Exit ended = exit();
        while (ended == null) {
            LockSupport.parkNanos(INSPECT_INTERVAL_NANOS);
            ended = exit();
        }
        return ended.status();
    }

    /** Stops it as {@link #stop(Duration)} does, in turn where its engine must not end several at the same time. */
    @Nullable
    Exit stopInTurn(Duration grace) {
        removals.inTurn(() -> stop(grace));
        return exit();
    }

    @Override
    public @Nullable Exit stop(Duration grace) {
        try {
            client.stopContainerCmd(id)
                    .withTimeout(Math.toIntExact(Math.max(1, grace.toSeconds())))
                    .exec();
        } catch (NotModifiedException e) {
            // It had ended by itself.
        }
        Exit ended = exit();
        stopped = ended != null;
        return ended;
    }

    /** Returns everything the container has written, standard output and error together. */
    String output() {
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        readLog(frame -> output.writeBytes(frame.getPayload()));
        return output.toString(StandardCharsets.UTF_8);
    }

    private void readLog(Consumer<Frame> reader) {
        ResultCallback.Adapter<Frame> callback = new ResultCallback.Adapter<>() {
            @Override
            public void onNext(Frame frame) {
                reader.accept(frame);
            }
        };
        try {
            client.logContainerCmd(id)
                    .withStdOut(true)
                    .withStdErr(true)
                    .withTailAll()
                    .exec(callback)
                    .awaitCompletion(DockerClients.ANSWER.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public Footprint footprint() {
        InspectContainerResponse inspected = client.inspectContainerCmd(id).exec();
        Long pid = inspected.getState().getPidLong();
        List<Path> groups =
                pid == null ? List.of() : Cgroups.memoryGroup(pid).map(List::of).orElse(List.of());
        List<Path> layers = new ArrayList<>();
        if (pid != null) {
            Processes.writableLayer(pid).ifPresent(layers::add);
        }
        // The engine's own files about the container, its log among them, are in one directory named by it.
        String hosts = inspected.getHostsPath();
        if (hosts != null && !hosts.isEmpty()) {
            layers.add(Path.of(hosts).getParent());
        }
        return new Footprint(List.of(id), groups, layers, 0);
    }

    @Override
    public Map<String, Long> insideBytes() {
        return Map.of();
    }

    @Override
    public Optional<WritableLayer.Content> written() throws LaunchException {
        try {
            // Its directory stays when the container has ended, but its mount does not.
            long pid = upper == null ? pid() : 0;
            if (pid != 0) {
                upper = Processes.writableLayer(pid).orElse(null);
            }
            return upper == null ? Optional.empty() : OverlayContent.of(upper);
        } catch (IOException e) {
            throw new LaunchException(FailureKind.ENGINE, "cannot read what the container wrote: " + e.getMessage(), e);
        }
    }

    @Override
    public Optional<Boolean> holds(String path) {
        long pid = pid();
        Path root = Path.of("/proc", Long.toString(pid), "root");
        return pid != 0 && Files.isDirectory(root) ? Optional.of(Files.exists(Path.of(root + path))) : Optional.empty();
    }

    private long pid() {
        Long pid = client.inspectContainerCmd(id).exec().getState().getPidLong();
        return pid == null ? 0 : pid;
    }

    @Override
    public String collectLog() {
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        ByteArrayOutputStream errors = new ByteArrayOutputStream();
        try {
            readLog(frame -> {
                output.writeBytes(frame.getPayload());
                if (frame.getStreamType() == StreamType.STDERR) {
                    errors.writeBytes(frame.getPayload());
                }
            });
            Files.write(request.log(), output.toByteArray());
        } catch (IOException | RuntimeException e) {
            // The failure that asked for the log is the one to report.
        }
        // The engine reads the two streams apart, so which of two lines came last is not known.
        String lastError = LastLine.of(errors.toByteArray());
        return lastError.isEmpty() ? LastLine.of(output.toByteArray()) : lastError;
    }

    @Override
    public void close() {
        remove(true);
    }

    /** Removes the container, and none of its volumes. */
    void removeWithoutVolumes() {
        remove(false);
    }

    private void remove(boolean volumes) {
        if (!leave()) {
            return;
        }
        if (stopped) {
            removals.removeEnded(id, request.name(), volumes);
        } else {
            removals.remove(id, request.name(), volumes);
        }
    }

    /** Returns the engine's name of the container. */
    String id() {
        return id;
    }

    /** Lets go of the container, which stays; returns whether it was still held. */
    boolean leave() {
        if (closed) {
            return false;
        }
        closed = true;
        forgotten.run();
        try {
            if (attachment != null) {
                attachment.close();
            }
        } catch (IOException e) {
            // Only the attachment's stream: the container itself is removed by force.
        }
        return true;
    }
}
