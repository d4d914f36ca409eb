package dev.bench.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.model.Frame;
import dev.bench.result.FailureKind;
import dev.bench.result.WritableLayer;
import dev.bench.target.Footprint;
import dev.bench.target.LaunchException;
import dev.bench.target.RunningService;
import dev.bench.workload.Healthcheck;
import dev.bench.workload.Service;
import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Is a container that is a service of an application. */
final class ContainerService implements RunningService {
    private static final int KEPT_BYTES = 4096;

    private final DockerClient client;
    private final DockerInstance container;
    private final Service service;
    private final Consumer<ContainerService> closed;

    /**
     * Takes over a container.
     *
     * @param closed hears of its removal
     */
    ContainerService(
            DockerClient client, DockerInstance container, Service service, Consumer<ContainerService> closed) {
        this.client = client;
        this.container = container;
        this.service = service;
        this.closed = closed;
    }

    @Override
    public Check check(Duration timeout) throws LaunchException {
        Healthcheck healthcheck = service.healthcheck();
        if (healthcheck == null) {
            throw new IllegalStateException("the service " + service.name() + " has no health check");
        }
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        ResultCallback.Adapter<Frame> callback = new ResultCallback.Adapter<>() {
            @Override
            public void onNext(Frame frame) {
                synchronized (output) {
                    output.writeBytes(frame.getPayload());
                }
            }
        };
        try {
            String execution = client.execCreateCmd(container.id())
                    .withCmd(healthcheck.argv().toArray(new String[0]))
                    .withAttachStdout(true)
                    .withAttachStderr(true)
                    .exec()
                    .getId();
            boolean ended = client.execStartCmd(execution)
                    .exec(callback)
                    .awaitCompletion(timeout.toMillis(), TimeUnit.MILLISECONDS);
            Long status = ended ? client.inspectExecCmd(execution).exec().getExitCodeLong() : null;
            return new Check(status == null ? Check.TIMED_OUT : status.intValue(), tail(output));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LaunchException(FailureKind.INTERRUPTED, "the run was interrupted during a health check", e);
        } catch (ConflictException e) {
            // It has just ended, or is being started once more: that is not for the check to tell.
            return new Check(Check.NOT_EXECUTED, String.valueOf(e.getMessage()).strip());
        } catch (RuntimeException e) {
            throw new LaunchException(
                    FailureKind.ENGINE,
                    "the engine could not run the health check of " + service.name() + ": "
                            + String.valueOf(e.getMessage()).strip(),
                    e);
        } finally {
            DockerClients.close(callback);
        }
    }

    private static String tail(ByteArrayOutputStream output) {
        synchronized (output) {
            byte[] bytes = output.toByteArray();
            int from = Math.max(0, bytes.length - KEPT_BYTES);
            return new String(bytes, from, bytes.length - from, StandardCharsets.UTF_8);
        }
    }

    @Override
    public String name() {
        return container.name();
    }

    @Override
    public InetAddress address() {
        return container.address();
    }

    @Override
    public @Nullable Exit exit() {
        return container.exit();
    }

    @Override
    public @Nullable Exit stop(Duration grace) {
        return container.stopInTurn(grace);
    }

    @Override
    public Footprint footprint() {
        return container.footprint();
    }

    @Override
    public Map<String, Long> insideBytes() {
        return container.insideBytes();
    }

    @Override
    public Optional<WritableLayer.Content> written() throws LaunchException {
        return container.written();
    }

    @Override
    public Optional<Boolean> holds(String path) {
        return container.holds(path);
    }

    @Override
    public String collectLog() {
        return container.collectLog();
    }

    @Override
    public void close() {
        container.close();
        closed.accept(this);
    }
}
