package dev.bench.cli;

import dev.bench.image.EngineImages;
import dev.bench.image.ImageException;
import dev.bench.image.ImageStore;
import dev.bench.workload.ConfigOverrides;
import dev.bench.workload.ImageSource;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import picocli.CommandLine;

/**
 * Runs one command line after another in one JVM, since starting one for each of thousands would take hours.
 *
 * <p>A line of standard input holds the arguments in Base64; after the command's own output {@link #END} and the exit
 * status end both streams, as they do once before the first command. {@code image FILE CACHE} prepares an image as {@code bench run} does, without the lab.
 */
public final class FuzzWorker {
    /** Comes after what a command wrote, and before its exit status and a newline. */
    public static final String END = "\0\0end of command\0\0";

    private FuzzWorker() {}

    public static void main(String[] none) throws IOException {
        end(ExitCode.PASS.status());
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            String[] arguments = Arrays.stream(line.split(" ", -1))
                    .map(argument -> new String(Base64.getDecoder().decode(argument), StandardCharsets.UTF_8))
                    .toArray(String[]::new);
            int status;
            try {
                status = arguments[0].equals("image") ? image(arguments) : Main.execute(arguments);
            } catch (Error e) { // which would have ended a JVM of its own
                e.printStackTrace();
                status = ExitCode.INTERNAL_ERROR.status();
            }
            end(status);
        }
    }

    /** Returns the names of all commands. */
    public static Set<String> commands() {
        return Main.root(List.of()).getSubcommands().keySet();
    }

    /** Returns the options of a command by all their names, with whether they take a value. */
    public static Map<String, Boolean> options(String command) {
        Map<String, Boolean> options = new TreeMap<>();
        CommandLine line = Main.root(List.of(command)).getSubcommands().get(command);
        line.getCommandSpec()
                .options()
                .forEach(option -> List.of(option.names())
                        .forEach(name -> options.put(name, option.arity().max() > 0)));
        return options;
    }

    private static void end(int status) {
        System.out.print(END + status + "\n");
        System.out.flush();
        System.err.print(END + status + "\n");
        System.err.flush();
    }

    private static int image(String[] arguments) {
        try {
            new ImageStore(Path.of(arguments[2]), new Engine())
                    .prepare(new ImageSource.Archive(Path.of(arguments[1])), ConfigOverrides.none(), step -> {});
            return ExitCode.PASS.status();
        } catch (ImageException | RuntimeException | OutOfMemoryError e) {
            Failures.Complaint complaint = Failures.judge(e);
            Console.system().problem(complaint.message());
            return complaint.code().status();
        }
    }

    /** Takes every archive for loaded: what a real engine says of them is not what is tried here. */
    private static final class Engine implements EngineImages {
        private final Set<String> loaded = new HashSet<>();

        @Override
        public boolean has(String reference) {
            return !loaded.isEmpty();
        }

        @Override
        public String id(String reference) {
            return reference;
        }

        @Override
        public void pull(String reference) throws IOException {
            throw new IOException("no registry");
        }

        @Override
        public String build(Path contextDirectory, ImageSource.Dockerfile.Recipe recipe, String tag)
                throws IOException {
            throw new IOException("no builder");
        }

        @Override
        public void save(String reference, Path archive) throws IOException {
            throw new IOException("nothing to save");
        }

        @Override
        public void load(Path archive) {
            loaded.add(archive.toString());
        }

        @Override
        public void tag(String reference, String newReference) {
            loaded.add(newReference);
        }
    }
}
