package dev.bench.probe;

/** Judges one answer as it arrives. Keeps a bounded part of it, however long it is. Used by one thread at a time. */
interface Answer {
    /** Says what an answer means. */
    enum Reading {
        /** The correct answer. */
        READY,
        /** Not enough of it yet. */
        MORE,
        /** An answer, but not the correct one. */
        WRONG
    }

    /** Takes the next bytes and judges the answer so far; asked only as long as the verdict is MORE. */
    Reading accept(byte[] bytes, int count);

    /** Judges an answer that has ended, because the other side closed the connection; never MORE. */
    Reading end();

    /** Tells whether all that came was said in advance (such as HTTP's 103), and the answer itself has not begun. */
    default boolean isYetToBegin() {
        return false;
    }

    /** Returns the first line so far, with what is not printable replaced, for a message. */
    String excerpt();
}
