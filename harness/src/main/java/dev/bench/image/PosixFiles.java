package dev.bench.image;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.sun.jna.LastErrorException;
import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Platform;
import com.sun.jna.Pointer;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Calls the file functions of the C library that {@code java.nio.file} lacks, without ever following a symbolic link.
 *
 * <p>File names are bytes, and Java's own file API cannot name every one of them in every locale. Paths here are
 * therefore <em>byte strings</em>: a {@code String} whose every char is one byte (ISO 8859-1), absolute, without NUL.
 * All methods throw a {@link FileSystemException} that names the path and the system's reason. Safe for use by many
 * threads.
 */
final class PosixFiles {
    static final int TYPE_MASK = 0170000;
    static final int SOCKET = 0140000;
    static final int SYMBOLIC_LINK = 0120000;
    static final int REGULAR = 0100000;
    static final int BLOCK_DEVICE = 0060000;
    static final int DIRECTORY = 0040000;
    static final int CHARACTER_DEVICE = 0020000;
    static final int FIFO = 0010000;

    private static final int EPERM = 1;
    private static final int ENOENT = 2;
    private static final int ENOTDIR = 20;
    private static final int ERANGE = 34;
    private static final int ENODATA = 61;
    private static final int EOPNOTSUPP = 95;
    private static final int AT_FDCWD = -100;
    private static final int AT_SYMLINK_NOFOLLOW = 0x100;
    private static final int STATX_BASIC_STATS = 0x7ff;
    private static final long STATX_ATTR_MOUNT_ROOT = 0x2000;
    private static final int STATX_BYTES = 256;
    private static final int O_NOFOLLOW_CLOEXEC =
            (Platform.isARM() ? 0100000 : 0400000) | 02000000; // asm-generic and ARM disagree on O_NOFOLLOW
    private static final int DIRENT_NAME_OFFSET = 19; // d_ino 8, d_off 8, d_reclen 2, d_type 1

    private PosixFiles() {}

    /**
     * Describes a file as {@code lstat} does.
     *
     * @param mode type and permissions
     * @param mountPoint whether something is mounted there
     * @param deviceMajor major number of the device that a device node stands for; 0 otherwise
     * @param deviceMinor its minor number
     */
    record Status(int mode, int uid, int gid, long size, boolean mountPoint, int deviceMajor, int deviceMinor) {
        int type() {
            return mode & TYPE_MASK;
        }

        int permissions() {
            return mode & 07777;
        }

        boolean isDirectory() {
            return type() == DIRECTORY;
        }

        boolean isSymbolicLink() {
            return type() == SYMBOLIC_LINK;
        }

        boolean isRegular() {
            return type() == REGULAR;
        }
    }

    /** Returns the byte string of a path. */
    static String byteString(Path path) {
        String raw = path.toAbsolutePath().normalize().toUri().getRawPath();
        StringBuilder bytes = new StringBuilder(raw.length());
        for (int i = 0; i < raw.length(); i++) {
            char c = raw.charAt(i);
            if (c == '%') {
                bytes.append((char) Integer.parseInt(raw.substring(i + 1, i + 3), 16));
                i += 2;
            } else {
                bytes.append(c);
            }
        }
        // toUri marks a directory with a slash at the end
        while (bytes.length() > 1 && bytes.charAt(bytes.length() - 1) == '/') {
            bytes.setLength(bytes.length() - 1);
        }
        return bytes.toString();
    }

    /** Returns the path that a byte string names, whatever the locale. */
    static Path path(String byteString) {
        StringBuilder uri = new StringBuilder("file://");
        for (int i = 0; i < byteString.length(); i++) {
            char c = byteString.charAt(i);
            boolean plain =
                    c == '/' || (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '.';
            if (plain) {
                uri.append(c);
            } else {
                uri.append('%').append(Character.forDigit(c >> 4, 16)).append(Character.forDigit(c & 15, 16));
            }
        }
        return Path.of(URI.create(uri.toString()));
    }

    /** Describes a file, or returns null where there is none. */
    static @Nullable Status statusOrNull(String path) throws IOException {
        byte[] buffer = new byte[STATX_BYTES];
        try {
            LibC.statx(AT_FDCWD, bytes(path), AT_SYMLINK_NOFOLLOW, STATX_BASIC_STATS, buffer);
        } catch (LastErrorException e) {
            if (e.getErrorCode() == ENOENT || e.getErrorCode() == ENOTDIR) {
                return null;
            }
            throw failure("look at", path, e);
        }
        // struct statx has one layout on every architecture, which struct stat has not
        ByteBuffer statx = ByteBuffer.wrap(buffer).order(ByteOrder.nativeOrder());
        return new Status(
                Short.toUnsignedInt(statx.getShort(28)),
                statx.getInt(20),
                statx.getInt(24),
                statx.getLong(40),
                (statx.getLong(8) & STATX_ATTR_MOUNT_ROOT) != 0,
                statx.getInt(128),
                statx.getInt(132));
    }

    /** Describes a file that is there. */
    static Status status(String path) throws IOException {
        Status status = statusOrNull(path);
        if (status == null) {
            throw new FileSystemException(shown(path), null, "no such file");
        }
        return status;
    }

    /** Lists the names in a directory, in no order, without {@code .} and {@code ..}. */
    static List<String> list(String directory) throws IOException {
        try {
            Pointer stream = LibC.opendir(bytes(directory));
            try {
                List<String> names = new ArrayList<>();
                for (Pointer entry = LibC.readdir(stream); entry != null; entry = LibC.readdir(stream)) {
                    String name = entry.getString(DIRENT_NAME_OFFSET, ISO_8859_1.name());
                    if (!name.equals(".") && !name.equals("..")) {
                        names.add(name);
                    }
                }
                return names;
            } finally {
                LibC.closedir(stream);
            }
        } catch (LastErrorException e) {
            throw failure("list", directory, e);
        }
    }

    /** Returns where a symbolic link points, as a byte string. */
    static String readLink(String path) throws IOException {
        byte[] target = new byte[4096];
        try {
            long length = LibC.readlink(bytes(path), target, target.length);
            return new String(target, 0, (int) length, ISO_8859_1);
        } catch (LastErrorException e) {
            throw failure("read the link", path, e);
        }
    }

    static void makeDirectory(String path, int permissions) throws IOException {
        try {
            LibC.mkdir(bytes(path), permissions);
        } catch (LastErrorException e) {
            throw failure("make the directory", path, e);
        }
        setPermissions(path, permissions);
    }

    static void makeSymbolicLink(String path, String target) throws IOException {
        try {
            LibC.symlink(bytes(target), bytes(path));
        } catch (LastErrorException e) {
            throw failure("make the symbolic link", path, e);
        }
    }

    static void makeHardLink(String path, String existing) throws IOException {
        try {
            LibC.link(bytes(existing), bytes(path));
        } catch (LastErrorException e) {
            throw failure("make the hard link", path, e);
        }
    }

    /**
     * Makes a device node or a FIFO.
     *
     * @param type {@link #CHARACTER_DEVICE}, {@link #BLOCK_DEVICE} or {@link #FIFO}
     */
    static void makeNode(String path, int type, int major, int minor) throws IOException {
        long device = (minor & 0xffL) | ((major & 0xfffL) << 8) | ((minor & 0xffffff00L) << 12);
        try {
            LibC.mknod(bytes(path), type | 0600, device);
        } catch (LastErrorException e) {
            throw failure("make the device node", path, e);
        }
    }

    /** Sets the numeric owner; takes set-ID bits and capabilities away, so comes before them. */
    static void setOwner(String path, int uid, int gid) throws IOException {
        try {
            LibC.lchown(bytes(path), uid, gid);
        } catch (LastErrorException e) {
            throw failure("set the owner of", path, e);
        }
    }

    /** Sets the permissions of anything but a symbolic link, which has none of its own. */
    static void setPermissions(String path, int permissions) throws IOException {
        try {
            LibC.chmod(bytes(path), permissions);
        } catch (LastErrorException e) {
            throw failure("set the mode of", path, e);
        }
    }

    static void setModificationTime(String path, long seconds, int nanos) throws IOException {
        ByteBuffer times = ByteBuffer.allocate(32).order(ByteOrder.nativeOrder());
        for (int i = 0; i < 2; i++) {
            times.putLong(seconds).putLong(nanos);
        }
        try {
            LibC.utimensat(AT_FDCWD, bytes(path), times.array(), AT_SYMLINK_NOFOLLOW);
        } catch (LastErrorException e) {
            throw failure("set the time of", path, e);
        }
    }

    /**
     * Sets an extended attribute, unless it is one that the file cannot have here: engines, too, leave out those of other
     * systems, and those of users on what is neither a file nor a directory.
     */
    static void setAttribute(String path, String name, byte[] value) throws IOException {
        try {
            LibC.lsetxattr(bytes(path), bytes(name), value, value.length, 0);
        } catch (LastErrorException e) {
            boolean ofUsers = name.startsWith("user.");
            if (e.getErrorCode() == EOPNOTSUPP && !ofUsers && !name.startsWith("security.")
                    || e.getErrorCode() == EPERM && ofUsers) {
                return;
            }
            throw failure("set the extended attribute " + shown(name) + " of", path, e);
        }
    }

    /** Returns whether a file has an extended attribute. */
    static boolean hasAttribute(String path, String name) throws IOException {
        try {
            return LibC.lgetxattr(bytes(path), bytes(name), new byte[0], 0) >= 0;
        } catch (LastErrorException e) {
            if (e.getErrorCode() == ENODATA || e.getErrorCode() == EOPNOTSUPP) {
                return false;
            }
            throw failure("read the extended attribute " + shown(name) + " of", path, e);
        }
    }

    /** Returns the names of the extended attributes that the file has. */
    static List<String> attributeNames(String path) throws IOException {
        try {
            byte[] names = new byte[(int) LibC.llistxattr(bytes(path), new byte[0], 0)];
            int length = (int) LibC.llistxattr(bytes(path), names, names.length);
            return length == 0 ? List.of() : List.of(new String(names, 0, length, ISO_8859_1).split("\0"));
        } catch (LastErrorException e) {
            if (e.getErrorCode() == EOPNOTSUPP) {
                return List.of();
            }
            throw failure("list the extended attributes of", path, e);
        }
    }

    /** Returns the value of an extended attribute that the file has. */
    static byte[] attribute(String path, String name) throws IOException {
        byte[] buffer = new byte[256];
        while (true) {
            try {
                int length = (int) LibC.lgetxattr(bytes(path), bytes(name), buffer, buffer.length);
                byte[] value = new byte[length];
                System.arraycopy(buffer, 0, value, 0, length);
                return value;
            } catch (LastErrorException e) {
                if (e.getErrorCode() != ERANGE || buffer.length > 1 << 16) {
                    throw failure("read the extended attribute " + shown(name) + " of", path, e);
                }
                buffer = new byte[buffer.length * 16];
            }
        }
    }

    /** Removes a file, or a directory that is empty. */
    static void remove(String path, boolean directory) throws IOException {
        try {
            if (directory) {
                LibC.rmdir(bytes(path));
            } else {
                LibC.unlink(bytes(path));
            }
        } catch (LastErrorException e) {
            throw failure("remove", path, e);
        }
    }

    /**
     * Removes a file or a directory with all that is in it; does nothing where there is none.
     *
     * <p>Never enters anything mounted there: a dead build may have left the host's own {@code /dev} bound in it.
     */
    static void removeTree(String path) throws IOException {
        Status status = statusOrNull(path);
        if (status == null) {
            return;
        }
        if (status.mountPoint()) {
            throw new FileSystemException(shown(path), null, "something is mounted there; unmount it first");
        }
        if (status.isDirectory()) {
            for (String name : list(path)) {
                removeTree(path + "/" + name);
            }
        }
        remove(path, status.isDirectory());
    }

    /** Opens a file for reading; for use by one thread. */
    static Content read(String path) throws IOException {
        try {
            return new Content(path, LibC.open(bytes(path), O_NOFOLLOW_CLOEXEC));
        } catch (LastErrorException e) {
            throw failure("open", path, e);
        }
    }

    /** Makes an empty file, readable by its owner alone, and opens it for writing; for use by one thread. */
    static Content create(String path) throws IOException {
        try {
            return new Content(path, LibC.creat(bytes(path), 0600));
        } catch (LastErrorException e) {
            throw failure("make the file", path, e);
        }
    }

    /** Reads or writes the content of one file. */
    static final class Content implements AutoCloseable {
        private final String path;
        private final int descriptor;

        private Content(String path, int descriptor) {
            this.path = path;
            this.descriptor = descriptor;
        }

        /** Reads into the start of memory; returns the number of bytes, 0 at the end of the file. */
        int read(Memory memory) throws IOException {
            try {
                return (int) LibC.read(descriptor, memory, memory.size());
            } catch (LastErrorException e) {
                throw failure("read", path, e);
            }
        }

        /** Writes the first bytes of memory. */
        void write(Memory memory, int length) throws IOException {
            try {
                for (long done = 0; done < length; ) {
                    done += LibC.write(descriptor, memory.share(done), length - done);
                }
            } catch (LastErrorException e) {
                throw failure("write", path, e);
            }
        }

        /** Moves the position of the next write forward, which leaves a hole. */
        void skipTo(long position) throws IOException {
            try {
                LibC.ftruncate(descriptor, position);
                LibC.lseek(descriptor, position, 0);
            } catch (LastErrorException e) {
                throw failure("write", path, e);
            }
        }

        @Override
        public void close() throws IOException {
            try {
                LibC.close(descriptor);
            } catch (LastErrorException e) {
                throw failure("close", path, e);
            }
        }
    }

    private static byte[] bytes(String byteString) {
        byte[] terminated = new byte[byteString.length() + 1];
        System.arraycopy(byteString.getBytes(ISO_8859_1), 0, terminated, 0, byteString.length());
        return terminated;
    }

    private static FileSystemException failure(String action, String path, LastErrorException cause) {
        FileSystemException failure = new FileSystemException(
                shown(path), null, "cannot " + action + " it: " + LibC.strerror(cause.getErrorCode()));
        failure.initCause(cause);
        return failure;
    }

    private static String shown(String path) {
        return TreeManifest.escape(path);
    }

    /** Maps functions of the C library; JNA turns a failure into an exception with {@code errno}. */
    private static final class LibC {
        static {
            Native.register(LibC.class, Platform.C_LIBRARY_NAME);
        }

        private LibC() {}

        static native int statx(int directory, byte[] path, int flags, int mask, byte[] buffer)
                throws LastErrorException;

        static native Pointer opendir(byte[] path) throws LastErrorException;

        static native @Nullable Pointer readdir(Pointer stream) throws LastErrorException;

        static native int closedir(Pointer stream) throws LastErrorException;

        static native long readlink(byte[] path, byte[] buffer, long size) throws LastErrorException;

        static native int mkdir(byte[] path, int mode) throws LastErrorException;

        static native int symlink(byte[] target, byte[] path) throws LastErrorException;

        static native int link(byte[] existing, byte[] path) throws LastErrorException;

        static native int mknod(byte[] path, int mode, long device) throws LastErrorException;

        static native int lchown(byte[] path, int uid, int gid) throws LastErrorException;

        static native int chmod(byte[] path, int mode) throws LastErrorException;

        static native int utimensat(int directory, byte[] path, byte[] times, int flags) throws LastErrorException;

        static native int lsetxattr(byte[] path, byte[] name, byte[] value, long size, int flags)
                throws LastErrorException;

        static native long lgetxattr(byte[] path, byte[] name, byte[] value, long size) throws LastErrorException;

        static native long llistxattr(byte[] path, byte[] names, long size) throws LastErrorException;

        static native int unlink(byte[] path) throws LastErrorException;

        static native int rmdir(byte[] path) throws LastErrorException;

        static native int open(byte[] path, int flags) throws LastErrorException;

        static native int creat(byte[] path, int mode) throws LastErrorException;

        static native long read(int descriptor, Pointer buffer, long size) throws LastErrorException;

        static native long write(int descriptor, Pointer buffer, long size) throws LastErrorException;

        static native int ftruncate(int descriptor, long length) throws LastErrorException;

        static native long lseek(int descriptor, long offset, int whence) throws LastErrorException;

        static native int close(int descriptor) throws LastErrorException;

        static native String strerror(int number);
    }
}
