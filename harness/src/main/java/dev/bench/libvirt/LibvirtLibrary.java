package dev.bench.libvirt;

import dev.bench.host.SystemFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds libvirt's client library. */
final class LibvirtLibrary {
    private static final Pattern FILE = Pattern.compile("libvirt\\.so\\.0\\.([0-9]+)\\.([0-9]+)");

    private LibvirtLibrary() {}

    /** Returns the version of the installed client library, which its file's name tells; empty where there is none. */
    static Optional<String> version(SystemFiles files) {
        return find(files).map(library -> {
            try {
                Matcher matcher =
                        FILE.matcher(library.toRealPath().getFileName().toString());
                if (matcher.matches()) {
                    // libvirt.so.0.9012.3 is version 9.12.3.
                    int number = Integer.parseInt(matcher.group(1));
                    return number / 1000 + "." + number % 1000 + "." + matcher.group(2);
                }
            } catch (IOException e) {
                // It was there a moment ago; its version does not matter then.
            }
            return "of unknown version";
        });
    }

    /** Returns the client library's file; empty where it is not installed. */
    static Optional<Path> find(SystemFiles files) {
        return files.names("/usr/lib").stream()
                .map(name -> "/usr/lib/" + name + "/libvirt.so.0")
                .filter(files::exists)
                .map(files::path)
                .findFirst()
                .or(() -> List.of("/usr/lib64/libvirt.so.0", "/usr/lib/libvirt.so.0").stream()
                        .filter(files::exists)
                        .map(files::path)
                        .findFirst());
    }
}
