package dev.bench.compose;

import dev.bench.workload.Mount;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads what lies over a service's files: volumes, file systems in memory, secrets and configurations. */
final class MountReader {
    private static final String SECRETS = "/run/secrets/";
    private static final int OCTAL = 8;

    /** Options of a volume that change nothing on Linux, or only where the host labels files. */
    private static final Set<String> WITHOUT_EFFECT = Set.of("rw", "z", "Z", "cached", "delegated", "consistent");

    private final Located service;
    private final Surroundings around;
    private final List<Mount> mounts = new ArrayList<>();

    MountReader(Located service, Surroundings around) {
        this.service = service;
        this.around = around;
    }

    /** Returns the mounts, those below others last. */
    List<Mount> read() {
        for (Located volume : service.items("volumes")) {
            if (volume.isMapping()) {
                described(volume);
            } else if (volume.requireScalar()) {
                written(volume);
            }
        }
        service.oneOrMore("tmpfs").forEach(this::memory);
        service.items("secrets").forEach(item -> file(item, "secret", around.secrets(), SECRETS));
        service.items("configs").forEach(item -> file(item, "config", around.configs(), "/"));
        requireOnce();
        return mounts.stream()
                .sorted(Comparator.comparingLong(mount -> depth(mount.directory())))
                .toList();
    }

    private void requireOnce() {
        Set<String> directories = new HashSet<>();
        mounts.stream()
                .map(Mount::directory)
                .filter(directory -> !directories.add(directory))
                .findFirst()
                .ifPresent(directory -> service.rejectKey("volumes", "two mounts lie at " + directory + "; keep one"));
    }

    private static long depth(String directory) {
        return directory.chars().filter(letter -> letter == '/').count();
    }

    /** Reads {@code SOURCE:DIRECTORY:OPTIONS}, of which only the directory must be there. */
    private void written(Located place) {
        String[] parts = place.text().split(":", -1);
        if (parts.length > 3 || parts.length == 3 && parts[2].isEmpty()) {
            place.reject(
                    "'" + place.text() + "' is not accepted; give SOURCE:DIRECTORY, SOURCE:DIRECTORY:ro or DIRECTORY");
            return;
        }
        boolean readOnly = false;
        for (String option : parts.length == 3 ? parts[2].split(",", -1) : new String[0]) {
            if (option.equals("ro")) {
                readOnly = true;
            } else if (!WITHOUT_EFFECT.contains(option)) {
                place.reject("has the option '" + option + "', which is not supported; give ro or rw");
            }
        }
        if (parts.length == 1) {
            add(place, Mount.Kind.VOLUME, "", parts[0], readOnly);
        } else if (parts[0].startsWith("/") || parts[0].startsWith(".") || parts[0].startsWith("~")) {
            bind(place, parts[0], parts[1], readOnly);
        } else {
            named(place, parts[0], parts[1], readOnly);
        }
    }

    private void described(Located place) {
        place.accept("bind", "consistency", "read_only", "source", "target", "tmpfs", "type", "volume");
        String type = place.text("type");
        String target = place.text("target");
        String source = place.text("source");
        if (target == null) {
            place.reject("has no target; give the directory in the service");
            return;
        }
        place.at("bind").accept("create_host_path", "selinux");
        place.at("volume").accept("nocopy");
        if (place.at("volume").flag("nocopy")) {
            place.at("volume").at("nocopy").reject("true is not supported: a new volume has what the image has there");
        }
        boolean readOnly = place.flag("read_only");
        switch (type == null ? "" : type) {
            case "bind" -> {
                if (source == null) {
                    place.reject("has no source; give a file or directory of the host");
                } else {
                    bind(place.at("source"), source, target, readOnly);
                }
            }
            case "volume" -> {
                if (source == null) {
                    add(place, Mount.Kind.VOLUME, "", target, readOnly);
                } else {
                    named(place.at("source"), source, target, readOnly);
                }
            }
            case "tmpfs" -> {
                Located options = place.at("tmpfs");
                options.accept("mode", "size");
                long bytes = options.parse("size", Quantities.SIZE_EXAMPLE, Quantities::bytes)
                        .orElse(0L);
                int mode = options.parse("mode", "permissions such as 1777", MountReader::mode)
                        .orElse(0);
                add(place, new Mount(Mount.Kind.TMPFS, "", clean(target), readOnly, bytes, mode));
            }
            default -> place.rejectKey("type", "'" + type + "' is not supported; give volume, bind or tmpfs");
        }
    }

    private static Optional<Integer> mode(String text) {
        return text.matches("0?o?[0-7]{3,4}")
                ? Optional.of(Integer.parseInt(text.replace("o", ""), OCTAL))
                : Optional.empty();
    }

    private void bind(Located place, String source, String directory, boolean readOnly) {
        Path path = around.path(source);
        if (!Files.exists(path)) {
            place.reject(path + " is not there; paths are taken from " + around.directory());
        }
        add(place, Mount.Kind.BIND, path.toString(), directory, readOnly);
    }

    private void named(Located place, String volume, String directory, boolean readOnly) {
        if (!around.volumes().contains(volume)) {
            place.reject(
                    "the volume " + volume + " is not declared; declare it at the top, below volumes, or begin a path"
                            + " with ./" + ServiceReader.declared(around.volumes()));
        }
        add(place, Mount.Kind.VOLUME, volume, directory, readOnly);
    }

    private void memory(Located place) {
        String[] parts = place.text().split(":", 2);
        long bytes = 0;
        int mode = 0;
        boolean readOnly = false;
        for (String option : parts.length == 2 ? parts[1].split(",", -1) : new String[0]) {
            String[] setting = option.split("=", 2);
            String value = setting.length == 2 ? setting[1] : "";
            Optional<Long> size = setting[0].equals("size") ? Quantities.bytes(value) : Optional.empty();
            Optional<Integer> permissions = setting[0].equals("mode") ? mode(value) : Optional.empty();
            if (size.isPresent()) {
                bytes = size.get();
            } else if (permissions.isPresent()) {
                mode = permissions.get();
            } else if (option.equals("ro")) {
                readOnly = true;
            } else if (!option.equals("rw")) {
                place.reject("has the option '" + option + "', which is not supported; give size=64m, mode=1777 or ro");
            }
        }
        add(place, new Mount(Mount.Kind.TMPFS, "", clean(parts[0]), readOnly, bytes, mode));
    }

    private void file(Located item, String noun, Map<String, Path> declared, String directory) {
        String source = item.isMapping() ? item.text("source") : item.requireScalar() ? item.text() : null;
        String target = source;
        if (item.isMapping()) {
            item.accept("gid", "mode", "source", "target", "uid");
            target = item.has("target") ? item.text("target") : source;
            if (item.has("uid") || item.has("gid") || item.has("mode")) {
                around.notes()
                        .add("uid, gid and mode of secrets and configs: a file keeps its own, as with Compose itself");
            }
        }
        if (source == null || target == null) {
            item.reject("has no source; give the name of a " + noun);
            return;
        }
        Path file = declared.get(source);
        if (file == null) {
            item.reject("the " + noun + " " + source + " is not declared; declare it at the top, below " + noun + "s"
                    + ServiceReader.declared(declared.keySet()));
            return;
        }
        add(item, Mount.Kind.BIND, file.toString(), target.startsWith("/") ? target : directory + target, true);
    }

    private void add(Located place, Mount.Kind kind, String source, String directory, boolean readOnly) {
        add(place, new Mount(kind, source, clean(directory), readOnly));
    }

    private void add(Located place, Mount mount) {
        if (!mount.directory().startsWith("/") || mount.directory().equals("/")) {
            place.reject("'" + mount.directory() + "' is not accepted in a service; give an absolute path below /");
        }
        mounts.add(mount);
    }

    private static String clean(String directory) {
        return directory.startsWith("/") ? Path.of(directory).normalize().toString() : directory;
    }
}
