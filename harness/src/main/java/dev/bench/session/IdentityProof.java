package dev.bench.session;

import dev.bench.image.ImageException;
import dev.bench.image.RuntimeEnvironment;
import dev.bench.image.TreeManifest;
import dev.bench.result.Identity;
import dev.bench.result.Secrets;
import dev.bench.result.WritableLayer;
import dev.bench.target.LaunchRequest;
import dev.bench.target.Observation;
import dev.bench.target.Target;
import dev.bench.target.TargetException;
import dev.bench.workload.PreparedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/**
 * Proves, before anything is timed, that every target runs its image's tree, with the same arguments, environment, user
 * and directory as every other target of that image. A target whose options declare a user is held against what the image
 * says of that one, its home in the environment included.
 */
final class IdentityProof {
    private final Function<String, PreparedImage> images;

    private final Map<String, WritableLayer.FirstWrite> firstWrites = new HashMap<>();

    /** Takes what gives the image of a target by its name. */
    IdentityProof(Function<String, PreparedImage> images) {
        this.images = images;
    }

    /** Observes every target; throws at the first, in their order, that differs. */
    Map<String, Identity> prove(Collection<Target> targets, Function<Target, LaunchRequest> requests)
            throws TargetException {
        Map<String, Identity> identities = new LinkedHashMap<>();
        // Targets of another image, as a gate's baselines may be, have arguments and an environment of their own.
        Map<String, Proved> firstOfImage = new HashMap<>();
        Map<String, Proved> firstOfUser = new HashMap<>();
        List<Target> observed = List.copyOf(targets);
        List<Observation> observations = Observations.of(observed, requests);
        for (int i = 0; i < observed.size(); i++) {
            String name = observed.get(i).definition().name();
            PreparedImage image = images.apply(name);
            Observation observation = observations.get(i);
            Identity identity = observation.identity();
            if (!identity.treeDigest().equals(image.treeDigest())) {
                throw new IdentityMismatchException(
                        name,
                        "the file tree differs from the image; first difference: "
                                + firstDifference(image, observation));
            }
            Optional<String> declared = observed.get(i).declaredUser();
            Proved proved = new Proved(name, identity);
            Proved first = firstOfImage.putIfAbsent(image.digest(), proved);
            if (first != null) {
                same(name, first.where(), "arguments", first.identity().argv(), identity.argv());
                same(name, first.where(), "working directory", first.identity().cwd(), identity.cwd());
            }
            if (declared.isPresent()) {
                asDeclared(name, image, declared.get(), identity);
                identity = identity.withDeclaredUser(declared.get());
            } else {
                Proved other = firstOfUser.putIfAbsent(image.digest(), proved);
                if (other != null) {
                    Identity expected = other.identity();
                    sameUser(name, other.where(), expected.env(), expected.uid(), expected.gid(), identity);
                }
            }
            identities.put(name, identity);
            WritableLayer.FirstWrite firstWrite = observation.firstWrite();
            if (firstWrite != null) {
                firstWrites.put(name, firstWrite);
            }
        }
        return identities;
    }

    /** Is what others are held against. */
    private record Proved(String target, Identity identity) {
        String where() {
            return "on target " + target;
        }
    }

    /** Returns what a write took in those that were proved and could write, by target. */
    Map<String, WritableLayer.FirstWrite> firstWrites() {
        return firstWrites;
    }

    private static void sameUser(String target, String where, List<String> env, int uid, int gid, Identity seen)
            throws IdentityMismatchException {
        same(target, where, "environment", env, seen.env());
        same(target, where, "user id", uid, seen.uid());
        same(target, where, "group id", gid, seen.gid());
    }

    /** Holds what was seen against what the image says of a user, as container engines read it. */
    private static void asDeclared(String target, PreparedImage image, String user, Identity seen)
            throws TargetException {
        try {
            RuntimeEnvironment expected = RuntimeEnvironment.of(image.config().as(user), image.tree());
            sameUser(
                    target,
                    "for user " + user + ", which the target declares",
                    expected.env(),
                    expected.user().uid(),
                    expected.user().gid(),
                    seen);
        } catch (ImageException | IOException e) {
            throw new TargetException(
                    target,
                    "cannot tell what user " + user + " is in the image: " + e.getMessage(),
                    "Check the user of this target against the image",
                    e);
        }
    }

    private static void same(String target, String where, String what, Object expected, Object seen)
            throws IdentityMismatchException {
        if (!Objects.equals(expected, seen)) {
            throw new IdentityMismatchException(
                    target, Secrets.mask(what + " " + seen + ", but " + expected + " " + where));
        }
    }

    private static String firstDifference(PreparedImage image, Observation observation) throws TargetException {
        try {
            String difference = TreeManifest.firstDifference(
                    "the image",
                    Files.readString(image.manifest()),
                    "the target",
                    observation.manifest().manifest());
            return difference == null ? "none when listed again" : difference;
        } catch (IOException e) {
            return "unknown, the image's manifest cannot be read (" + e.getMessage() + ")";
        }
    }
}
