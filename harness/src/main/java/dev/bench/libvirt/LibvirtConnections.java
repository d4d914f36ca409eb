package dev.bench.libvirt;

import dev.bench.host.ThreadAffinity;
import org.libvirt.Connect;
import org.libvirt.Library;
import org.libvirt.LibvirtException;
import org.libvirt.jna.Libvirt;

/**
 * Opens connections, with libvirt's event loop running in a thread of its own: the embedded driver does nothing without
 * one. A process has one loop, started at the first connection and running to the process's end.
 */
final class LibvirtConnections {
    /** Kept, because the native side keeps a pointer to it: libvirt would print every error on standard error. */
    private static final Libvirt.VirErrorCallback SILENT = (user, error) -> {};

    private static boolean running;

    private LibvirtConnections() {}

    static synchronized Connect open(String uri) throws LibvirtException {
        if (!running) {
            Library.initEventLoop();
            Connect.setErrorCallback(SILENT);
            Thread loop = new Thread(LibvirtConnections::run, "libvirt-events");
            loop.setDaemon(true);
            loop.start();
            running = true;
        }
        // The embedded driver keeps what it has learnt of the emulator beside all that CPUID said then, and learns it
        // anew, for eight seconds, where CPUID says anything else. Leaf 0x1f holds the number of the processor that
        // asks.
        return ThreadAffinity.onFirstProcessor(() -> new Connect(uri));
    }

    private static void run() {
        try {
            Library.runEventLoop();
        } catch (LibvirtException e) {
            // A connection that needed the loop fails by itself and says so.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
