package dev.bench.image;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Tells for which architecture a program is, by what the kernel looks at: the machine of an ELF file, or that of the
 * interpreter where it is a script.
 *
 * <p>Numbers: {@code e_machine} of elf(5). Names: those of images, which are Go's.
 */
final class ProgramMachine {
    private static final int HEADER_BYTES = 256;
    private static final int MOST_INTERPRETERS = 5;
    private static final Map<Integer, String> NAMES = Map.of(
            3, "386", 8, "mips", 20, "ppc", 21, "ppc64", 22, "s390x", 40, "arm", 62, "amd64", 183, "arm64", 243,
            "riscv64", 258, "loong64");

    private ProgramMachine() {}

    /**
     * Returns the architecture of a program.
     *
     * @param path absolute within the tree
     * @return null where the file, or its interpreter, is missing or neither an ELF file nor a script
     */
    static @Nullable String of(Path tree, String path) throws IOException {
        String current = path;
        for (int i = 0; i < MOST_INTERPRETERS; i++) {
            Path file = TreePaths.resolve(tree, current);
            if (file == null || !Files.isRegularFile(file)) {
                return null;
            }
            byte[] start;
            try (InputStream in = Files.newInputStream(file)) {
                start = in.readNBytes(HEADER_BYTES);
            }
            String text = new String(start, ISO_8859_1);
            if (text.startsWith("\u007fELF") && start.length > 19) {
                boolean bigEndian = start[5] == 2;
                int machine = (start[bigEndian ? 18 : 19] & 0xff) << 8 | (start[bigEndian ? 19 : 18] & 0xff);
                return NAMES.getOrDefault(machine, "machine " + machine);
            }
            if (!text.startsWith("#!")) {
                return null;
            }
            current = text.substring(2).strip().split("[ \\t\\n]", 2)[0];
        }
        return null;
    }
}
