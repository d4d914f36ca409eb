package dev.bench.result;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.NotLinkException;
import java.util.Locale;
import java.util.Map;

/** Words what the system says of a file, where Java has but the name of an exception for it. */
public final class FileFault {
    private static final Map<Class<? extends IOException>, String> WORDS = Map.of(
            NoSuchFileException.class, "no such file or directory",
            AccessDeniedException.class, "permission denied",
            FileAlreadyExistsException.class, "it is there already, and is not what is needed",
            NotDirectoryException.class, "not a directory",
            DirectoryNotEmptyException.class, "directory not empty",
            FileSystemLoopException.class, "links lead in a circle",
            NotLinkException.class, "not a link");

    private FileFault() {}

    /** Returns the reason without the file's name, and without a full stop. */
    public static String reason(IOException failure) {
        if (failure instanceof FileSystemException file && file.getReason() != null) {
            return lower(file.getReason());
        }
        String words = WORDS.get(failure.getClass());
        if (words != null) {
            return words;
        }
        return failure.getMessage() == null ? "it cannot be read or written" : failure.getMessage();
    }

    /** Goes on in a sentence with what begins one, as the system's own messages do. */
    private static String lower(String reason) {
        return reason.isEmpty() ? reason : reason.substring(0, 1).toLowerCase(Locale.ROOT) + reason.substring(1);
    }
}
