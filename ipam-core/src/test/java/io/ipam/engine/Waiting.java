package io.ipam.engine;

import java.util.concurrent.FutureTask;

/** Detects whether a thread waits. */
public final class Waiting {
    private Waiting() {}

    /** Starts a task in a new thread, and returns when it waits for a lock or has ended. */
    public static void start(FutureTask<?> task) {
        Thread thread = new Thread(task);
        thread.start();
        while (thread.getState() != Thread.State.WAITING
                && thread.getState() != Thread.State.TIMED_WAITING
                && !task.isDone()) {
            Thread.yield();
        }
    }
}
