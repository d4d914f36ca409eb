package dev.bench.image;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Resolves an image's user as container engines do.
 *
 * <p>The rules are those of Docker and runc: a number is always an ID, and needs no entry; a name must be in
 * {@code /etc/passwd}; the first matching entry counts; supplementary groups come from {@code /etc/group} only where no group
 * is named and the user has an entry; no user means user ID 0; the home is that of the first entry with the user's ID. A
 * field that an entry lacks is empty, and an ID that is no number is 0.
 */
public final class UserResolver {
    private static final int FIELDS = 7;
    private static final int LARGEST_FILE = 16 << 20;

    private UserResolver() {}

    /**
     * Resolves a user.
     *
     * @param tree the image's flattened tree
     * @param user empty, {@code name}, {@code uid}, {@code name:group} or {@code uid:gid}
     * @throws ImageException if the image has no such user or group
     * @throws IOException if the tree's files cannot be read
     */
    public static ResolvedUser resolve(Path tree, String user) throws ImageException, IOException {
        int colon = user.indexOf(':');
        String userPart = colon < 0 ? user : user.substring(0, colon);
        String groupPart = colon < 0 ? "" : user.substring(colon + 1);
        String wantedUser = userPart.isEmpty() ? "0" : userPart;
        List<String> passwd = first(tree, "/etc/passwd", matches(wantedUser));
        if (passwd == null && !isNumber(wantedUser)) {
            throw new ImageException("no such user in the image: " + wantedUser
                    + " is not in its /etc/passwd. Name one that is, or a number, as workload.user");
        }
        int uid = number(passwd == null ? wantedUser : passwd.get(2), user);
        int gid = passwd == null ? 0 : number(passwd.get(3), user);
        Set<Integer> groups = new LinkedHashSet<>();
        if (!groupPart.isEmpty()) {
            List<String> group = first(tree, "/etc/group", matches(groupPart));
            if (group == null && !isNumber(groupPart)) {
                throw new ImageException("no such group in the image: " + groupPart
                        + " is not in its /etc/group. Name one that is, or a number, as workload.user");
            }
            gid = number(group == null ? groupPart : group.get(2), user);
            groups.add(gid);
        } else {
            groups.add(gid);
            if (passwd != null) {
                for (List<String> group : all(tree, "/etc/group")) {
                    if (List.of(group.get(3).split(",")).contains(passwd.get(0))) {
                        groups.add(number(group.get(2), user));
                    }
                }
            }
        }
        // the engine gives the runtime a number, so another entry of the same ID may name the home
        List<String> owner = first(tree, "/etc/passwd", matches(Integer.toString(uid)));
        String home = owner == null || owner.get(5).isEmpty() ? "/" : owner.get(5);
        return new ResolvedUser(uid, gid, List.copyOf(groups), home);
    }

    private static Predicate<List<String>> matches(String nameOrNumber) {
        int field = isNumber(nameOrNumber) ? 2 : 0;
        return entry -> entry.get(field).equals(nameOrNumber);
    }

    private static @Nullable List<String> first(Path tree, String file, Predicate<List<String>> wanted)
            throws IOException {
        return all(tree, file).stream().filter(wanted).findFirst().orElse(null);
    }

    private static List<List<String>> all(Path tree, String file) throws IOException {
        Path path = TreePaths.resolve(tree, file);
        if (path == null || !Files.isRegularFile(path)) {
            return List.of();
        }
        if (Files.size(path) > LARGEST_FILE) {
            throw new IOException(
                    "its " + file + " has " + Files.size(path) + " bytes, and at most " + LARGEST_FILE + " are read");
        }
        List<List<String>> entries = new ArrayList<>();
        for (String line : Files.readString(path, ISO_8859_1).split("\n", -1)) {
            if (line.isBlank()) {
                continue;
            }
            List<String> entry = new ArrayList<>(List.of(line.trim().split(":", -1)));
            while (entry.size() < FIELDS) {
                entry.add("");
            }
            for (int id : List.of(2, 3)) {
                if (!isNumber(entry.get(id)) && (id == 2 || file.endsWith("passwd"))) {
                    entry.set(id, "0");
                }
            }
            entries.add(entry);
        }
        return entries;
    }

    private static boolean isNumber(String text) {
        return text.matches("[0-9]{1,10}");
    }

    private static int number(String digits, String user) throws ImageException {
        long value = isNumber(digits) ? Long.parseLong(digits) : -1;
        if (value < 0 || value > Integer.MAX_VALUE) {
            throw new ImageException("the image's user '" + user + "' has an ID that is out of range: " + digits
                    + ". Name another as workload.user");
        }
        return (int) value;
    }
}
