package dev.bench.doctor;

import dev.bench.host.Capability;
import dev.bench.host.Capability.State;
import dev.bench.host.Commands;
import dev.bench.host.Distribution;
import dev.bench.host.Executables;
import dev.bench.host.SystemFiles;
import dev.bench.registry.Registry;
import dev.bench.target.TargetDriver;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Installs what the doctor misses, with the distribution's own package manager. */
public final class Setup {
    private static final Path LISTS = Path.of("/var/lib/apt/lists");
    private static final Duration LISTS_AGE = Duration.ofHours(24);
    private static final Duration TIMEOUT = Duration.ofMinutes(30);
    private static final Duration LOCK_WAIT = Duration.ofMinutes(5);
    private static final Duration LOCK_POLL = Duration.ofSeconds(2);
    private static final Map<String, String> ENVIRONMENT = Map.of(
            "DEBIAN_FRONTEND",
            "noninteractive",
            "DEBCONF_NONINTERACTIVE_SEEN",
            "true",
            "NEEDRESTART_SUSPEND",
            "1",
            "LC_ALL",
            "C.UTF-8");
    private static final Pattern SETTING_UP = Pattern.compile("Setting up ([^ :]+)(?::[^ ]+)? (\\([^)]*\\))");
    private static final List<String> INSTALL = List.of("apt-get", "install", "-y", "--no-install-recommends");

    private final Distribution distribution;
    private final List<TargetDriver> drivers;

    /**
     * Prepares setting up a host of a distribution; nothing happens yet.
     *
     * @param drivers every target driver
     */
    public Setup(Distribution distribution, List<TargetDriver> drivers) {
        this.distribution = distribution;
        this.drivers = List.copyOf(drivers);
    }

    /** Returns the packages that mend what is missing or worse than it could be, in order; empty where none would. */
    public static List<String> plan(Collection<Capability> capabilities) {
        TreeSet<String> packages = new TreeSet<>();
        capabilities.stream()
                .filter(capability -> capability.state() != State.OK)
                .forEach(capability -> packages.addAll(capability.packages()));
        return List.copyOf(packages);
    }

    /** Returns the command that installs packages, as a person would type it; says what to look for elsewhere. */
    public String command(List<String> packages) {
        return switch (distribution.family()) {
            case DEBIAN, UBUNTU -> String.join(" ", INSTALL) + " " + String.join(" ", packages);
            case OTHER ->
                "on " + distribution.name() + " install the counterparts of Debian's " + String.join(", ", packages)
                        + " with its own package manager";
        };
    }

    /**
     * Installs packages. No service of theirs is started, unless the host has a policy of its own that lets it.
     *
     * @param packages names, as {@link #plan} returns them
     * @param progress hears of what happens, a line at a time, from any thread
     * @throws SetupException where they cannot be installed; what is installed by then stays
     */
    public void install(List<String> packages, Consumer<String> progress) throws SetupException {
        if (packages.isEmpty()) {
            return;
        }
        if (distribution.family() == Distribution.Family.OTHER
                || Executables.find("apt-get").isEmpty()) {
            throw new SetupException("packages can be installed on Debian and Ubuntu only: " + command(packages));
        }
        try (ServicePolicy policy = ServicePolicy.forbid(ServicePolicy.FILE)) {
            if (listsAreOld()) {
                progress.accept("updating the package lists");
                apt(List.of("apt-get", "update"), packages, line -> {});
            }
            progress.accept("installing " + String.join(" ", packages));
            List<String> command = new ArrayList<>(INSTALL);
            command.addAll(List.of("-q", "-o", "DPkg::Lock::Timeout=" + LOCK_WAIT.toSeconds()));
            // A file the host's owner changed stays as it is.
            command.addAll(List.of("-o", "Dpkg::Options::=--force-confdef", "-o", "Dpkg::Options::=--force-confold"));
            command.addAll(packages);
            apt(command, packages, line -> set(line, packages).ifPresent(progress));
            List<String> services = new ArrayList<>();
            for (TargetDriver driver : drivers) {
                driver.packages().complete(packages, progress);
                services.addAll(driver.packages().services());
            }
            if (packages.contains(Registry.PROGRAM)) {
                services.add(Registry.PROGRAM);
            }
            if (SystemFiles.ofHost().exists("/run/systemd/system")) {
                progress.accept("nothing was started, but packages turn their services on for the next boot: where you"
                        + " do not want that, see `systemctl disable " + String.join(" ", services) + "`"
                        + (policy.isMade() ? "" : "; the host's own policy-rc.d decided what started"));
            }
        } catch (IOException e) {
            throw new SetupException("cannot install packages: " + e.getMessage(), e);
        }
    }

    /** Returns what to say of a line of apt-get's: which of the packages is set up now, and not each of what they need. */
    static Optional<String> set(String line, List<String> packages) {
        Matcher setting = SETTING_UP.matcher(line);
        return setting.lookingAt() && packages.contains(setting.group(1))
                ? Optional.of("setting up " + setting.group(1) + " " + setting.group(2))
                : Optional.empty();
    }

    private static void apt(List<String> command, List<String> packages, Consumer<String> lines)
            throws IOException, SetupException {
        long deadline = System.nanoTime() + LOCK_WAIT.toNanos();
        while (true) {
            Commands.Ended ended = Commands.run(TIMEOUT, null, ENVIRONMENT, command, lines);
            // apt-get update reports some failures as warnings and ends with 0; the installation tells then.
            if (ended.status() == 0) {
                return;
            }
            if (!isLocked(ended.output()) || System.nanoTime() - deadline > 0) {
                throw new SetupException(explain(ended.output(), command, packages));
            }
            // DPkg::Lock::Timeout does not cover the lock of the package lists.
            pause();
        }
    }

    private static void pause() throws InterruptedIOException {
        try {
            TimeUnit.NANOSECONDS.sleep(LOCK_POLL.toNanos());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while waiting for another package manager");
        }
    }

    static boolean isLocked(String output) {
        return output.contains("Could not get lock") && !output.contains("Permission denied");
    }

    /** Turns what apt-get printed into one sentence with a remedy. */
    static String explain(String output, List<String> command, List<String> packages) {
        String what = "cannot install " + String.join(" ", packages) + ": ";
        List<String> errors = output.lines()
                .filter(line -> line.startsWith("E: ") || line.startsWith("Err:"))
                .map(line -> line.replaceFirst("^E: ", ""))
                .distinct()
                .limit(3)
                .toList();
        String said = errors.isEmpty() ? "" : " (apt-get says: " + String.join("; ", errors) + ")";
        if (isLocked(output)) {
            return what + "another package manager held its lock for " + LOCK_WAIT.toMinutes()
                    + " minutes; try again when it has ended" + said;
        }
        if (output.contains("Permission denied") || output.contains("are you root")) {
            return what + "this user may not; run as root" + said;
        }
        if (output.contains("Unable to locate package") || output.contains("has no installation candidate")) {
            return what + "the configured sources do not have them all; on Ubuntu turn on universe" + said;
        }
        if (output.contains("Temporary failure resolving")
                || output.contains("Could not resolve")
                || output.contains("Could not connect")
                || output.contains("Unable to connect")
                || output.contains("Failed to fetch")) {
            return what + "the package mirror cannot be reached; check the network and any proxy in /etc/apt" + said;
        }
        if (output.contains("No space left on device") || output.contains("enough free space")) {
            return what + "the disk is full" + said;
        }
        return what + "see what `" + String.join(" ", command) + "` says" + said;
    }

    private static boolean listsAreOld() throws IOException {
        Instant newest = Instant.EPOCH;
        if (Files.isDirectory(LISTS)) {
            try (DirectoryStream<Path> lists = Files.newDirectoryStream(LISTS, "*_{Packages,Packages.*}")) {
                for (Path list : lists) {
                    // The file carries the mirror's time; only its status change tells when it came here.
                    Instant came = ((FileTime) Files.getAttribute(list, "unix:ctime")).toInstant();
                    newest = came.isAfter(newest) ? came : newest;
                }
            }
        }
        return newest.plus(LISTS_AGE).isBefore(Instant.now());
    }
}
