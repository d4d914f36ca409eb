package dev.bench.measure.storage;

import dev.bench.result.FailureKind;
import dev.bench.target.LaunchException;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Follows what a script of {@link JobScript} says, as it says it. Output is received by one thread, and asked for by
 * another.
 */
final class Conversation {
    private final Runnable drop;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private final Map<String, StringBuilder> found = new LinkedHashMap<>();
    private String job = "";
    private boolean listening;
    private String failed = "";
    private boolean done;

    /** Begins a conversation in which one side drops pages of the host's when it is told to. */
    Conversation(Runnable drop) {
        this.drop = drop;
    }

    /** Takes the next piece of output. */
    void receive(byte[] bytes) {
        for (byte next : bytes) {
            if (next == '\n') {
                String text = line.toString(StandardCharsets.UTF_8).replace("\r", "");
                line.reset();
                if (text.startsWith(JobScript.MARK)) {
                    mark(text.substring(JobScript.MARK.length()).split(" ", -1));
                } else {
                    add(text);
                }
            } else {
                line.write(next);
            }
        }
    }

    private void mark(String[] words) {
        switch (words[0]) {
            case JobScript.DROP -> drop.run();
            case JobScript.BEGIN -> begin(words[1]);
            case JobScript.OUTPUT -> output(words[2]);
            case JobScript.END -> end();
            case JobScript.DONE -> finish();
            default -> {
                // A word of the workload's that happens to begin so says nothing.
            }
        }
    }

    private synchronized void begin(String name) {
        job = name;
    }

    private synchronized void output(String status) {
        listening = true;
        found.put(job, new StringBuilder());
        if (!status.equals("0")) {
            failed = job;
        }
    }

    private synchronized void end() {
        listening = false;
        if (!failed.isEmpty()) {
            finish();
        }
    }

    private StringBuilder text(String name) {
        return found.computeIfAbsent(name, unknown -> new StringBuilder());
    }

    private synchronized void finish() {
        done = true;
        notifyAll();
    }

    private synchronized void add(String text) {
        if (listening) {
            text(job).append(text).append('\n');
        }
    }

    /** Waits for the last word, which may come after the end of whoever said it; returns whether it came. */
    synchronized boolean awaitDone(long millis) throws InterruptedException {
        long deadline = System.nanoTime() + millis * 1_000_000;
        while (!done) {
            long left = (deadline - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                return false;
            }
            wait(left);
        }
        return true;
    }

    /** Returns whether the last word came, or a job failed. */
    synchronized boolean isDone() {
        return done;
    }

    /** Returns what was said of every job, in their order. */
    synchronized Map<String, String> found() {
        Map<String, String> texts = new LinkedHashMap<>();
        found.forEach((name, text) -> texts.put(name, text.toString()));
        return texts;
    }

    /** Throws where a job failed, with the words of what did it. */
    synchronized void requireSuccess() throws LaunchException {
        if (!failed.isEmpty()) {
            throw new LaunchException(
                    FailureKind.EXITED,
                    Program.of(failed).failure(failed, text(failed).toString()),
                    null);
        }
    }
}
