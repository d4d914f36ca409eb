package dev.bench.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.core.DefaultDockerClientConfig;
import com.github.dockerjava.core.DockerClientConfig;
import com.github.dockerjava.core.DockerClientImpl;
import com.github.dockerjava.transport.DockerHttpClient;
import com.github.dockerjava.zerodep.ZerodepDockerHttpClient;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;

/** Connects to engines. */
final class DockerClients {
    /** More than a busy engine ever takes for one container; an engine that has locked itself up would never answer. */
    static final Duration ANSWER = Duration.ofMinutes(2);

    private DockerClients() {}

    /** Returns a client that waits for as long as it takes, as images do. */
    static DockerClient patient(String dockerHost) {
        DockerClientConfig config = configuration(dockerHost);
        return DockerClientImpl.getInstance(config, transport(config));
    }

    /** Returns a client whose requests fail where the engine does not begin to answer within a time. */
    static DockerClient within(Duration answer, String dockerHost) {
        DockerClientConfig config = configuration(dockerHost);
        return DockerClientImpl.getInstance(config, new AnsweringHttpClient(transport(config), answer));
    }

    /** Returns what carries requests that docker-java has no words for. */
    static DockerHttpClient transport(String dockerHost) {
        return transport(configuration(dockerHost));
    }

    /** Closes a client or what carries its requests; never throws. */
    static void close(Closeable connection) {
        try {
            connection.close();
        } catch (IOException e) {
            // Nothing is left to be told to an engine that is done with.
        }
    }

    private static DockerClientConfig configuration(String dockerHost) {
        return DefaultDockerClientConfig.createDefaultConfigBuilder()
                .withDockerHost(dockerHost)
                .withDockerTlsVerify(false)
                .build();
    }

    private static DockerHttpClient transport(DockerClientConfig config) {
        return new ZerodepDockerHttpClient.Builder()
                .dockerHost(config.getDockerHost())
                .sslConfig(config.getSSLConfig())
                .maxConnections(64)
                .build();
    }
}
