package dev.bench.host;

import com.sun.jna.LastErrorException;
import com.sun.jna.Native;
import com.sun.jna.Platform;

/** Turns transparent huge pages off for what this process starts (prctl(2), PR_SET_THP_DISABLE; inherited by fork and exec). */
public final class HugePages {
    private static final int PR_SET_THP_DISABLE = 41;

    private static int users;

    private HugePages() {}

    /** Is the time during which children get no huge pages; this process gets no new ones either. Closing it ends it. */
    public static final class Off implements AutoCloseable {
        private Off() {}

        @Override
        public void close() {
            HugePages.change(-1);
        }
    }

    /**
     * Begins such a time. From any thread; several may overlap.
     *
     * @throws IllegalStateException where the kernel refuses
     */
    public static Off off() {
        change(1);
        return new Off();
    }

    /** The setting is the whole process's, so that it lasts until its last user is done. */
    private static synchronized void change(int by) {
        boolean before = users > 0;
        users += by;
        boolean after = users > 0;
        if (before == after) {
            return;
        }
        try {
            LibC.prctl(PR_SET_THP_DISABLE, after ? 1 : 0, 0, 0, 0);
        } catch (LastErrorException e) {
            users -= by;
            throw new IllegalStateException(
                    "the kernel does not turn huge pages off (error " + e.getErrorCode() + ")", e);
        }
    }

    private static final class LibC {
        static {
            Native.register(LibC.class, Platform.C_LIBRARY_NAME);
        }

        private LibC() {}

        static native int prctl(int option, long second, long third, long fourth, long fifth) throws LastErrorException;
    }
}
