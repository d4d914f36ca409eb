package dev.bench.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.Version;
import dev.bench.target.RemovalException;
import java.util.concurrent.Semaphore;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Ends and removes containers, one at a time where the engine is of a version that may lock itself up for good when several end
 * together: two of its network controller's locks are taken in either order (moby/moby issue 46661, mended in 20.10.27
 * and in 23.0). Safe for use by several threads.
 */
final class Removals {
    private static final Pattern VERSION = Pattern.compile("(\\d{1,4})\\.(\\d{1,4})\\.(\\d{1,4})(?!\\d).*");
    private static final int[] MENDED = {20, 10, 27};

    private final DockerClient client;
    private final Semaphore turns;

    Removals(DockerClient client, Version version) {
        this(client, new Semaphore(mayLockUp(version) ? 1 : Integer.MAX_VALUE));
    }

    private Removals(DockerClient client, Semaphore turns) {
        this.client = client;
        this.turns = turns;
    }

    /** Returns the same by another connection, in turn with this. */
    Removals by(DockerClient connection) {
        return new Removals(connection, turns);
    }

    /** Tells whether an engine of this version must not remove several containers at the same time. */
    static boolean mayLockUp(Version version) {
        Matcher numbers = VERSION.matcher(String.valueOf(version.getVersion()));
        if (Podman.answers(version) || !numbers.matches()) {
            return false;
        }
        for (int i = 0; i < MENDED.length; i++) {
            int number = Integer.parseInt(numbers.group(i + 1));
            if (number != MENDED[i]) {
                return number < MENDED[i];
            }
        }
        return false;
    }

    /** Kills a container and removes it with its volumes. */
    static void force(DockerClient client, String id) {
        force(client, id, true);
    }

    private static void force(DockerClient client, String id, boolean volumes) {
        client.removeContainerCmd(id).withForce(true).withRemoveVolumes(volumes).exec();
    }

    /** Does what ends a container, when nothing else does. */
    void inTurn(Runnable ending) {
        turns.acquireUninterruptibly();
        try {
            ending.run();
        } finally {
            turns.release();
        }
    }

    /**
     * Kills a container and removes it; does nothing where it is gone.
     *
     * @param name what to call it in a message
     * @param volumes whether its volumes go with it
     * @throws RemovalException where the engine refuses or does not answer
     */
    void remove(String id, String name, boolean volumes) {
        inTurn(() -> removeEnded(id, name, volumes));
    }

    /** Removes as {@link #remove} does a container that has ended, which takes none of those locks any more. */
    void removeEnded(String id, String name, boolean volumes) {
        try {
            force(client, id, volumes);
        } catch (NotFoundException e) {
            // Gone already, which is what was wanted.
        } catch (RuntimeException e) {
            throw new RemovalException(
                    "the container " + name + " is not removed: "
                            + String.valueOf(e.getMessage()).strip()
                            + ". " + EngineAdvice.LOG + ". Restart an engine whose `docker ps` hangs",
                    e);
        }
    }
}
