package dev.bench.target;

import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;

/** Says what the packages that a driver's checks name do to a host beside bringing files. */
public interface DriverPackages {
    /** Says that they do nothing. */
    DriverPackages NONE = List::of;

    /** Returns the services that they turn on for the next boot, as systemd names them. */
    List<String> services();

    /**
     * Makes what they leave undone.
     *
     * @param installed names of all packages that have just been installed
     * @param progress hears of what happens, a line at a time
     */
    default void complete(Collection<String> installed, Consumer<String> progress) throws IOException {}
}
