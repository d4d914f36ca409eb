package dev.bench.target;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Is where instances of one target keep data. Used by one thread at a time. */
public interface Place extends AutoCloseable {
    /** The directory that instances find it at; where it is a part of their own root, they have to make it. */
    String DIRECTORY = "/bench";

    /** Returns what it is made of, as half a sentence. */
    String describe();

    /** Returns whether it is a part of an instance's own root, where the image's files lie too. */
    boolean isRoot();

    /**
     * Returns what launches instances that have it; it needs not to be closed.
     *
     * @param argv what they execute, as root
     * @throws LaunchException where the image or the guest's kernel lacks something for it
     */
    Target target(List<String> argv) throws LaunchException;

    /**
     * Returns the files and directories whose pages this host caches below what the kernel of the instance launched last
     * knows as the place's own; empty where that kernel is the host's own, unless the place is a file system in a file.
     */
    List<Path> below();

    /**
     * Lets something happen to an instance that has ended, and launches what there is after it. The instance is done with
     * then, and needs not to be closed, unless nothing happened.
     *
     * @param launcher what launched it, of {@link #target}
     * @param request for the instance that looks; its name is taken where a new one is made
     * @return empty where such an event cannot be had here, and nothing happened
     * @throws LaunchException where there is nothing after it
     */
    Optional<Instance> after(Event event, Instance ended, Target launcher, LaunchRequest request)
            throws LaunchException;

    /** Removes it and what it holds; never throws. */
    @Override
    void close();
}
