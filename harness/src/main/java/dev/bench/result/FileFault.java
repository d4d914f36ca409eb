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

/** Words what the system says of a file, where Java has but the name of an exception for it. */
public final class FileFault {
    private FileFault() {}

    /** Returns the reason without the file's name, and without a full stop. */
    public static String reason(IOException failure) {
        if (failure instanceof FileSystemException file && file.getReason() != null) {
            return lower(file.getReason());
        }
        if (failure instanceof NoSuchFileException) {
            return "no such file or directory";
        }
        if (failure instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (failure instanceof FileAlreadyExistsException) {
            return "it is there already, and is not what is needed";
        }
        if (failure instanceof NotDirectoryException) {
            return "not a directory";
        }
        if (failure instanceof DirectoryNotEmptyException) {
            return "directory not empty";
        }
        if (failure instanceof FileSystemLoopException) {
            return "links lead in a circle";
        }
        if (failure instanceof NotLinkException) {
            return "not a link";
        }
        return failure.getMessage() == null ? "it cannot be read or written" : failure.getMessage();
    }

    /** Goes on in a sentence with what begins one, as the system's own messages do. */
    private static String lower(String reason) {
        return reason.isEmpty() ? reason : reason.substring(0, 1).toLowerCase(Locale.ROOT) + reason.substring(1);
    }
}
