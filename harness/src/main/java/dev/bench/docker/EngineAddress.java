package dev.bench.docker;

import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Tells which container engines can be measured, by their address and before anything is asked of them.
 *
 * <p>Readiness is probed over the engine's own bridge, and moments and memory are read from the processes of its
 * containers: both take an engine on this host, in its network and under its root.
 */
final class EngineAddress {
    private static final String UNSET = "leave --docker-host and DOCKER_HOST unset for one of the lab's own";

    private EngineAddress() {}

    /**
     * Says why an engine cannot be measured.
     *
     * @param finding one sentence
     * @param remedy what to do instead
     */
    record Refusal(String finding, String remedy) {}

    /**
     * Looks at what the user said of engines.
     *
     * @param host the engine's address, or null for the lab's own
     * @param environment the variables Docker's command line reads
     * @return empty where nothing stands against it; it need not answer
     */
    static Optional<Refusal> refusal(@Nullable String host, Map<String, String> environment) {
        if (host == null) {
            String context = environment.getOrDefault("DOCKER_CONTEXT", "");
            return context.isEmpty() || context.equals("default")
                    ? Optional.empty()
                    : Optional.of(new Refusal(
                            "DOCKER_CONTEXT is " + context + ", and contexts of Docker's command line are not read",
                            "unset it for an engine of the lab's own, or give --docker-host the address that `docker"
                                    + " context inspect " + context + " --format '{{.Endpoints.docker.Host}}'` says"));
        }
        URI uri;
        try {
            uri = URI.create(host);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
        String scheme = uri.getScheme() == null ? "" : uri.getScheme();
        return switch (scheme) {
            case "ssh" -> Optional.of(remote(host));
            case "https" -> Optional.of(encrypted(host));
            case "tcp", "http" -> {
                if (isElsewhere(uri.getHost())) {
                    yield Optional.of(remote(host));
                }
                yield environment.getOrDefault("DOCKER_TLS_VERIFY", "").isEmpty()
                        ? Optional.empty()
                        : Optional.of(encrypted(host));
            }
            default -> Optional.empty();
        };
    }

    /** Returns why an engine of another host is refused. */
    private static Refusal remote(String host) {
        return new Refusal(
                "the engine at " + host
                        + " is, or may be, on another host, and what it starts cannot be seen from here",
                "run bench on that host, or " + UNSET);
    }

    /** Returns why an engine that asks for TLS is refused: an engine of this host has a socket that needs none. */
    static Refusal encrypted(String host) {
        return new Refusal(
                "the engine at " + host + " is to be spoken to over TLS, which bench does not do",
                "name its socket, such as --docker-host unix:///var/run/docker.sock (and unset DOCKER_TLS_VERIFY), or "
                        + UNSET);
    }

    /** Returns why a rootless engine is refused. */
    static Refusal rootless(String host) {
        return new Refusal(
                "the engine at " + host
                        + " is rootless: its networks are in a namespace of its own, which cannot be reached from here",
                "name an engine that root runs, such as unix:///var/run/docker.sock, or " + UNSET);
    }

    /** A name that is not known is left to who connects: that failure says more. */
    private static boolean isElsewhere(@Nullable String name) {
        if (name == null) {
            return false;
        }
        try {
            InetAddress address = InetAddress.getByName(name);
            return !address.isLoopbackAddress()
                    && !address.isAnyLocalAddress()
                    && NetworkInterface.getByInetAddress(address) == null;
        } catch (IOException e) {
            return false;
        }
    }
}
