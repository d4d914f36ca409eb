package dev.bench.docker;

import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.model.AccessMode;
import com.github.dockerjava.api.model.Bind;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.MountType;
import com.github.dockerjava.api.model.RestartPolicy;
import com.github.dockerjava.api.model.TmpfsOptions;
import com.github.dockerjava.api.model.Volume;
import dev.bench.workload.Mount;
import dev.bench.workload.Restart;
import dev.bench.workload.Service;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Says what a container has because it is a service of an application. */
final class ContainerSettings {
    private final Service service;
    private final Map<String, String> volumes;

    /**
     * Takes a service.
     *
     * @param volumes the engine's names of the application's volumes, by the application's own
     */
    ContainerSettings(Service service, Map<String, String> volumes) {
        this.service = service;
        this.volumes = Map.copyOf(volumes);
    }

    /** Settles what the container itself is given. */
    void container(CreateContainerCmd command) {
        command.withAliases(service.names()).withStdinOpen(service.stdinOpen());
        if (service.hostname() != null) {
            command.withHostName(service.hostname());
        }
    }

    /** Settles what the host gives it. */
    void host(HostConfig hostConfig) {
        hostConfig.withRestartPolicy(policy(service.restart()));
        List<Bind> binds = new ArrayList<>();
        List<com.github.dockerjava.api.model.Mount> mounts = new ArrayList<>();
        for (Mount mount : service.mounts()) {
            Volume inside = new Volume(mount.directory());
            AccessMode mode = mount.readOnly() ? AccessMode.ro : AccessMode.rw;
            switch (mount.kind()) {
                case VOLUME -> {
                    if (mount.source().isEmpty()) {
                        mounts.add(described(mount, MountType.VOLUME));
                    } else {
                        binds.add(new Bind(volumes.getOrDefault(mount.source(), mount.source()), inside, mode));
                    }
                }
                case BIND -> mounts.add(described(mount, MountType.BIND).withSource(mount.source()));
                case TMPFS -> mounts.add(described(mount, MountType.TMPFS).withTmpfsOptions(options(mount)));
            }
        }
        hostConfig.withBinds(binds).withMounts(mounts);
    }

    private static com.github.dockerjava.api.model.Mount described(Mount mount, MountType type) {
        return new com.github.dockerjava.api.model.Mount()
                .withType(type)
                .withTarget(mount.directory())
                .withReadOnly(mount.readOnly());
    }

    private static TmpfsOptions options(Mount mount) {
        TmpfsOptions options = new TmpfsOptions();
        if (mount.bytes() > 0) {
            options.withSizeBytes(mount.bytes());
        }
        if (mount.mode() > 0) {
            options.withMode(mount.mode());
        }
        return options;
    }

    private static RestartPolicy policy(Restart restart) {
        return switch (restart.policy()) {
            case NO -> RestartPolicy.noRestart();
            case ON_FAILURE -> RestartPolicy.onFailureRestart(restart.most());
            case ALWAYS -> RestartPolicy.alwaysRestart();
        };
    }
}
