package dev.bench.host;

import com.sun.jna.LastErrorException;
import com.sun.jna.Native;
import com.sun.jna.Platform;

/**
 * Runs what observes launches: mostly asleep, and awake at once when there is something to see, however busy the
 * processors are with the launch itself.
 */
public final class ObserverThread {
    private static final int CALLER = 0;
    private static final int SCHED_RR = 2;
    /** What an observer starts is not itself an observer. */
    private static final int SCHED_RESET_ON_FORK = 0x4000_0000;

    private static final int LOWEST_REAL_TIME = 1;
    private static final int PRIO_PROCESS = 0;
    private static final int HIGHEST_ORDINARY = -20;
    private static final int PR_SET_TIMERSLACK = 29;
    private static final long ONE_NANOSECOND = 1;

    private ObserverThread() {}

    /** Starts a daemon thread that is scheduled before every ordinary one, and has no slack in its timers. */
    public static Thread start(String name, Runnable work) {
        Thread thread = new Thread(
                () -> {
                    prefer();
                    work.run();
                },
                name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private static void prefer() {
        try {
            LibC.prctl(PR_SET_TIMERSLACK, ONE_NANOSECOND, 0, 0, 0);
            LibC.sched_setscheduler(CALLER, SCHED_RR | SCHED_RESET_ON_FORK, new int[] {LOWEST_REAL_TIME});
        } catch (LastErrorException | LinkageError e) {
            preferOrdinarily();
        }
    }

    /** A control group of version 1 may have no real-time share to give. */
    private static void preferOrdinarily() {
        try {
            LibC.setpriority(PRIO_PROCESS, CALLER, HIGHEST_ORDINARY);
        } catch (LastErrorException | LinkageError e) {
            // Whoever may not do this observes a little later.
        }
    }

    private static final class LibC {
        static {
            Native.register(LibC.class, Platform.C_LIBRARY_NAME);
        }

        private LibC() {}

        static native int sched_setscheduler(int thread, int policy, int[] priority) throws LastErrorException;

        static native int setpriority(int which, int who, int priority) throws LastErrorException;

        static native int prctl(int option, long second, long third, long fourth, long fifth) throws LastErrorException;
    }
}
