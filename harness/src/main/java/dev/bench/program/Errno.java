package dev.bench.program;

import java.util.Map;

/** Puts error numbers into words (errno(3); Linux include/uapi/asm-generic/errno-base.h and errno.h). */
public final class Errno {
    private static final Map<Integer, String> WORDS = Map.ofEntries(
            Map.entry(1, "operation not permitted (EPERM)"),
            Map.entry(2, "no such file or directory (ENOENT)"),
            Map.entry(3, "no such process (ESRCH)"),
            Map.entry(4, "interrupted (EINTR)"),
            Map.entry(5, "input/output error (EIO)"),
            Map.entry(6, "no such device or address (ENXIO)"),
            Map.entry(7, "argument list too long (E2BIG)"),
            Map.entry(8, "no format that the kernel can execute (ENOEXEC)"),
            Map.entry(9, "bad file descriptor (EBADF)"),
            Map.entry(10, "no child process (ECHILD)"),
            Map.entry(11, "resource temporarily unavailable (EAGAIN)"),
            Map.entry(12, "out of memory (ENOMEM)"),
            Map.entry(13, "permission denied (EACCES)"),
            Map.entry(14, "bad address (EFAULT)"),
            Map.entry(16, "device or resource busy (EBUSY)"),
            Map.entry(17, "file exists (EEXIST)"),
            Map.entry(18, "invalid cross-device link (EXDEV)"),
            Map.entry(19, "no such device (ENODEV)"),
            Map.entry(20, "not a directory (ENOTDIR)"),
            Map.entry(21, "is a directory (EISDIR)"),
            Map.entry(22, "invalid argument (EINVAL)"),
            Map.entry(23, "too many open files on the system (ENFILE)"),
            Map.entry(24, "too many open files (EMFILE)"),
            Map.entry(25, "not a terminal (ENOTTY)"),
            Map.entry(26, "text file busy (ETXTBSY)"),
            Map.entry(27, "file too large (EFBIG)"),
            Map.entry(28, "no space left on device (ENOSPC)"),
            Map.entry(30, "read-only file system (EROFS)"),
            Map.entry(31, "too many links (EMLINK)"),
            Map.entry(32, "broken pipe (EPIPE)"),
            Map.entry(36, "file name too long (ENAMETOOLONG)"),
            Map.entry(38, "function not implemented (ENOSYS)"),
            Map.entry(40, "too many levels of symbolic links (ELOOP)"),
            Map.entry(80, "a needed shared library is corrupted (ELIBBAD)"),
            Map.entry(95, "operation not supported (EOPNOTSUPP)"),
            Map.entry(97, "address family not supported (EAFNOSUPPORT)"),
            Map.entry(98, "address already in use (EADDRINUSE)"),
            Map.entry(99, "cannot assign the address (EADDRNOTAVAIL)"),
            Map.entry(101, "network is unreachable (ENETUNREACH)"),
            Map.entry(105, "no buffer space available (ENOBUFS)"),
            Map.entry(122, "disk quota exceeded (EDQUOT)"));

    private Errno() {}

    /** Returns what an error number means, such as {@code permission denied (EACCES)}. */
    public static String describe(int number) {
        return WORDS.getOrDefault(number, "error number " + number);
    }
}
