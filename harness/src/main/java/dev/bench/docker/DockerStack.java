package dev.bench.docker;

import com.github.dockerjava.api.DockerClient;
import dev.bench.target.LabView;
import dev.bench.target.LaunchException;
import dev.bench.target.PhaseRecorder;
import dev.bench.target.RemovalException;
import dev.bench.target.RunningService;
import dev.bench.target.ServiceHost;
import dev.bench.target.ServiceStart;
import dev.bench.target.StackRequest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Runs the services of an application as containers in the lab's network, where the engine resolves their names. */
final class DockerStack implements ServiceHost {
    private final DockerTarget target;
    private final DockerClient client;
    private final Map<String, String> volumes = new LinkedHashMap<>();
    private final List<String> made = new ArrayList<>();
    private final Set<ContainerService> running = ConcurrentHashMap.newKeySet();

    private DockerStack(DockerTarget target, DockerClient client) {
        this.target = target;
        this.client = client;
    }

    /**
     * Makes the volumes of an application, once it has found those that the engine is to have anyway.
     *
     * @throws LaunchException where one of those is not there, or the engine makes none
     */
    static DockerStack open(DockerTarget target, StackRequest request, LabView lab, DockerClient client)
            throws LaunchException {
        DockerStack stack = new DockerStack(target, client);
        try {
            for (Map.Entry<String, String> volume : request.stack().external().entrySet()) {
                EngineVolumes.require(client, volume.getValue());
                stack.volumes.put(volume.getKey(), volume.getValue());
            }
            for (String volume : request.stack().volumes()) {
                String name = request.name() + "-" + volume;
                stack.volumes.put(volume, name);
                stack.made.add(name);
                EngineVolumes.create(client, lab.runId(), name);
            }
            return stack;
        } catch (LaunchException e) {
            stack.close();
            throw e;
        }
    }

    @Override
    public RunningService start(ServiceStart start, PhaseRecorder phases) throws LaunchException {
        DockerInstance container =
                target.launch(start.image(), start.request(), phases, new ContainerSettings(start.service(), volumes));
        ContainerService service = new ContainerService(client, container, start.service(), running::remove);
        running.add(service);
        return service;
    }

    @Override
    public void close() {
        RemovalException left = null;
        for (ContainerService service : Set.copyOf(running)) {
            try {
                service.close();
            } catch (RemovalException e) {
                left = e;
            }
        }
        made.forEach(volume -> EngineVolumes.remove(client, volume));
        if (left != null) {
            throw left;
        }
    }
}
